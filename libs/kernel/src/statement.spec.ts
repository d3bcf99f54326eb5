import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { after, enveloped, orders, spec } from '#kernel/testing';
import { decider } from './decider.js';
import { bySaid, restate, saidAt, standing, standingUnless, statementOf, type Said } from './statement.js';

/** The smallest aggregate that receives reports: a door that sources say is open to some width, or shut. */
interface Door {
  readonly open: Said<object>;
  readonly shut: Said<object>;
}
type DoorEvent = { type: 'DoorOpened'; data: { width: number } } | { type: 'DoorShut'; data: object };
class ReportOpen {
  assertedAt: string | null = null;
  source = { system: 'a' };
  width = 1;
}
class ReportShut {
  assertedAt: string | null = null;
  source = { system: 'a' };
}
const { when, record, remember, build } = decider<Door, DoorEvent>();
const door = build({
  category: 'door',
  initial: { open: [], shut: [] },
  cases: [
    when(ReportOpen, (r, { open }) => restate(open, r, record('DoorOpened', { width: r.width }))),
    when(ReportShut, (r, { shut }) => restate(shut, r, record('DoorShut', {}))),
  ],
  evolve: remember({ DoorOpened: 'open', DoorShut: 'shut' }),
});
const { given } = spec(door);

// The spec's log records from June 2026 on, so nothing here is said after its receipt.
const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 0, minute)).toISOString();
const open = (minute: number | null, width: number, system = 'a') =>
  Object.assign(new ReportOpen(), { assertedAt: minute === null ? null : at(minute), width, source: { system } });
const MAY = { start: '2026-05-03', precision: 'day', zone: 'UTC', basis: 'entered' } as const;
const come = (minute: number | null) => Object.assign(open(minute, 1), { occurred: MAY });
const ahead = (minute: number) => Object.assign(open(minute, 1), { occurred: { ...MAY, implausible: true } });
const shut = (minute: number, system = 'a') => Object.assign(new ReportShut(), { assertedAt: at(minute), source: { system } });
const types = (said: Said<object>) => said.map(({ by }) => by.type);
const stands = ({ open: said, shut: undone }: Door) => standingUnless(said, undone)?.data;

test('what a source said at a time adds nothing when it is said of that time again, whatever came since', () => {
  given().when(open(1, 1), open(2, 2), open(1, 1)).thenNothing();
});
test('what a source said before adds nothing when it does not tell when it said so', () => {
  given().when(open(1, 1), open(2, 2), open(null, 1)).thenNothing();
});
test('what a source said last, said again later, is confirmed and stands from then', () =>
  given()
    .when(open(1, 1), open(3, 1))
    .thenState(({ open: said }) => {
      expect(types(said)).toEqual(['DoorOpened', 'FactConfirmed']);
      expect(standing(said)?.by.assertedAt).toBe(at(3));
      expect(standing(said)?.data).toEqual({ width: 1 });
    }));
test('something else that a source says later supersedes what it said last', () =>
  given()
    .when(open(1, 1), open(2, 2))
    .thenState(({ open: said }) => expect(standing(said)?.by.supersedes).toEqual({ eventId: said[0]?.by.id })));
test('a snapshot that is read again after a date of it has come adds nothing', () => {
  given().when(ahead(1), come(1)).thenNothing();
  given().when(ahead(1), come(null)).thenNothing();
});
test('a time that lay ahead, told again once it has come, is said anew and lies ahead no more', () =>
  given()
    .when(ahead(1), come(2))
    .thenState(({ open: said }) => {
      expect(types(said)).toEqual(['DoorOpened', 'DoorOpened']);
      expect(standing(said)?.by.occurred).toEqual(MAY);
    }));
test('an old report that comes late supersedes nothing and does not stand', () =>
  given()
    .when(open(2, 2), open(1, 1))
    .thenState(({ open: said }) => {
      expect(said.map(({ by }) => by.supersedes)).toEqual([undefined, undefined]);
      expect(standing(said)?.data).toEqual({ width: 2 });
    }));
test('a value that changed and changed back is three facts', () =>
  given()
    .when(open(1, 1), open(2, 2), open(3, 1))
    .thenState(({ open: said }) => expect(types(said)).toEqual(['DoorOpened', 'DoorOpened', 'DoorOpened'])));
test('a source is compared with itself: one that repeats its error undoes no other’s correction', () =>
  given()
    .when(open(1, 1, 'a'), open(2, 2, 'b'), open(1, 1, 'a'))
    .thenState(({ open: said }) => expect(standing(said)?.data).toEqual({ width: 2 })));
