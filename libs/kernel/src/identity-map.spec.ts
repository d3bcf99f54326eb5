import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { enveloped } from '#kernel/testing';
import { emptyIdentityMap, foldIdentity, linked, linksOf, membersOf, pairInOrder, reviewItems } from './identity-map.js';

const id = (n: number) => `00000000-0000-8000-8000-${n.toString(16).padStart(12, '0')}`;
const event = (position: number, type: string, data: object) =>
  enveloped({ type, data }, { position, id: id(1000 + position), personId: null });
const link = (position: number, a: string, b: string, basis = 'identifier') =>
  event(position, 'RecordsLinked', { personIds: pairInOrder(a, b), basis });
const unlink = (position: number, a: string, b: string) =>
  event(position, 'RecordsUnlinked', { personIds: pairInOrder(a, b), reason: 'not-the-same-person' });
const different = (position: number, a: string, b: string) =>
  event(position, 'RecordsDeclaredDifferent', { personIds: pairInOrder(a, b), reason: 'reviewed' });
const withdrawn = (position: number, of: number) =>
  enveloped(
    { type: 'FactWithdrawn', data: { reason: 'entered-in-error' } },
    { position, supersedes: { eventId: id(1000 + of) } },
  );
const map = (...events: readonly ReturnType<typeof event>[]) => events.reduce(foldIdentity, emptyIdentityMap());

test('linked records are one consumer, whichever is asked for', () => {
  const folded = map(link(1, 'a', 'b'), link(2, 'c', 'b'));
  expect(membersOf(folded, 'c')).toEqual(['c', 'a', 'b']);
  expect(linked(folded, 'a', 'c')).toBe(true);
  expect(linksOf(folded, 'a').map(({ position }) => position)).toEqual([1, 2]);
});
test('a record that nobody linked stands alone', () => {
  expect(membersOf(map(), 'a')).toEqual(['a']);
  expect(linked(map(), 'a', 'b')).toBe(false);
});
test('an un-link restores both records, with whom else each was linked to', () => {
  const folded = map(link(1, 'a', 'b'), link(2, 'b', 'c'), link(3, 'c', 'd'), unlink(4, 'b', 'c'));
  expect(membersOf(folded, 'a')).toEqual(['a', 'b']);
  expect(membersOf(folded, 'd')).toEqual(['d', 'c']);
});
test('after an un-link neither a nightly import nor a newer matcher links again, but a reviewer does', () => {
  const parted = [link(1, 'a', 'b'), unlink(2, 'a', 'b'), link(3, 'a', 'b'), link(4, 'a', 'b', 'source-merge')];
  expect(linked(map(...parted), 'a', 'b')).toBe(false);
  expect(linked(map(...parted, link(5, 'a', 'b', 'reviewer')), 'a', 'b')).toBe(true);
});
test('an un-link that came before its link binds it', () => {
  expect(linked(map(unlink(1, 'a', 'b'), link(2, 'a', 'b')), 'a', 'b')).toBe(false);
});
test('a link that would join two records declared different has no effect and waits for a person, even a reviewer’s', () => {
  const folded = map(different(1, 'a', 'c'), link(2, 'a', 'b'), link(3, 'b', 'c', 'reviewer'));
  expect(membersOf(folded, 'a')).toEqual(['a', 'b']);
  expect(reviewItems(folded)).toMatchObject([{ personIds: ['b', 'c'], different: ['a', 'c'], position: 3 }]);
});
test('a declaration that comes after the links undoes the youngest of those that join the two', () => {
  const folded = map(link(1, 'a', 'b'), link(2, 'b', 'c'), different(3, 'a', 'c'));
  expect(membersOf(folded, 'b')).toEqual(['b', 'a']);
  expect(reviewItems(folded).map(({ position }) => position)).toEqual([2]);
});
test('a link that waited has effect once the declaration is withdrawn', () => {
  const folded = map(different(1, 'a', 'c'), link(2, 'a', 'c'), withdrawn(3, 1));
  expect(linked(folded, 'a', 'c')).toBe(true);
  expect(reviewItems(folded)).toEqual([]);
});
test('a link that waited waits no more once it is undone', () => {
  expect(reviewItems(map(different(1, 'a', 'c'), link(2, 'a', 'c'), unlink(3, 'a', 'c')))).toEqual([]);
});
test('an event seen twice, or of another kind, changes nothing', () => {
  const once = link(1, 'a', 'b');
  expect(map(once, once, unlink(2, 'a', 'b'), once)).toEqual(map(once, unlink(2, 'a', 'b')));
  expect(map(event(1, 'PersonRegistered', { identityLevel: 'named' }))).toEqual(map());
});

