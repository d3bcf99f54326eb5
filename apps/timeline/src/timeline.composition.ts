import { LANES, type LaneId, type TimelineGap, type TimelineItem, type TimelineLane, type TimelineView } from '#contracts';
import { membersOf, type IdentityMap, type Occurred } from '#kernel';
import { bornOf, nameOf, type PersonRow } from '#read-store';
import { gapOf, reachedOf, windowsOf, type Judging } from './gaps.js';
import { enrolmentItems, householdItems, referralItems, voucherItems } from './housing.items.js';
import { markOf, type Made, type NameOf } from './item.js';
import { spanOf } from './moment.js';
import { contactItems, relationshipItems } from './peer.items.js';
import { changedAt, knownOf, StreamMemory, type Shows, type Version } from './stream-memory.js';
import { enrolmentOf, exitOf, movedInAt, tenancyItems } from './tenancy.items.js';
import { CONTACTS, type SourceRow } from './timeline.rows.js';
import { summaryOf } from './summary.js';
import { visitOf, type Visit } from './visit.js';
import { visitItems } from './visit.items.js';

/** All that a view is composed from, as it stood at one position. */
export interface Snapshot {
  readonly versions: readonly Version[];
  readonly identity: IdentityMap;
  readonly persons: ReadonlyMap<string, PersonRow>;
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

const NOTICE = 'Some information may not be shared with you.';
const TITLES: Readonly<Record<LaneId, string>> = {
  hospital: 'Hospital',
  emergency: 'Emergency department',
  peer: 'Peer support',
  housing: 'Housing',
  clocks: 'Clocks and gaps',
};

const memoriesOf = ({ versions }: Snapshot, members: ReadonlySet<string>, { knownOn, shows }: Asked): StreamMemory[] => {
  const streams = new Map<string, Version[]>();
  for (const version of versions) {
    if (!members.has(version.personId)) continue;
    const stream = streams.get(version.streamId);
    if (stream) stream.push(version);
    else streams.set(version.streamId, [version]);
  }
  return [...streams.values()].flatMap((stream) => {
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

/** Complete up to the source that is furthest behind. */
const completeTo = (sources: readonly SourceRow[]): string | null =>
  sources
    .filter(({ lane }) => lane === CONTACTS)
    .reduce<string | null>((least, { said }) => (least === null || said < least ? said : least), null);

const lanesOf = (items: readonly Made[], gaps: readonly TimelineGap[], sources: readonly SourceRow[]): TimelineLane[] =>
  LANES.map((id) => {
    const own = items.filter(({ item }) => item.lane === id).map(({ item }) => item);
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

const recordsOf = (members: readonly string[], { persons }: Snapshot, asked: Asked): TimelineView['records'] =>
  members.map((personId) => {
    const person = persons.get(personId);
    return {
      personId,
      organization: asked.nameOf(person?.organizationId),
      name: person && asked.shows(['identity']) ? nameOf(person) : null,
    };
  });

/** A consumer's path: the records that are linked today, with the facts as they were known. */
export const compose = (snapshot: Snapshot, asked: Asked): Composed => {
  const everyone = membersOf(snapshot.identity, asked.personId);
  const members = everyone.filter((id) => !snapshot.persons.get(id)?.erased);
  const memories = memoriesOf(snapshot, new Set(members), asked);
  const visits = new Map(memories.flatMap((memory) => (memory.part === 'visit' ? [[memory, visitOf(memory)] as const] : [])));
  const draw = drawers(memories, visits, asked);
  const items = memories.flatMap((memory) => draw[memory.part]?.(memory) ?? []).sort(byStart);
  const itemOf = (memory: StreamMemory) => items.findLast(({ item }) => item.id.startsWith(`${memory.streamId}:`))?.item.id;
  const judging: Judging = { now: asked.now, completeTo: completeTo(snapshot.sources), died: diedOf(memories) };
  const windows = windowsOf(
    [...visits.values()],
    memories.flatMap((memory) => (memory.part === 'contact' ? (reachedOf(memory) ?? []) : [])),
  );
  const gaps = windows
    .map((window) => ({ window, gap: gapOf(window, judging, itemOf) }))
    .sort((a, b) => a.gap.from.from - b.gap.from.from);
  const behindGap = ({ window: { visit, contact, voided } }: (typeof gaps)[number]) =>
    [visit.memory, contact?.reached.memory, voided?.by?.memory].flatMap((memory) => memory?.events ?? []);
  const drawnItems = items.map(({ item }) => item);
  const drawnGaps = gaps.map(({ gap }) => gap);
  return {
    made: new Map([
      ...items.map(({ item, events }) => [item.id, events] as const),
      ...gaps.map((gap) => [gap.gap.id, behindGap(gap)] as const),
    ]),
    view: {
      personId: asked.personId,
      ...whoIs(snapshot, asked, members, (name) => summaryOf(name, drawnItems, drawnGaps)),
      records: recordsOf(everyone, snapshot, asked),
      knownOn: asked.knownOn,
      cursor: snapshot.cursor,
      notice: NOTICE,
      lanes: lanesOf(items, drawnGaps, snapshot.sources),
      gaps: drawnGaps,
      steps: [...new Set(stepsOf(snapshot, new Set(members), asked))].sort(),
    },
  };
};

type Who = Pick<TimelineView, 'name' | 'born' | 'erased' | 'summary'>;
const whoIs = (snapshot: Snapshot, asked: Asked, members: readonly string[], summary: (name: string | null) => string): Who => {
  const own = snapshot.persons.get(asked.personId);
  if (own?.erased)
    return { name: null, born: null, erased: true, summary: 'This record was erased; nothing of it can be shown.' };
  const named = own !== undefined && asked.shows(['identity']);
  const name = named ? (recordsOf(members, snapshot, asked).find((record) => record.name)?.name ?? null) : null;
  return { name, born: named ? bornOf(own) : null, erased: false, summary: summary(name) };
};

const stepsOf = ({ versions }: Snapshot, members: ReadonlySet<string>, { shows }: Asked): string[] => {
  const at = changedAt(versions);
  return versions.flatMap((version) => (members.has(version.personId) && shows(version.labels) ? (at(version) ?? []) : []));
};