test('what was taken back does not stand, unless it is said again after that', () => {
  for (const order of orders([open(1, 1), shut(2)])) expect(stands(after(door, order).state)).toBeUndefined();
  for (const order of orders([open(1, 1), shut(2), open(3, 1)])) expect(stands(after(door, order).state)).toEqual({ width: 1 });
});

test('a statement counts as said when it was asserted, but never later than it was recorded', () => {
  expect(saidAt({ assertedAt: at(1), recordedAt: at(2) })).toBe(at(1));
  expect(saidAt({ assertedAt: at(3), recordedAt: at(2) })).toBe(at(2));
  expect(saidAt({ assertedAt: null, recordedAt: at(2) })).toBe(at(2));
  expect(saidAt({ assertedAt: null }) > saidAt({ assertedAt: at(9) })).toBe(true);
});
test('statements of one instant fold by the source’s own sequence, then by position', () => {
  const of = (position: number, sequence?: number) =>
    enveloped(
      { type: 'DoorShut', data: {} },
      { position, assertedAt: at(1), source: { system: 'a', ...(sequence !== undefined && { sequence }) } },
    );
  expect([of(3), of(1, 2), of(2, 1), of(4)].sort(bySaid).map(({ position }) => position)).toEqual([3, 4, 2, 1]);
});

const history = () => {
  const opened = enveloped<DoorEvent>(
    { type: 'DoorOpened', data: { width: 1 } },
    { source: { system: 'a' }, assertedAt: at(1), labels: ['identity'] },
  );
  const about = (type: string, data: object) => enveloped({ type, data }, { supersedes: { eventId: opened.id } });
  return { opened, about };
};
test('a corrected statement stands as corrected, and a source that repeats its error does not undo it', () => {
  const { opened, about } = history();
  given(opened, about('FactCorrected', { corrects: 'DoorOpened', changed: { width: 5 } }))
    .when(open(2, 1))
    .thenState(({ open: said }) => expect(standing(said)?.data).toEqual({ width: 5 }));
});
test('a withdrawn statement does not stand, nor does its repetition, but something else does', () => {
  const { opened, about } = history();
  const withdrawn = about('FactWithdrawn', { reason: 'entered-in-error' });
  given(opened, withdrawn)
    .when(open(2, 1))
    .thenState(({ open: said }) => expect(standing(said)).toBeUndefined());
  given(opened, withdrawn)
    .when(open(2, 2))
    .thenState(({ open: said }) => expect(standing(said)?.data).toEqual({ width: 2 }));
});
test('what is said of a confirmation is said of all that it confirms', () => {
  const { opened } = history();
  const confirmed = enveloped(
    { type: 'FactConfirmed', data: { repeated: [opened.id] } },
    { source: { system: 'a' }, assertedAt: at(2) },
  );
  const withdrawn = enveloped(
    { type: 'FactWithdrawn', data: { reason: 'wrong-person' } },
    { supersedes: { eventId: confirmed.id } },
  );
  given(opened, confirmed, withdrawn)
    .when(shut(3))
    .thenState((state) => {
      expect(standing(state.open)).toBeUndefined();
      expect(statementOf(state, confirmed.id)?.type).toBe('DoorOpened');
    });
});
test('a relabelled statement carries the new categories, and its confirmation is shown to nobody else', () => {
  const { opened, about } = history();
  given(opened, about('EventRelabelled', { labels: ['peer'] }))
    .when(open(2, 1))
    .thenState(({ open: said }) => expect(said.map(({ labels }) => labels)).toEqual([['peer'], ['peer']]));
});

const aReport = fc.record({ shut: fc.boolean(), width: fc.integer({ min: 1, max: 3 }), system: fc.constantFrom('a', 'b') });
const reported = (drawn: readonly { shut: boolean; width: number; system: string }[]) =>
  drawn.map(({ shut: isShut, width, system }, minute) => (isShut ? shut(minute, system) : open(minute, width, system)));

test('reports with distinct times, none said after its receipt, leave the same standing state in any order', () => {
  fc.assert(
    fc.property(
      fc
        .array(aReport, { maxLength: 7 })
        .chain((drawn) => fc.tuple(fc.constant(drawn), fc.shuffledSubarray(reported(drawn), { minLength: drawn.length }))),
      ([drawn, shuffled]) => {
        expect(stands(after(door, shuffled).state)).toEqual(stands(after(door, reported(drawn)).state));
      },
    ),
    { numRuns: 500 },
  );
});
test('a second pass over the same reports records nothing, in whatever order it comes', () => {
  fc.assert(
    fc.property(
      fc.array(aReport, { maxLength: 7 }).chain((drawn) => fc.shuffledSubarray(reported(drawn), { minLength: drawn.length })),
      (shuffled) => {
        expect(after(door, shuffled, 2).recorded[1]).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
});
