import { expect, test } from '@jest/globals';
import type { ProjectType, Report } from '#contracts';
import { standing, standingUnless } from '#kernel';
import { after, orders, spec, inAnyOrder } from '#kernel/testing';
import {
  ConfirmHousingStatus,
  ReportLease,
  ReportMoveIn,
  ReportNotice,
  ReportNoticeWithdrawn,
  ReportSubsidyEnd,
  ReportTenancyEnd,
  ReportTenancyRecordDeleted,
} from './tenancy.commands.js';
import { moveInOf, tenancy } from './tenancy.decider.js';

const { given } = spec(tenancy);
const on = (start: string) => ({ start, precision: 'day', zone: 'America/Detroit', basis: 'MoveInDate' }) as const;
const said = <C extends Report>(command: C, day: number, more: Partial<C> = {}, start = '2026-03-01') =>
  Object.assign(command, {
    occurred: on(start),
    assertedAt: `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    source: { system: 'hmis:TEST', record: 'Enrollment/1' },
    ...more,
  });
const moveIn = (day: number, projectType: ProjectType, start?: string) => said(new ReportMoveIn(), day, { projectType }, start);
const lease = said(new ReportLease(), 1, { startsOn: '2026-03-01', isHolder: true });

test.each<ProjectType>([3, 9, 10, 13])('a date of permanent housing (project type %i) moves someone in', (projectType) =>
  given().when(moveIn(2, projectType)).then({ type: 'MovedIn', data: { projectType } }),
);
test.each<ProjectType>([0, 1, 2, 4, 6, 7, 8, 11, 12, 14])(
  'a move-in date of a programme that is not permanent housing (type %i) is kept as reported, never as a move-in',
  (projectType) => given().when(moveIn(2, projectType)).then({ type: 'MoveInReported', data: { projectType } }),
);
test('a move-in that no programme reports is one', () =>
  given()
    .when(said(new ReportMoveIn(), 2, { physicallyMoved: true }))
    .then({ type: 'MovedIn', data: { physicallyMoved: true } }));
test('a move-in may arrive before its lease', () => {
  for (const order of orders([lease, moveIn(2, 3)])) expect(moveInOf(after(tenancy, order).state)).toBeDefined();
});
test('a programme whose type is put right no longer moves anyone in, and the other way round', () => {
  for (const order of orders([moveIn(2, 3), moveIn(3, 2)])) {
    expect(moveInOf(after(tenancy, order).state)).toBeUndefined();
  }
  for (const order of orders([moveIn(2, 2), moveIn(3, 3)])) {
    expect(moveInOf(after(tenancy, order).state)?.data).toEqual({ projectType: 3 });
  }
});
test('a date that its source cleared is no move-in any more, and the lease stands', () => {
  const cleared = said(new ReportTenancyRecordDeleted(), 5, { occurred: undefined } as never);
  const signed = Object.assign(new ReportLease(), lease, { source: { system: 'landlord' } });
  given()
    .when(signed, moveIn(2, 3), cleared)
    .thenState((state) => expect([moveInOf(state), standing(state.lease)]).toEqual([undefined, expect.anything()]));
});
test('nothing but the tenancy’s own end ends it: a subsidy’s end, a notice or silence do not', () =>
  given()
    .when(moveIn(2, 3), said(new ReportSubsidyEnd(), 3), said(new ReportNotice(), 4, { by: 'landlord', kind: 'non-payment' }))
    .thenState(({ end }) => expect(standing(end)).toBeUndefined()));
test('an exit from a programme is no command of a tenancy', () =>
  expect(tenancy.cases.map(({ command }) => command.name)).not.toContain('ReportProjectExit'));
test('a tenancy that ended tells how that is known', () =>
  given()
    .when(said(new ReportTenancyEnd(), 9, { reason: 'moved-out', knownHow: 'landlord' }))
    .then({ type: 'TenancyEnded', data: { reason: 'moved-out', knownHow: 'landlord' } }));
test('that someone still lives there is confirmed on each day on which it was', () => {
  const confirmed = (day: number, start: string) =>
    said(new ConfirmHousingStatus(), day, { status: 'still-there', knownHow: 'visit', source: { system: 'team' } }, start);
  given()
    .when(confirmed(20, '2026-04-01'), confirmed(21, '2026-05-01'))
    .thenState(({ statuses }) => expect(statuses.map(({ by }) => by.supersedes)).toEqual([undefined, undefined]));
});
test('a notice that was withdrawn stands no more, whichever arrives first', () => {
  const notice = said(new ReportNotice(), 4, { by: 'landlord', kind: 'non-payment' });
  const withdrawn = said(new ReportNoticeWithdrawn(), 6, { by: 'landlord', kind: 'non-payment' });
  for (const order of orders([notice, withdrawn])) {
    const { notices, noticesWithdrawn } = after(tenancy, order).state;
    expect(standingUnless(notices, noticesWithdrawn)).toBeUndefined();
  }
});

test('statements in any order give the same tenancy, and a second pass records nothing', () =>
  inAnyOrder(
    tenancy,
    [
      (day) => moveIn(day, 3),
      (day) => moveIn(day, 2),
      (day) => moveIn(day, 3, '2026-02-01'),
      (day) => said(new ReportLease(), day, { startsOn: '2026-03-01', isHolder: true }),
      (day) => said(new ReportTenancyEnd(), day, { reason: 'moved-out', knownHow: 'landlord' }),
      (day) => said(new ReportTenancyEnd(), day, { reason: 'evicted', knownHow: 'document' }),
    ],
    (state) => [moveInOf(state)?.data, standing(state.lease)?.data, standing(state.end)?.data],
  ));
