import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide, fold, labelsOf, standing, standingUnless } from '#kernel';
import { after, enveloped, orders, spec } from '#kernel/testing';
import {
  CancelAdmission, CancelDischarge, ConfirmVisit, CorrectVisitTimes, MoveVisitAway, ReportAdmission, ReportClassChange, ReportEdVisit,
  ReportLeave, ReportTransfer, ReportVisitEnd,
} from './visit.commands.js'; // prettier-ignore
import { visit } from './visit.decider.js';
import { labelsIn, lastConfirmedAt, statements, timesSaid, UNSAID, type Visit } from './visit.state.js';

const { given } = spec(visit);
const at = (start: string) => ({ start, precision: 'minute', zone: 'America/Detroit', basis: 'EVN-6' }) as const;
const said = <C extends object>(command: C, assertedAt: string, more: Partial<C> = {}) =>
  Object.assign(command, { assertedAt, source: { system: 'hospital:st-marys' } }, more);

const facilityId = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const details = { facilityId, levelOfCare: 'acute-psychiatric' } as const;
const admission = said(new ReportAdmission(), '2026-03-01T21:05:00.000Z', { ...details, occurred: at('2026-03-01T16:00') });
const discharge = said(new ReportVisitEnd(), '2026-03-06T21:05:00.000Z', {
  occurred: at('2026-03-06T16:00'),
  disposition: 'home',
});
const cancelled = said(new CancelDischarge(), '2026-03-06T22:00:00.000Z');
const again = said(new ReportVisitEnd(), '2026-03-07T15:05:00.000Z', { occurred: at('2026-03-07T10:00'), disposition: 'home' });
const snapshot = (assertedAt: string, more: Partial<ConfirmVisit> = {}) =>
  said(new ConfirmVisit(), assertedAt, { ...details, class: 'inpatient', startedAt: at('2026-03-01T16:00'), ...more });
const admitted = { type: 'HospitalAdmitted', data: details } as const;
const ended = { type: 'VisitEnded', data: { disposition: 'home' } } as const;

const isOpen = (v: Visit) => !standingUnless(v.end, v.endCancelled);
const startIn = (v: Visit) => timesSaid(v, 'start', 'inpatient').at(-1)?.by.occurred?.start;
/** What stands of a visit, whichever way it came to stand. */
const seen = (v: Visit) => ({
  open: isOpen(v),
  begun: standingUnless(v.admission, v.admissionCancelled)?.data,
  started: startIn(v),
  ended: timesSaid(v, 'end', 'inpatient').at(-1)?.by.occurred?.start,
  ed: standing(v.edVisit)?.data,
  changedTo: standing(v.classChange)?.data,
  unit: standing(v.transfer)?.data,
  onLeave: standing(v.leave)?.data,
  silentSince: lastConfirmedAt(v),
  labels: [standing(v.end), standing(v.classChange), standing(v.transfer)].map((s) => s && [...labelsOf(s)].sort()),
});

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
    expect(isOpen(state)).toBe(true);
    expect(recorded).toEqual([3, 0]);
  }
});
test('a second discharge after a cancelled one ends the same visit, whichever arrives first', () => {
  for (const order of orders([admission, discharge, cancelled, again])) {
    const { state } = after(visit, order);
    expect(standingUnless(state.end, state.endCancelled)?.by.occurred?.start).toBe('2026-03-07T10:00');
    expect(standing(state.admission)?.data).toEqual(admitted.data);
  }
});
test('discharge, cancel and update of a stay give one state in all their six orders', () => {
  const update = snapshot('2026-03-06T21:30:00.000Z', { startedAt: at('2026-03-01T15:30') });
  const states = orders([discharge, cancelled, update]).map((order) => seen(after(visit, [admission, ...order]).state));
  expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
  expect(states[0]).toMatchObject({ open: true, started: '2026-03-01T15:30' });
});
test('the same discharge, said again after it was cancelled, is a new fact', () => {
  const repeated = Object.assign(new ReportVisitEnd(), discharge, { assertedAt: '2026-03-07T01:00:00.000Z' });
  given()
    .when(discharge, cancelled, repeated)
    .thenState((state) => expect(isOpen(state)).toBe(false));
  given().when(discharge, cancelled, repeated).then(ended);
});
test('an admission may be cancelled before it is said to have been', () => {
  const cancel = said(new CancelAdmission(), '2026-03-01T22:00:00.000Z');
  for (const order of orders([admission, cancel]))
    expect(standingUnless(...(({ admission: a, admissionCancelled }) => [a, admissionCancelled] as const)(after(visit, order).state))).toBeUndefined();
}); // prettier-ignore
test('a cancel names the discharge that it takes back', () => {
  const history = enveloped(ended, { id: facilityId, source: { system: 'hospital:st-marys' } });
  expect(decide(visit, cancelled, fold(visit, [history]))).toMatchObject([{ supersedes: { eventId: facilityId } }]);
  expect(decide(visit, cancelled, UNSAID)).toMatchObject([{ supersedes: { target: { kind: 'VisitEnded' } } }]);
});