const PERSONS = ['a', 'b', 'c', 'd', 'e', 'f'];
const anEvent = fc.record({
  kind: fc.constantFrom('link', 'link', 'link', 'review', 'unlink', 'different', 'withdraw'),
  pair: fc.subarray(PERSONS, { minLength: 2, maxLength: 2 }),
  of: fc.nat(20),
});
const history = (drawn: readonly { kind: string; pair: string[]; of: number }[]) =>
  drawn.map(({ kind, pair, of }, i) => {
    const [a, b] = pair as [string, string];
    if (kind === 'withdraw') return withdrawn(i + 1, of);
    if (kind === 'unlink') return unlink(i + 1, a, b);
    return kind === 'different' ? different(i + 1, a, b) : link(i + 1, a, b, kind === 'review' ? 'reviewer' : 'identifier');
  });
const consumers = (folded: ReturnType<typeof map>) => PERSONS.map((person) => membersOf(folded, person));

test('two records that were declared different are never of one consumer, whatever was said, and in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(
        anEvent.filter(({ kind }) => kind !== 'withdraw'),
        { maxLength: 20 },
      ),
      (drawn) => {
        const events = history(drawn);
        const folded = map(...events);
        for (const { type, data } of events) {
          const [a, b] = (data as { personIds: [string, string] }).personIds;
          if (type === 'RecordsDeclaredDifferent') expect(linked(folded, a, b)).toBe(false);
        }
      },
    ),
  );
});
test('a map that grew event by event is the map of the whole history: what stands follows from the positions alone', () => {
  fc.assert(
    fc.property(
      fc.array(
        anEvent.filter(({ kind }) => kind !== 'withdraw'),
        { maxLength: 20 },
      ),
      fc.nat(),
      (drawn, seed) => {
        const events = history(drawn);
        const shuffled = [...events].sort((a, b) => ((a.position * 7919 + seed) % 31) - ((b.position * 7919 + seed) % 31));
        const [inOrder, anyhow] = [map(...events), map(...shuffled)];
        expect(consumers(anyhow)).toEqual(consumers(inOrder));
        expect(reviewItems(anyhow)).toEqual(reviewItems(inOrder));
        expect(PERSONS.map((p) => linksOf(anyhow, p))).toEqual(PERSONS.map((p) => linksOf(inOrder, p)));
      },
    ),
  );
});
test('everyone of a consumer sees the same consumer', () => {
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 20 }), (drawn) => {
      const folded = map(...history(drawn));
      for (const person of PERSONS) {
        for (const member of membersOf(folded, person)) {
          expect([...membersOf(folded, member)].sort()).toEqual([...membersOf(folded, person)].sort());
        }
      }
    }),
  );
});
test('an un-linked pair that only matchers link again is never joined by that pair again', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('link', 'unlink'), { maxLength: 10 }), (kinds) => {
      const events = kinds.map((kind, i) => (kind === 'link' ? link(i + 3, 'a', 'b') : unlink(i + 3, 'a', 'b')));
      expect(linked(map(link(1, 'a', 'b'), unlink(2, 'a', 'b'), ...events), 'a', 'b')).toBe(false);
    }),
  );
});
test('a link and its un-link leave every other consumer as it was', () => {
  fc.assert(
    fc.property(
      fc.array(
        anEvent.filter(({ kind }) => kind.startsWith('link')),
        { maxLength: 15 },
      ),
      (drawn) => {
        const before = history(drawn);
        const after = [...before, link(100, 'a', 'z'), unlink(101, 'a', 'z')];
        expect(consumers(map(...after))).toEqual(consumers(map(...before)));
      },
    ),
  );
});
test('fifty thousand records fold in proportion to the consumers, not to the map', () => {
  const folded = emptyIdentityMap();
  for (let n = 0; n < 25_000; n++) foldIdentity(folded, link(n + 1, id(2 * n), id(2 * n + 1)));
  expect(membersOf(folded, id(40_000))).toHaveLength(2);
});
