import type { ItemKind, LaneId, Moment, TimelineItem } from '#contracts';
import type { Occurred } from '#kernel';
import { momentOf, spanOf } from './moment.js';
import type { Line, StreamMemory } from './stream-memory.js';

/** An item, and the events that made it. */
export interface Made {
  readonly item: TimelineItem;
  readonly events: readonly string[];
}
/** The name of the first of these organisations, programmes or facilities that has one and may be shown. */
export type NameOf = (...ids: readonly unknown[]) => string | null;

/** What is needed to draw something of a stream. */
export interface Drawing {
  readonly part: string;
  readonly lane: LaneId;
  readonly kind: ItemKind;
  readonly shape: TimelineItem['shape'];
  readonly look: TimelineItem['look'];
  readonly title: string;
  /** The statement that it begins with: its source is the item's. */
  readonly line: Line;
  /** The statement that it ends with: it is late where either of them was. */
  readonly ending?: Line;
  readonly from: Occurred | Moment | null;
  readonly to?: Occurred | Moment | null;
  readonly end?: TimelineItem['end'];
  readonly organization: string | null;
  readonly details?: readonly (readonly [term: string, value: unknown])[];
}

const DAY = 86_400_000;

export const plain = (code: unknown): string => String(code).replaceAll('-', ' ');
/** As `plain`, where there is a code. */
export const maybe = (code: unknown): string | undefined => (code === undefined ? undefined : plain(code));
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const wordsOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(plain).join(', ') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

const moment = (at: Occurred | Moment | null | undefined): Moment | null => (!at ? null : 'text' in at ? at : momentOf(at));

const lateness = (memory: StreamMemory, { root, by }: Line) => {
  const first = memory.versions.find(({ id }) => id === root) ?? by;
  if (!by.occurred) return undefined;
  const days = Math.floor((Date.parse(first.recordedAt) - spanOf(by.occurred).until) / DAY);
  return days >= 1 ? { recordedAt: first.recordedAt, days } : undefined;
};

type Late = ReturnType<typeof lateness>;
const later = (a: Late, b: Late): Late => (a && b ? (a.days >= b.days ? a : b) : (a ?? b));

/** Names an item after its stream and the part of it, so that it keeps its name whatever is said later. */
export const itemOf = (memory: StreamMemory, drawing: Drawing): Made => {
  const { part, line, ending, from, to, details = [], organization, ...rest } = drawing;
  const late = later(lateness(memory, line), ending && lateness(memory, ending));
  const ends = moment(to);
  return {
    events: memory.events,
    item: {
      id: `${memory.streamId}:${part}`,
      personId: memory.personId,
      ...rest,
      title: organization ? `${capital(rest.title)}, ${organization}` : capital(rest.title),
      from: moment(from),
      to: ends,
      end: rest.end ?? 'known',
      organization,
      source: line.by.source.system,
      ...(late && { late }),
      details: details.flatMap(([term, value]) =>
        value === undefined || value === null ? [] : [{ term, value: wordsOf(value) }],
      ),
      events: memory.events.length,
    },
  };
};

/** A mark of one statement. */
export const markOf = (memory: StreamMemory, drawing: Omit<Drawing, 'shape' | 'from'>): Made =>
  itemOf(memory, { shape: 'mark', from: drawing.line.by.occurred, ...drawing });
