import type { AnyEvent, Envelope } from './envelope.js';

type PersonIds = readonly [string, string];

/** A link between two records that stands. */
export interface RecordLink {
  readonly eventId: string;
  readonly personIds: PersonIds;
  readonly basis: string;
  readonly position: number;
  readonly recordedAt: string;
}

/** A link without effect, for a person to look at: it would have joined two records that were declared different. */
export interface LinkToReview extends RecordLink {
  readonly different: PersonIds;
}

interface PairEvent {
  readonly type: string;
  readonly data: { readonly personIds: PersonIds; readonly basis?: string };
  readonly by: Envelope;
}
interface Pair {
  readonly said: readonly PairEvent[];
  /** The oldest link that was not undone. */
  readonly link?: RecordLink;
  readonly different: boolean;
}
interface Consumer {
  readonly members: readonly string[];
  readonly links: readonly RecordLink[];
}

/** Which records are of one person, as the links say. Opaque: ask `membersOf`, `linked`, `linksOf`, `reviewItems`. */
export interface IdentityMap {
  readonly pairs: Map<string, Pair>;
  readonly pairOfEvent: Map<string, string>;
  readonly withdrawn: Set<string>;
  readonly neighbours: Map<string, Set<string>>;
  readonly consumers: Map<string, Consumer>;
  readonly review: Map<string, LinkToReview>;
}

export const emptyIdentityMap = (): IdentityMap => ({
  pairs: new Map(),
  pairOfEvent: new Map(),
  withdrawn: new Set(),
  neighbours: new Map(),
  consumers: new Map(),
  review: new Map(),
});

/** Two person ids in the order in which they stand in events, and in which a pair's stream id is derived from them. */
export const pairInOrder = (a: string, b: string): PersonIds => (a < b ? [a, b] : [b, a]);
const keyOf = ([a, b]: PersonIds) => pairInOrder(a, b).join(' ');
const idsIn = (key: string) => key.split(' ') as [string, string];

/** The records of the consumer, the one asked for first, the others sorted; an unknown record stands alone. */
export const membersOf = ({ consumers }: IdentityMap, personId: string): readonly string[] => [
  personId,
  ...(consumers.get(personId)?.members.filter((member) => member !== personId) ?? []),
];

/** Whether two records are of one consumer today, directly or through others. */
export const linked = ({ consumers }: IdentityMap, a: string, b: string): boolean =>
  a === b || (consumers.get(a)?.members.includes(b) ?? false);

/** The links that make the consumer, in order of position. */
export const linksOf = ({ consumers }: IdentityMap, personId: string): readonly RecordLink[] =>
  consumers.get(personId)?.links ?? [];

/** Links that wait for a person, in order of position. */
export const reviewItems = ({ review }: IdentityMap): readonly LinkToReview[] =>
  [...review.values()].sort((a, b) => a.position - b.position);

/**
 * Takes in one event; those of other types change nothing, nor does an event seen twice. The map is changed in place
 * (it belongs to one reader of the log) and returned; the work is in proportion to the consumer, not to the map.
 *
 * What stands follows from the positions alone. Of a pair: an un-link undoes all its links, and binds until a *reviewer*
 * links again, so that neither a nightly import nor a newer matcher undoes it. Of a consumer: links are taken in order of
 * position, and each has effect unless it would join a pair that was declared different; then it waits for a person.
 * A withdrawn link, un-link or declaration counts as never said.
 */
export const foldIdentity = (map: IdentityMap, event: Envelope & AnyEvent): IdentityMap => {
  const key = event.type === 'FactWithdrawn' ? withdrawnPair(map, event) : saidPair(map, event);
  if (key !== undefined) restand(map, key);
  return map;
};

const withdrawnPair = ({ pairOfEvent, withdrawn }: IdentityMap, { supersedes }: Envelope): string | undefined => {
  const key = pairOfEvent.get(supersedes?.eventId ?? '');
  if (key !== undefined) withdrawn.add(supersedes?.eventId as string);
  return key;
};

const PAIR_EVENTS: readonly string[] = ['RecordsLinked', 'RecordsUnlinked', 'RecordsDeclaredDifferent'];

const saidPair = (map: IdentityMap, event: Envelope & AnyEvent): string | undefined => {
  if (!PAIR_EVENTS.includes(event.type) || map.pairOfEvent.has(event.id)) return undefined;
  const said = { type: event.type, data: event.data as PairEvent['data'], by: event };
  const key = keyOf(said.data.personIds);
  const before = map.pairs.get(key)?.said ?? [];
  map.pairOfEvent.set(event.id, key);
  map.pairs.set(key, { said: [...before, said].sort((a, b) => a.by.position - b.by.position), different: false });
  return key;
};

