import { expect, test } from '@jest/globals';
import type { Report } from '#contracts';
import { standing } from '#kernel';
import { after, orders, spec, inAnyOrder } from '#kernel/testing';
import { ReportHeadOfHouseholdChanged, ReportHouseholdMemberJoined, ReportHouseholdMemberLeft } from './household.commands.js';
import { household } from './household.decider.js';

const { given } = spec(household);
const householdId = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0002';
const said = <C extends Report>(command: C, day: number, more: object, start = '2026-03-01') =>
  Object.assign(command, {
    occurred: { start, precision: 'day', zone: 'America/Detroit', basis: 'entered' } as const,
    assertedAt: `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    source: { system: 'housing-team' },
    householdId,
    ...more,
  });
const joined = said(new ReportHouseholdMemberJoined(), 1, { relationshipToHoH: 2 });
const head = (day: number, relationshipToHoH: number, start: string) =>
  said(new ReportHeadOfHouseholdChanged(), day, { relationshipToHoH }, start);

test('a member joins a household, named by nobody else’s event', () =>
  given()
    .when(joined)
    .then({ type: 'HouseholdMemberJoined', data: { householdId, relationshipToHoH: 2 } }));
test('a member may be said to have left before being said to have joined', () => {
  for (const order of orders([joined, said(new ReportHouseholdMemberLeft(), 9, { reason: 'moved-out' })])) {
    expect(standing(after(household, order).state.left)?.data).toEqual({ householdId, reason: 'moved-out' });
  }
});
test('the head may change more than once, and each change stays', () =>
  given()
    .when(head(2, 1, '2026-03-02'), head(3, 3, '2026-04-02'))
    .thenState(({ heads }) => expect(heads.map(({ by }) => by.supersedes)).toEqual([undefined, undefined])));

test('statements in any order give the same membership, and a second pass records nothing', () =>
  inAnyOrder(household, [
    (day) => said(new ReportHouseholdMemberJoined(), day, { relationshipToHoH: 2 }),
    (day) => said(new ReportHouseholdMemberJoined(), day, { relationshipToHoH: 3 }),
    (day) => said(new ReportHouseholdMemberLeft(), day, { reason: 'unknown' }),
    (day) => head(day, 1, '2026-03-02'),
  ]));
