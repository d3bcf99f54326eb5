import { specOf, type TimelineGap, type TimelineItem, type TimelineView } from '#contracts';
import type { AnyEvent, Envelope, Label, Occurred } from '#kernel';
import { enveloped } from '#kernel/testing';
import { identityOf, type PairRow, type PersonRow } from '#read-store';
import { everything, type Shows, type Version } from './stream-memory.js';
import { compose, type Snapshot } from './timeline.composition.js';
import { remembered } from './timeline.projection.js';
import { CONTACTS, type SourceRow } from './timeline.rows.js';

export const ROSA = '00000000-0000-4000-8000-00000000000a';
export const ROSA_ELSEWHERE = '00000000-0000-4000-8000-00000000000b';
export const FACILITY = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const ZONE = 'America/Detroit';

export type Fact = Envelope & AnyEvent;
export interface Telling extends Partial<Envelope> {
  readonly at?: string;
  readonly zone?: string;
}
const PRECISION = { 4: 'year', 7: 'month', 10: 'day', 16: 'minute', 19: 'second' } as const;
export const occurred = (start: string, zone = ZONE): Occurred => ({
  start,
  precision: PRECISION[start.length as 10],
  zone,
  basis: 'test',
});

/** An event of Rosa's, as the log holds it. */
export const told = (streamId: string, type: string, data: object, { at, zone, ...more }: Telling = {}): Fact => {
  const { labels } = specOf(type);
  const of: readonly Label[] = typeof labels === 'function' ? labels(data as never) : labels;
  return enveloped(
    { type, data },
    { personId: ROSA, streamId, labels: of, ...(at !== undefined && { occurred: occurred(at, zone) }), ...more },
  );
};

export const admitted = (stream: string, at: string, more: Telling = {}) =>
  told(stream, 'HospitalAdmitted', { facilityId: FACILITY, levelOfCare: 'acute-psychiatric' }, { at, ...more });
export const ended = (stream: string, at: string, more: Telling = {}, data: object = { disposition: 'home' }) =>
  told(stream, 'VisitEnded', data, { at, ...more });
export const cameToEd = (stream: string, at: string, more: Telling = {}) =>
  told(stream, 'EdVisitStarted', { facilityId: FACILITY }, { at, ...more });
export const contact = (stream: string, at: string, more: Telling = {}, data: object = {}) =>
  told(stream, 'PeerContactMade', { method: 'in-person', setting: 'home', ...data }, { at, ...more });

const versionOf = (event: Fact): Version[] => {
  const kept = remembered(event);
  return kept ? [{ ...kept, position: event.position, streamId: event.streamId, personId: event.personId ?? '' }] : [];
};

export interface Looking {
  readonly now?: string;
  /** Known on this instant, at this position. */
  readonly knownOn?: { readonly at: string; readonly position: number };
  readonly pairs?: readonly PairRow[];
  readonly persons?: ReadonlyMap<string, PersonRow>;
  /** Up to when the sources of contacts have sent. */
  readonly completeTo?: string | null;
  /** Since when the source of contacts has told of any. */
  readonly since?: string;
  readonly shows?: Shows;
  readonly personId?: string;
}

const sourcesOf = ({
  completeTo: said = '2026-12-31T00:00:00.000Z',
  since = '2020-01-01T00:00:00.000Z',
}: Looking): SourceRow[] =>
  said === null ? [] : [{ lane: CONTACTS, organizationId: null, system: 'test', since, said, recorded: said }];

export const snapshotOf = (events: readonly Fact[], looking: Looking = {}): Snapshot => {
  return {
    versions: events.flatMap(versionOf).sort((a, b) => a.position - b.position),
    identity: identityOf(looking.pairs ?? []),
    persons: looking.persons ?? new Map([[ROSA, { organizationId: null, said: [] }]]),
    sources: sourcesOf(looking),
    cursor: 'log.1.0',
  };
};

export const lookAt = (events: readonly Fact[], looking: Looking = {}): TimelineView =>
  compose(snapshotOf(events, looking), {
    personId: looking.personId ?? ROSA,
    knownOn: looking.knownOn ?? { at: null, position: Number.MAX_SAFE_INTEGER },
    now: Date.parse(looking.now ?? '2026-11-22T12:00:00.000Z'),
    shows: looking.shows ?? everything,
    nameOf: (...ids) => (ids.includes(FACILITY) ? 'St. Mary’s' : null),
  }).view;

export const itemsOf = (view: TimelineView): readonly TimelineItem[] => view.lanes.flatMap(({ items }) => items);
/** Items in short: `stay solid 2026-03-01 16:00 – 2026-03-06 16:00`. */
export const drawn = (view: TimelineView): readonly string[] =>
  itemsOf(view).map(({ kind, look, from, to, end }) => `${kind} ${look} ${from?.text ?? '?'} – ${to?.text ?? end}`);
export const gapsOf = (view: TimelineView): readonly (readonly [TimelineGap['state'], number | null])[] =>
  view.gaps.map(({ state, days }) => [state, days]);
export const labelled = (labels: readonly Label[]): Shows => {
  const withheld = new Set(labels);
  return (of) => !of.some((label) => withheld.has(label));
};