test('a snapshot that changes nothing confirms what stands, once', () => {
  const { recorded, state } = after(visit, [admission, snapshot('2026-03-02T12:00:00.000Z')], 2);
  expect(recorded).toEqual([2, 0]);
  expect(statements(state).map(({ by }) => by.type)).toEqual(['HospitalAdmitted', 'FactConfirmed']);
  expect(lastConfirmedAt(state)).toBe('2026-03-02T12:00:00.000Z');
});
test('a snapshot with another admission time corrects the time and confirms the rest', () => {
  const { state } = after(visit, [admission, snapshot('2026-03-02T12:00:00.000Z', { startedAt: at('2026-03-01T15:30') })]);
  expect(statements(state).map(({ by }) => by.type)).toEqual(['HospitalAdmitted', 'FactConfirmed', 'VisitTimesCorrected']);
  expect(startIn(state)).toBe('2026-03-01T15:30');
});
test('a snapshot of a visit that nothing was said of tells that it began', () =>
  given().when(snapshot('2026-03-02T12:00:00.000Z')).then(admitted));
test('the end in a snapshot corrects a time and ends nothing', () => {
  const { state } = after(visit, [admission, snapshot('2026-03-02T12:00:00.000Z', { endedAt: at('2026-03-02T09:00') })]);
  expect(isOpen(state)).toBe(true);
});

test('a discharge whose admission has not arrived is kept as strictly as a psychiatric one', () => {
  expect(labelsIn(ended, UNSAID)).toEqual(['hospital-mental-health']);
  expect(labelsIn({ type: 'VisitEnded', data: { class: 'emergency' } }, UNSAID)).toEqual(['emergency']);
});
test('an admission that turns out to be medical relabels what came before it', () => {
  const medical = said(new ReportAdmission(), admission.assertedAt ?? '', { ...admission, levelOfCare: 'acute-medical' });
  const before = enveloped(ended, { labels: labelsIn(ended, UNSAID) ?? [], source: discharge.source });
  given(before)
    .when(medical)
    .then(
      { type: 'HospitalAdmitted', data: { facilityId, levelOfCare: 'acute-medical' } },
      { type: 'EventRelabelled', data: { labels: ['hospital-medical'] } },
    );
});
test('a diagnosis of neither group is kept as strictly as its visit', () => {
  const diagnosis = { type: 'VisitDiagnosisRecorded', data: { use: 'other', group: 'other' } };
  expect(labelsIn(diagnosis, UNSAID)).toEqual(['hospital-medical', 'hospital-mental-health']);
});
test('a snapshot of an open visit takes back the end that its source told before', () => {
  const open = snapshot('2026-03-07T12:00:00.000Z', { open: true });
  const { state, recorded } = after(visit, [admission, discharge, open], 2);
  expect(isOpen(state)).toBe(true);
  expect(recorded[1]).toBe(0);
});
test('a visit that was another person’s is taken back whole, as wrong-person', () => {
  const away = said(new MoveVisitAway(), '2026-03-08T12:00:00.000Z');
  given()
    .when(admission, discharge, away)
    .thenState((state) => {
      expect(standing(state.admission)).toBeUndefined();
      expect(state.end[0]?.withdrawn).toBe('wrong-person');
      expect(standing(state.movedAway)).toBeDefined();
    });
});

const minutes = fc.integer({ min: 0, max: 59 }).map((m) => at(`2026-03-01T16:${String(m).padStart(2, '0')}`));
const LEVELS = ['acute-psychiatric', 'acute-medical', 'unknown'] as const;
const anything = fc.oneof(
  fc.record({ occurred: minutes, levelOfCare: fc.constantFrom(...LEVELS) }).map((f) => Object.assign(new ReportAdmission(), { facilityId }, f)),
  fc.record({ occurred: minutes, facilityId: fc.constant(facilityId) }).map((f) => Object.assign(new ReportEdVisit(), f)),
  fc.record({ occurred: minutes, disposition: fc.constantFrom('home' as const, 'shelter' as const) }).map((f) => Object.assign(new ReportVisitEnd(), f)),
  fc.record({ occurred: minutes, to: fc.constantFrom('outpatient' as const, 'observation' as const) }).map((f) => Object.assign(new ReportClassChange(), f)),
  fc.record({ occurred: minutes, unit: fc.constantFrom('A', 'B') }).map((f) => Object.assign(new ReportTransfer(), f)),
  fc.record({ occurred: minutes }).map((f) => Object.assign(new ReportLeave(), { kind: 'approved' as const }, f)),
  fc.constant(null).map(() => new CancelDischarge()),
  fc.constant(null).map(() => new CancelAdmission()),
  fc.record({ occurred: minutes }).map((f) => Object.assign(new CorrectVisitTimes(), { moment: 'end' as const }, f)),
  fc
    .record({ levelOfCare: fc.constantFrom(...LEVELS), startedAt: fc.option(minutes, { nil: undefined }), endedAt: fc.option(minutes, { nil: undefined }) })
    .map((f) => Object.assign(new ConfirmVisit(), { facilityId, class: 'inpatient' as const }, f)),
); // prettier-ignore

test('statements said at distinct instants give one state in any order of arrival, and a second pass records nothing', () => {
  const sets = fc
    .array(anything, { minLength: 1, maxLength: 7 })
    .map((all) =>
      all.map((c, i) =>
        said(Object.assign(Object.create(Object.getPrototypeOf(c) as object) as object, c), `2026-04-01T0${i}:00:00.000Z`),
      ),
    )
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(sets, ([inOrder, shuffled]) => {
      const [a, b] = [after(visit, inOrder, 2), after(visit, shuffled, 2)];
      expect(seen(b.state)).toEqual(seen(a.state));
      expect([a.recorded[1], b.recorded[1]]).toEqual([0, 0]);
    }),
    { numRuns: 400 },
  );
});