/** What stands of one pair, from all that was said of it. */
const standingPair = (all: readonly PairEvent[], withdrawn: ReadonlySet<string>): Pair => {
  const said = all.filter(({ by }) => !withdrawn.has(by.id));
  const undone = said.findLastIndex(({ type }) => type === 'RecordsUnlinked');
  const links = said.slice(undone + 1).filter(({ type }) => type === 'RecordsLinked');
  const first = undone < 0 ? links[0] : links.find(({ data }) => data.basis === 'reviewer');
  const different = said.some(({ type }) => type === 'RecordsDeclaredDifferent');
  return { said: all, different, ...(first && { link: linkOf(first) }) };
};
const linkOf = ({ data: { personIds, basis = '' }, by }: PairEvent): RecordLink => ({
  eventId: by.id,
  personIds,
  basis,
  position: by.position,
  recordedAt: by.recordedAt,
});

const restand = (map: IdentityMap, key: string): void => {
  const pair = standingPair(map.pairs.get(key)?.said ?? [], map.withdrawn);
  map.pairs.set(key, pair);
  map.review.delete(key);
  const [a, b] = idsIn(key);
  const within = [...new Set([...reachable(map, a), ...reachable(map, b)])];
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const near = map.neighbours.get(one) ?? new Set();
    if (pair.link || pair.different) near.add(other);
    else near.delete(other);
    map.neighbours.set(one, near);
  }
  settle(map, within);
};

const pairOf = ({ pairs }: IdentityMap, a: string, b: string) => pairs.get(keyOf([a, b]));

/** Whoever a link leads to, with or without effect: what one event may join or part. */
const reachable = (map: IdentityMap, personId: string): Set<string> => {
  const found = new Set([personId]);
  for (const one of found) {
    for (const other of map.neighbours.get(one) ?? []) if (pairOf(map, one, other)?.link) found.add(other);
  }
  return found;
};

interface Group {
  readonly members: Set<string>;
  readonly links: RecordLink[];
}

/** Two members, one of each group, that were declared different: of several such pairs, the first by their ids. */
const differentBetween = (map: IdentityMap, a: Group, b: Group): PersonIds | undefined => {
  const [few, many] = a.members.size < b.members.size ? [a, b] : [b, a];
  const keys = [...few.members].flatMap((one) =>
    [...(map.neighbours.get(one) ?? [])]
      .filter((other) => many.members.has(other) && pairOf(map, one, other)?.different)
      .map((other) => keyOf([one, other])),
  );
  const [first] = keys.sort();
  return first === undefined ? undefined : idsIn(first);
};

const linksAmong = (map: IdentityMap, persons: readonly string[]): RecordLink[] => {
  const keys = new Set(persons.flatMap((one) => [...(map.neighbours.get(one) ?? [])].map((other) => keyOf([one, other]))));
  return [...keys].flatMap((key) => map.pairs.get(key)?.link ?? []).sort((a, b) => a.position - b.position);
};

/** Takes the links among some persons from the oldest on, and writes down who belongs together. */
const settle = (map: IdentityMap, persons: readonly string[]): void => {
  const groups = new Map<string, Group>(persons.map((person) => [person, { members: new Set([person]), links: [] }]));
  const of = (person: string) => groups.get(person) as Group;
  for (const link of linksAmong(map, persons)) {
    const [a, b] = link.personIds.map(of) as [Group, Group];
    const key = keyOf(link.personIds);
    const different = a === b ? undefined : differentBetween(map, a, b);
    if (different) map.review.set(key, { ...link, different });
    else map.review.delete(key);
    if (!different) join(groups, a, b, link);
  }
  for (const { members, links } of new Set(groups.values())) {
    const consumer = { members: [...members].sort(), links: links.sort((a, b) => a.position - b.position) };
    for (const member of members) map.consumers.set(member, consumer);
  }
};

const join = (groups: Map<string, Group>, a: Group, b: Group, link: RecordLink): void => {
  const [into, from] = a.members.size < b.members.size ? [b, a] : [a, b];
  into.links.push(link);
  if (into === from) return;
  into.links.push(...from.links);
  for (const member of from.members) {
    into.members.add(member);
    groups.set(member, into);
  }
};
