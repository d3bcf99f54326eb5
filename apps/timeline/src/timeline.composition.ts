import { LANES, type LaneId, type TimelineGap, type TimelineItem, type TimelineLane, type TimelineView } from '#contracts';
import { membersOf, type IdentityMap, type Occurred } from '#kernel';
import { bornOf, nameOf, underReviewSince, type PersonRow } from '#read-store';
import { gapIdOf, gapOf, reachedOf, windowsOf, type Window } from './gaps.js';
import { enrolmentItems, householdItems, referralItems, voucherItems } from './housing.items.js';
import { markOf, type Made, type NameOf } from './item.js';
import { spanOf } from './moment.js';
import { contactItems, relationshipItems } from './peer.items.js';
import { changedAt, knownOf, StreamMemory, type Shows, type Version } from './stream-memory.js';
import { enrolmentOf, exitOf, movedInAt, tenancyItems } from './tenancy.items.js';
import { completeTo, connectedFrom } from './sources.js';
import type { SourceRow } from './timeline.rows.js';
import { summaryOf } from './summary.js';
import { validUntil } from './valid-until.js';
import { visitOf, type Visit } from './visit.js';
import { visitItems } from './visit.items.js';

/** What was told of a consumer's records, as it stood at one position. */
export interface Told {
  readonly versions: readonly Version[];
  readonly identity: IdentityMap;
  readonly persons: ReadonlyMap<string, PersonRow>;
}
/** All that a view is composed from. */
export interface Snapshot extends Told {
  readonly sources: readonly SourceRow[];
  readonly cursor: string;
}
/** For whom, as known when, and judged at which instant. */
export interface Asked {
  readonly personId: string;
  readonly knownOn: TimelineView['knownOn'];
  /** Milliseconds since the epoch: now, or the known-on instant. */
  readonly now: number;
  readonly shows: Shows;
  readonly nameOf: NameOf;
}
export interface Composed {
  readonly view: TimelineView;
  /** The events behind each item and gap. */
  readonly made: ReadonlyMap<string, readonly string[]>;
}
/** A consumer's path as far as it follows from what was told of them: all but how far the sources have sent. */
export interface Drawn {
  /** Everyone who belongs to the consumer today, the one asked for first. */
  readonly everyone: readonly string[];
  readonly who: Pick<TimelineView, 'name' | 'born' | 'erased'>;
  readonly records: TimelineView['records'];
  readonly items: readonly Made[];
  readonly windows: readonly Window[];
  readonly died: Occurred | null;
  readonly steps: readonly string[];
  /** Drawn again from this instant on, something might look otherwise. */
  readonly until: number;
}

const NOTICE = 'Some information may not be shared with you.';
const ERASED = 'This record was erased; nothing of it can be shown.';
const TITLES: Readonly<Record<LaneId, string>> = {
  hospital: 'Hospital',
  emergency: 'Emergency department',
  peer: 'Peer support',
  housing: 'Housing',
  clocks: 'Clocks and gaps',
};

const memoriesOf = ({ versions }: Told, members: ReadonlySet<string>, { knownOn, shows }: Asked): StreamMemory[] => {
  const streams = new Map<string, Version[]>();
  for (const version of versions) {
    if (!members.has(version.personId)) continue;
    const stream = streams.get(version.streamId);
    if (stream) stream.push(version);
    else streams.set(version.streamId, [version]);
  }
  // By name, so that what is alike comes in the same order whichever was told first.
  return [...streams.keys()].sort().flatMap((name) => {
    const stream = streams.get(name) as Version[];
    const memory = new StreamMemory(knownOf(stream, knownOn), shows);
    return memory.all.length > 0 ? [memory] : [];
  });
};

const isDeath = (memory: StreamMemory) => memory.standingUnless('DeathReported', 'DeathReportWithdrawn');
const deathItems = (memory: StreamMemory): Made[] => {
  const line = isDeath(memory);
  const drawing = {
    part: 'death',
    lane: 'clocks',
    kind: 'death',
    look: 'hatched',
    title: 'reported to have died',
    organization: null,
  } as const;
  return line ? [markOf(memory, { ...drawing, line })] : [];
};
/** An official record ends clocks; what a message says in passing does not. */
const diedOf = (memories: readonly StreamMemory[]): Occurred | null => {
  const confirmed = memories.map(isDeath).find((line) => line?.data['reporter'] === 'official-record');
  return confirmed?.by.occurred ?? null;
};

const drawers = (
  memories: readonly StreamMemory[],
  visits: ReadonlyMap<StreamMemory, Visit>,
  { now, nameOf: name }: Asked,
): Readonly<Record<string, (memory: StreamMemory) => Made[]>> => {
  const byStream = new Map(memories.map((memory) => [memory.streamId, memory]));
  const housed = memories.flatMap((memory) => {
    const at =
      memory.part === 'enrolment'
        ? memory.standing('ProjectEntered')?.by.occurred
        : memory.part === 'tenancy'
          ? movedInAt(memory)
          : null;
    return at ? [at] : [];
  });
  const next = (after: number) =>
    housed.filter((at) => spanOf(at).from > after).sort((a, b) => spanOf(a).from - spanOf(b).from)[0] ?? null;
  return {
    visit: (memory) => visitItems(visits.get(memory) ?? visitOf(memory), now, name),
    contact: (memory) => contactItems(memory, name),
    relationship: (memory) => relationshipItems(memory, name),
    enrolment: (memory) => enrolmentItems(memory, next, name),
    referral: (memory) => referralItems(memory, name),
    voucher: (memory) => voucherItems(memory, name),
    tenancy: (memory) => {
      const enrolment = byStream.get(`enrolment-${enrolmentOf(memory)}`);
      return tenancyItems(memory, enrolment ? exitOf(enrolment) : null, name);
    },
    household: householdItems,
    person: deathItems,
  };
};

