import { specOf } from '#contracts';
import { bySaid, type Envelope, type Label, type Occurred } from '#kernel';
import type { Remembered } from './timeline.projection.js';

/** A version of a row, as it is read: what one event said, and where it stands. */
export interface Version extends Remembered {
  readonly position: number;
  readonly streamId: string;
  readonly personId: string;
}

/** One statement of a stream; `root` names the first event of its line. */
export interface Line {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly by: Version;
  readonly root: string;
  readonly corrected?: Readonly<Record<string, unknown>>;
  readonly withdrawn?: string;
  readonly labels?: readonly Label[];
}

/** Whether a reader may be shown what carries these labels. */
export type Shows = (labels: readonly Label[]) => boolean;
export const everything: Shows = () => true;

const inOrder = (a: Line, b: Line) => bySaid(a.by as unknown as Envelope, b.by as unknown as Envelope);
/** Whether `a` was said after `b`. */
export const saidAfter = (a: Line, b: Line): boolean => inOrder(a, b) > 0;

type Amend = (lines: Line[], version: Version) => void;
const amendRoot = (lines: Line[], target: string | undefined, change: (line: Line) => Partial<Line>) => {
  const root = lines.find(({ by }) => by.id === target)?.root;
  if (root === undefined) return;
  lines.forEach((line, i) => {
    if (line.root === root) lines[i] = { ...line, ...change(line) };
  });
};

/** The facts about facts, with the meaning that the kernel's `remember` gives them. */
const AMENDMENTS: Readonly<Record<string, Amend>> = {
  FactConfirmed: (lines, version) => {
    const repeated = version.data['repeated'] as readonly string[];
    const held = lines.find(({ by }) => repeated.includes(by.id));
    if (held) lines.push({ ...held, by: { ...version, occurred: held.by.occurred } });
  },
  FactCorrected: (lines, version) =>
    amendRoot(lines, version.supersedes?.eventId, ({ corrected }) => ({
      corrected: { ...corrected, ...(version.data['changed'] as object) },
    })),
  FactWithdrawn: (lines, version) =>
    amendRoot(lines, version.supersedes?.eventId, () => ({ withdrawn: version.data['reason'] as string })),
  EventRelabelled: (lines, version) =>
    amendRoot(lines, version.supersedes?.eventId, () => ({ labels: version.data['labels'] as readonly Label[] })),
  StatementAttached: () => undefined,
};

const linesOf = (versions: readonly Version[]): Line[] => {
  const lines: Line[] = [];
  for (const version of versions) {
    const amend = AMENDMENTS[version.type];
    if (amend) amend(lines, version);
    else lines.push({ type: version.type, data: version.data, by: version, root: version.id });
  }
  return lines;
};

const permittedFields = (type: string, data: Line['data'], shows: Shows): Line['data'] => {
  const { fieldLabels } = specOf(type);
  if (!fieldLabels) return data;
  return Object.fromEntries(Object.entries(data).filter(([field]) => shows(fieldLabels[field] ?? [])));
};

const permitted = (lines: readonly Line[], shows: Shows): readonly Line[] => {
  if (shows === everything) return lines;
  return lines
    .filter(({ labels, by }) => shows(labels ?? by.labels))
    .map((line) => ({
      ...line,
      data: permittedFields(line.type, { ...line.data, ...line.corrected }, shows),
      corrected: undefined,
    }));
};

/** Ids of what was said of the wrong person, as the whole of a stream tells it today. */
const ofAnother = (versions: readonly Version[]): ReadonlySet<string> => {
  if (!versions.some(({ type, data }) => type === 'FactWithdrawn' && data['reason'] === 'wrong-person')) return new Set();
  const wrong = linesOf(versions).filter(({ withdrawn }) => withdrawn === 'wrong-person');
  return new Set(wrong.flatMap(({ by, root }) => [by.id, root]));
};

const MOVED_AWAY = new Set(['VisitMovedAway', 'ContactMovedAway']);
const MOVED_HERE = new Set(['VisitMovedHere', 'ContactMovedHere']);

