import { expect, test } from '@jest/globals';
import type { Report } from '#contracts';
import { standing } from '#kernel';
import { after, orders, spec, inAnyOrder } from '#kernel/testing';
import {
  ReportAssessment,
  ReportEngagement,
  ReportEnrolmentRecordDeleted,
  ReportLivingSituation,
  ReportProjectEntry,
  ReportProjectExit,
  ReportShelterNight,
} from './enrolment.commands.js';
import { enrolment } from './enrolment.decider.js';

const { given } = spec(enrolment);
const PROJECT = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const HOUSEHOLD = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0002';
const household = { householdId: HOUSEHOLD, relationshipToHoH: 1, cocCode: 'MI-501' } as const;
const on = (start: string) => ({ start, precision: 'day', zone: 'America/Detroit', basis: 'EntryDate' }) as const;
const said = <C extends Report>(command: C, day: number, record: string | undefined, more: Partial<C> = {}) =>
  Object.assign(command, {
    occurred: on('2026-03-01'),
    assertedAt: `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    source: { system: 'hmis:TEST', ...(record !== undefined && { record }) },
    ...more,
  });
const entry = (day: number, more: Partial<ReportProjectEntry> = {}) =>
  said(new ReportProjectEntry(), day, 'Enrollment/1', { projectId: PROJECT, projectType: 1, ...more });
const night = (day: number, nightOf: string, record = `Services/${nightOf}`) =>
  said(new ReportShelterNight(), day, record, { nightOf, projectType: 1, occurred: on(nightOf) });
const situation = (day: number, code: 116 | 204, record: string) =>
  said(new ReportLivingSituation(), day, record, { code, asOf: '2026-03-05' });

test('an entry is recorded with the household that it was made for', () =>
  given()
    .when(entry(1, household))
    .then({ type: 'ProjectEntered', data: { projectId: PROJECT, projectType: 1, ...household } }));
test('a psychiatric hospital before entry is a report of a situation, never a stay', () =>
  given()
    .when(entry(1, { priorLivingSituation: 204, lengthOfStay: 3 }))
    .then(
      { type: 'ProjectEntered', data: { projectId: PROJECT, projectType: 1, priorLivingSituation: 204, lengthOfStay: 3 } },
      { type: 'LivingSituationReported', data: { code: 204, asOf: '2026-03-01', beforeEntry: true, lengthOfStay: 3 } },
    ));
test('an exit may arrive before the entry', () =>
  given()
    .when(said(new ReportProjectExit(), 20, 'Exit/1', { destination: 410, occurred: on('2026-03-20') }))
    .then({ type: 'ProjectExited', data: { destination: 410 } }));
test('nights are facts of their own: a second one supersedes nothing', () =>
  given()
    .when(night(5, '2026-03-04'), night(6, '2026-03-05'))
    .thenState(({ nights }) => expect(nights.map(({ by }) => by.supersedes)).toEqual([undefined, undefined])));
test('a night whose date was put right supersedes the wrong one', () =>
  given()
    .when(night(5, '2026-03-04', 'Services/7'), night(6, '2026-03-05', 'Services/7'))
    .thenState(({ nights }) => expect(nights[1]?.by.supersedes?.eventId).toBe(nights[0]?.by.id)));
test('nights are refused of a shelter that reports entry and exit: they are derived', () =>
  given()
    .when(Object.assign(night(5, '2026-03-04'), { projectType: 0 }))
    .thenRejected('nights-are-derived'));
test('two situations of one day stand beside each other where their source keeps two records', () =>
  given()
    .when(situation(5, 116, 'CurrentLivingSituation/1'), situation(6, 204, 'CurrentLivingSituation/2'))
    .thenState(({ situations }) => expect(situations[1]?.by.supersedes).toBeUndefined()));
test('a situation typed in again for the same day supersedes the earlier', () => {
  const typed = (day: number, code: 116 | 204) => Object.assign(situation(day, code, ''), { source: { system: 'throughline' } });
  given()
    .when(typed(5, 116), typed(6, 204))
    .thenState(({ situations }) => expect(situations[1]?.by.supersedes?.eventId).toBe(situations[0]?.by.id));
});
test('an assessment and an engagement are recorded as told', () => {
  given()
    .when(said(new ReportAssessment(), 2, 'Assessment/1', { assessmentType: 1, level: 2, prioritization: 1 }))
    .then({ type: 'CoordinatedEntryAssessed', data: { assessmentType: 1, level: 2, prioritization: 1 } });
  given()
    .when(said(new ReportEngagement(), 2, 'Enrollment/1', household))
    .then({ type: 'EngagementReached', data: household });
});
test('what its source deleted stands no more, and nothing else of the enrolment goes with it', () => {
  const deleted = said(new ReportEnrolmentRecordDeleted(), 9, 'Exit/1', { occurred: undefined } as never);
  const exit = said(new ReportProjectExit(), 8, 'Exit/1', { destination: 410 });
  given()
    .when(entry(1), exit, deleted)
    .then({ type: 'FactWithdrawn', data: { reason: 'deleted-at-source' } });
  given()
    .when(entry(1), exit, deleted)
    .thenState((state) => expect([standing(state.entry), standing(state.exit)]).toEqual([expect.anything(), undefined]));
});
test('what was deleted and is said again later stands again', () => {
  const exit = (day: number) => said(new ReportProjectExit(), day, 'Exit/1', { destination: 410 });
  const deleted = said(new ReportEnrolmentRecordDeleted(), 9, 'Exit/1', { occurred: undefined } as never);
  given()
    .when(exit(8), deleted, exit(10))
    .then({ type: 'ProjectExited', data: { destination: 410 } });
});
test('a snapshot that goes from one value to another and back is three statements, whichever arrives first', () => {
  const rows = [entry(1, { lengthOfStay: 2 }), entry(2, { lengthOfStay: 3 }), entry(3, { lengthOfStay: 2 })];
  for (const order of orders(rows)) {
    const { state, recorded } = after(enrolment, order, 2);
    expect(recorded).toEqual([3, 0]);
    expect(standing(state.entry)?.data).toHaveProperty('lengthOfStay', 2);
  }
});

test('statements in any order give the same enrolment, and a second pass records nothing', () =>
  inAnyOrder(enrolment, [
    (day) => entry(day, { priorLivingSituation: 116 }),
    (day) => entry(day, { priorLivingSituation: 204, lengthOfStay: 3 }),
    (day) => said(new ReportProjectExit(), day, 'Exit/1', { destination: 410 }),
    (day) => said(new ReportProjectExit(), day, 'Exit/1', { destination: 204 }),
    (day) => night(day, '2026-03-04', 'Services/7'),
    (day) => night(day, '2026-03-05', 'Services/7'),
    (day) => situation(day, 116, 'CurrentLivingSituation/1'),
  ]));