const byStart = (a: Made, b: Made) => start(a.item) - start(b.item) || (a.item.id < b.item.id ? -1 : 1);
const start = ({ from, to }: TimelineItem) => from?.from ?? to?.from ?? 0;

const lanesOf = (items: readonly TimelineItem[], gaps: readonly TimelineGap[], sources: readonly SourceRow[]): TimelineLane[] =>
  LANES.map((id) => {
    const own = items.filter(({ lane }) => lane === id);
    const connected = sources.filter(({ lane }) => lane === id);
    const isEmpty = own.length === 0 && (id !== 'clocks' || gaps.length === 0);
    return {
      id,
      title: TITLES[id],
      empty: !isEmpty ? null : connected.length > 0 || id === 'clocks' ? 'no data' : 'no source connected',
      freshTo: connected.reduce<string | null>(
        (newest, { recorded }) => (newest === null || recorded > newest ? recorded : newest),
        null,
      ),
      items: own,
    };
  });

const recordsOf = (members: readonly string[], { persons }: Told, asked: Asked): TimelineView['records'] =>
  members.map((personId) => {
    const person = persons.get(personId);
    const since = person && underReviewSince(person);
    return {
      personId,
      ...(since && { underReviewSince: since }),
      organization: asked.nameOf(person?.organizationId),
      name: person && asked.shows(['identity']) ? nameOf(person) : null,
    };
  });

/** The records that are linked today, with the facts as they were known. */
export const draw = (told: Told, asked: Asked): Drawn => {
  const everyone = membersOf(told.identity, asked.personId);
  const members = everyone.filter((id) => !told.persons.get(id)?.erased);
  const among = new Set(members);
  const memories = memoriesOf(told, among, asked);
  const visits = new Map(memories.flatMap((memory) => (memory.part === 'visit' ? [[memory, visitOf(memory)] as const] : [])));
  const drawer = drawers(memories, visits, asked);
  const reached = memories.flatMap((memory) => (memory.part === 'contact' ? (reachedOf(memory) ?? []) : []));
  const windows = windowsOf([...visits.values()], reached);
  return {
    everyone,
    who: whoIs(told, asked, members),
    records: recordsOf(everyone, told, asked),
    items: memories.flatMap((memory) => drawer[memory.part]?.(memory) ?? []).sort(byStart),
    windows,
    died: diedOf(memories),
    steps: [...new Set(stepsOf(told, among, asked))].sort(),
    until: validUntil([...visits.values()], windows, asked.now),
  };
};

/** How far each source has sent, and where the log stands. */
type Standing = Pick<Snapshot, 'sources' | 'cursor'>;

/** What was drawn, with the clocks as they stand for what the sources have sent. */
export const viewOf = (
  drawn: Drawn,
  { sources, cursor }: Standing,
  asked: Pick<Asked, 'personId' | 'knownOn' | 'now'>,
): TimelineView => {
  const items = drawn.items.map(({ item }) => item);
  const lastOf = new Map(items.map(({ id }) => [id.slice(0, id.indexOf(':')), id]));
  const judging = { now: asked.now, connectedFrom: connectedFrom(sources), completeTo: completeTo(sources), died: drawn.died };
  const gaps = drawn.windows
    .map((window) => gapOf(window, judging, ({ streamId }) => lastOf.get(streamId)))
    .sort((a, b) => a.from.from - b.from.from || (a.id < b.id ? -1 : 1));
  return {
    knownOn: asked.knownOn,
    cursor,
    personId: asked.personId,
    ...drawn.who,
    records: drawn.records,
    notice: NOTICE,
    summary: drawn.who.erased ? ERASED : summaryOf(drawn.who.name, items, gaps),
    lanes: lanesOf(items, gaps, sources),
    gaps,
    steps: drawn.steps,
  };
};

/** A consumer's path, and what stands behind each part of it. */
export const compose = (snapshot: Snapshot, asked: Asked): Composed => {
  const drawn = draw(snapshot, asked);
  const behind = ({ visit, contact, voided }: Window) =>
    [visit.memory, contact?.reached.memory, voided?.by?.memory].flatMap((memory) => memory?.events ?? []);
  return {
    view: viewOf(drawn, snapshot, asked),
    made: new Map([
      ...drawn.items.map(({ item, events }) => [item.id, events] as const),
      ...drawn.windows.map((window) => [gapIdOf(window), behind(window)] as const),
    ]),
  };
};

const whoIs = (told: Told, asked: Asked, members: readonly string[]): Drawn['who'] => {
  const own = told.persons.get(asked.personId);
  if (own?.erased) return { name: null, born: null, erased: true };
  if (!own || !asked.shows(['identity'])) return { name: null, born: null, erased: false };
  const name = recordsOf(members, told, asked).find((record) => record.name)?.name ?? null;
  return { name, born: bornOf(own), erased: false };
};

const stepsOf = ({ versions }: Told, members: ReadonlySet<string>, { shows }: Asked): string[] => {
  const at = changedAt(versions);
  return versions.flatMap((version) => (members.has(version.personId) && shows(version.labels) ? (at(version) ?? []) : []));
};