/** What of a stream counts as known at a moment: nothing that stands with another person today, and what came from there (all that was written until that was said) since it was first known. */
export const knownOf = (
  versions: readonly Version[],
  known: { readonly position: number; readonly at: string | null },
): readonly Version[] => {
  if (versions.some(({ type }) => MOVED_AWAY.has(type))) return [];
  const wrong = ofAnother(versions);
  const move = versions.find(({ type }) => MOVED_HERE.has(type));
  const since = move && String(move.data['firstRecordedAt']);
  const asOf = move && known.at !== null && since && known.at >= since ? Math.max(known.position, move.position) : known.position;
  return versions.filter(({ id, position }) => position <= asOf && !wrong.has(id));
};

/** The moment at which each event changed what is known: none of what stands with another person today, and of what came from there the first. */
export const changedAt = (versions: readonly Version[]): ((version: Version) => string | undefined) => {
  const elsewhere = new Set(versions.flatMap(({ type, streamId }) => (MOVED_AWAY.has(type) ? [streamId] : [])));
  const arrivals = new Map(versions.flatMap((version) => (MOVED_HERE.has(version.type) ? [[version.streamId, version]] : [])));
  return ({ streamId, position, recordedAt }) => {
    if (elsewhere.has(streamId)) return undefined;
    const arrival = arrivals.get(streamId);
    return arrival && position <= arrival.position ? String(arrival.data['firstRecordedAt']) : recordedAt;
  };
};

/** All that is known of one stream, in the order in which it was said. */
export class StreamMemory {
  readonly streamId: string;
  readonly personId: string;
  readonly part: string;
  private readonly lines = new Map<string, Line[]>();
  readonly events: readonly string[];
  readonly all: readonly Line[];

  constructor(
    readonly versions: readonly Version[],
    shows: Shows,
  ) {
    this.all = [...permitted(linesOf(versions), shows)].sort(inOrder);
    for (const line of this.all) {
      const of = this.lines.get(line.type);
      if (of) of.push(line);
      else this.lines.set(line.type, [line]);
    }
    const [{ streamId, personId } = { streamId: '', personId: '' }] = versions;
    this.streamId = streamId;
    this.personId = personId;
    this.part = versions.find(({ part }) => part !== 'fact')?.part ?? 'fact';
    this.events = shownIds(versions, this.all);
  }

  said(type: string): readonly Line[] {
    return this.lines.get(type) ?? [];
  }
  standing(type: string): Line | undefined {
    return lastStanding(this.said(type));
  }
  /** When what stands happened. */
  whenOf(type: string): Occurred | null {
    return this.standing(type)?.by.occurred ?? null;
  }
  /** A field of what stands. */
  fieldOf(type: string, field: string): unknown {
    return this.standing(type)?.data[field];
  }
  /** What stands, unless it was taken back by something said after it; either may have come first. */
  standingUnless(type: string, takenBack: string): Line | undefined {
    const [stated, undone] = [this.standing(type), this.standing(takenBack)];
    return stated && undone && saidAfter(undone, stated) ? undefined : stated;
  }
  /** What stands of each thing, where one type tells of several: by a field that tells them apart. */
  standingEach(type: string, apart: (line: Line) => string): readonly Line[] {
    const groups = new Map<string, Line[]>();
    for (const line of this.said(type)) groups.set(apart(line), [...(groups.get(apart(line)) ?? []), line]);
    return [...groups.values()].map(lastStanding).filter((line) => line !== undefined);
  }
}

/** Ids of the statements shown, and of what amends them. */
const shownIds = (versions: readonly Version[], lines: readonly Line[]): readonly string[] => {
  const shown = new Set(lines.map(({ by }) => by.id));
  const amends = ({ type, supersedes }: Version) => type in AMENDMENTS && shown.has(supersedes?.eventId ?? '');
  return versions.filter((version) => shown.has(version.id) || amends(version)).map(({ id }) => id);
};

const lastStanding = (said: readonly Line[]): Line | undefined => {
  const last = said.findLast(({ withdrawn }) => withdrawn === undefined);
  return last?.corrected ? { ...last, data: { ...last.data, ...last.corrected } } : last;
};
