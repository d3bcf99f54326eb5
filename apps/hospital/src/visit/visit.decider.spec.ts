import { expect, test } from '@jest/globals';
import { standing, standingUnless } from '#kernel';
import { after, orders, spec } from '#kernel/testing';
import { CancelDischarge, ReportAdmission, ReportVisitEnd } from './visit.commands.js';
import { visit } from './visit.decider.js';

const { given } = spec(visit);
const at = (start: string) => ({ start, precision: 'minute', zone: 'America/Detroit', basis: 'EVN-6' }) as const;
const said = <C extends object>(command: C, assertedAt: string, more: Partial<C> = {}) =>
  Object.assign(command, { assertedAt, source: { system: 'hospital:st-marys' } }, more);

const FACILITY = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const admission = said(new ReportAdmission(), '2026-03-01T21:05:00.000Z', {
  facilityId: FACILITY,
  levelOfCare: 'acute-psychiatric',
  occurred: at('2026-03-01T16:00'),
});
const discharge = said(new ReportVisitEnd(), '2026-03-06T21:05:00.000Z', {
  occurred: at('2026-03-06T16:00'),
  disposition: 'home',
});
const cancelled = said(new CancelDischarge(), '2026-03-06T22:00:00.000Z');
const again = said(new ReportVisitEnd(), '2026-03-07T15:05:00.000Z', { occurred: at('2026-03-07T10:00'), disposition: 'home' });
const admitted = { type: 'HospitalAdmitted', data: { facilityId: FACILITY, levelOfCare: 'acute-psychiatric' } } as const;
const ended = { type: 'VisitEnded', data: { disposition: 'home' } } as const;

test('an admission is recorded as said', () => given().when(admission).then(admitted));
test('a discharge may arrive before its admission', () => given().when(discharge).then(ended));
test('a later statement of the discharge supersedes the earlier', () => given().when(discharge, again).then(ended));
test('a discharge said again later is confirmed, not recorded twice', () => {
  const later = Object.assign(new ReportVisitEnd(), discharge, { assertedAt: '2026-03-06T23:00:00.000Z' });
  given()
    .when(discharge, later)
    .thenState(({ end }) => expect(end.map(({ by }) => by.type)).toEqual(['VisitEnded', 'FactConfirmed']));
});
test('a cancelled discharge leaves the visit open, whichever arrives first', () => {
  for (const order of orders([admission, discharge, cancelled])) {
    const { state, recorded } = after(visit, order, 2);
    expect(standingUnless(state.end, state.endCancelled)).toBeUndefined();
    expect(recorded).toEqual([3, 0]);
  }
});
test('a second discharge after a cancelled one ends the visit, whichever arrives first', () => {
  for (const order of orders([admission, discharge, cancelled, again])) {
    const { state } = after(visit, order);
    expect(standingUnless(state.end, state.endCancelled)?.by.occurred?.start).toBe('2026-03-07T10:00');
    expect(standing(state.admission)?.data).toEqual(admitted.data);
  }
});
