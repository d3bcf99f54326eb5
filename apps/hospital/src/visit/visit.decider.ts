import { factCases, type FactRejection, type HospitalEvent } from '#contracts';
import {
  decider,
  saidAt,
  standing,
  standingUnless,
  type Envelope,
  type FactConfirmed,
  type Said,
  type Supersedes,
} from '#kernel';
import {
  CancelAdmission, CancelDischarge, CancelLeave, CancelTransfer, ConfirmVisit, CorrectVisitTimes, MoveVisitAway, MoveVisitHere,
  PlanDischarge, PlanVisit, ReportAdmission, ReportClassChange, ReportEdVisit, ReportLeave, ReportLegalStatus, ReportObservation,
  ReportReturnFromLeave, ReportTransfer, ReportVisitContinued, ReportVisitDiagnosis, ReportVisitEnd, WithdrawDischargePlan,
  VisitFacts, WithdrawVisitPlan,
} from './visit.commands.js'; // prettier-ignore
import { confirmed } from './visit.snapshot.js';
import { labelsIn, relabelled, say, statements, UNSAID, type Visit } from './visit.state.js';

const { when, record, remember, build } = decider<Visit, HospitalEvent, FactRejection>();

/** What a cancel takes back: the event where it is known, else what is still to come. */
const takingBack = (said: Said<object>, kind: HospitalEvent['type']): { readonly supersedes: Supersedes } => {
  const target = standing(said);
  return { supersedes: target ? { eventId: target.root } : { target: { subject: 'visit', kind } } };
};
/** Fields of a report by name, so that nothing else of it can slip into an event. */
const only = <C extends object, const K extends keyof C>(report: C, ...fields: readonly K[]) =>
  Object.fromEntries(fields.map((field) => [field, report[field]])) as Pick<C, K>;
const starts = ({ edVisit, observation, admission }: Visit) => [...edVisit, ...observation, ...admission];

/** A snapshot of an open visit takes back the end that its source told before it. */
const endedBefore = ({ open, source, ...report }: ConfirmVisit, { end, endCancelled }: Visit): boolean => {
  const told = standingUnless(
    end.filter(({ by }) => by.source.system === source.system),
    endCancelled,
  );
  return open === true && told !== undefined && saidAt(told.by) < saidAt(report);
};

const ADMISSION = [
  'facilityId', 'levelOfCare', 'levelOfCareBasis', 'service', 'serviceCode', 'serviceSystem', 'admitSource', 'admitSourceCode', 'admitSourceSystem', 'admissionType', 'admissionTypeCode', 'admissionTypeSystem', 'visitNumber', 'unit', 'bed', 'asSent',
] as const; // prettier-ignore
const facts = remember({
  VisitPlanned: 'plan', VisitPlanWithdrawn: 'planWithdrawn', EdVisitStarted: 'edVisit', ObservationStarted: 'observation',
  HospitalAdmitted: 'admission', AdmissionCancelled: 'admissionCancelled', LegalStatusReported: 'legalStatus',
  VisitClassChanged: 'classChange', VisitContinuedAs: 'continued', UnitTransferred: 'transfer', UnitTransferCancelled: 'transferCancelled',
  LeaveStarted: 'leave', LeaveEnded: 'leaveEnded', LeaveCancelled: 'leaveCancelled', DischargePlanned: 'dischargePlan',
  DischargePlanWithdrawn: 'dischargePlanWithdrawn', VisitEnded: 'end', DischargeCancelled: 'endCancelled', VisitTimesCorrected: 'times',
  VisitMovedHere: 'movedHere', VisitMovedAway: 'movedAway', VisitDiagnosisRecorded: 'diagnosis',
}); // prettier-ignore

/** One facility's encounter, from the door in to the door out, as its messages tell it. */
export const visit = build({
  category: 'visit',
  initial: UNSAID,
  cases: [
    when(PlanVisit, (r, { plan, planWithdrawn }) =>
      say(
        plan,
        r,
        record('VisitPlanned', only(r, 'facilityId', 'class', 'expectedFrom', 'visitNumber', 'reason')),
        planWithdrawn,
      ),
    ),
    when(WithdrawVisitPlan, (r, { plan, planWithdrawn }) =>
      say(planWithdrawn, r, record('VisitPlanWithdrawn', {}, takingBack(plan, 'VisitPlanned')), plan),
    ),
    when(ReportEdVisit, (r, { edVisit, admissionCancelled }) =>
      say(
        edVisit,
        r,
        record(
          'EdVisitStarted',
          only(r, 'facilityId', 'arrivalMode', 'arrivalModeCode', 'arrivalModeSystem', 'visitNumber', 'reason', 'asSent'),
        ),
        admissionCancelled,
      ),
    ),
    when(ReportObservation, (r, { observation, admissionCancelled }) =>
      say(
        observation,
        r,
        record('ObservationStarted', only(r, 'facilityId', 'visitNumber', 'unit', 'bed', 'reason')),
        admissionCancelled,
      ),
    ),
    when(ReportAdmission, (r, state) => [
      ...say(state.admission, r, record('HospitalAdmitted', only(r, ...ADMISSION)), state.admissionCancelled),
      ...relabelled(state, r),
    ]),
    when(CancelAdmission, (r, state) =>
      say(
        state.admissionCancelled,
        r,
        record('AdmissionCancelled', {}, takingBack(starts(state), 'HospitalAdmitted')),
        starts(state),
      ),
    ),
    when(ConfirmVisit, (r, state) => [
      ...confirmed(r, state),
      ...(endedBefore(r, state) ? [record('DischargeCancelled', {}, takingBack(state.end, 'VisitEnded'))] : []),
      ...relabelled(state, r),
    ]),
    when(ReportLegalStatus, (r, { legalStatus }) =>
      say(legalStatus, r, record('LegalStatusReported', only(r, 'status', 'statusCode', 'statusSystem', 'until'))),
    ),
    when(ReportClassChange, (r, { classChange }) => say(classChange, r, record('VisitClassChanged', only(r, 'from', 'to')))),
    when(ReportVisitContinued, (r, { continued }) =>
      say(continued, r, record('VisitContinuedAs', only(r, 'toVisitId', 'basis'))),
    ),
    when(ReportTransfer, (r, { transfer, transferCancelled }) =>
      say(transfer, r, record('UnitTransferred', only(r, 'unit', 'bed', 'fromUnit', 'fromBed')), transferCancelled),
    ),
    when(CancelTransfer, (r, { transfer, transferCancelled }) =>
      say(transferCancelled, r, record('UnitTransferCancelled', {}, takingBack(transfer, 'UnitTransferred')), transfer),
    ),
    when(ReportLeave, (r, s) => say(s.leave, r, record('LeaveStarted', only(r, 'kind')), [...s.leaveEnded, ...s.leaveCancelled])),
    when(ReportReturnFromLeave, (r, s) => say(s.leaveEnded, r, record('LeaveEnded', only(r, 'kind')), s.leave)),
    when(CancelLeave, (r, { leave, leaveCancelled }) =>
      say(leaveCancelled, r, record('LeaveCancelled', { kind: r.kind }, takingBack(leave, 'LeaveStarted')), leave),
    ),
    when(PlanDischarge, (r, { dischargePlan, dischargePlanWithdrawn }) =>
      say(
        dischargePlan,
        r,
        record(
          'DischargePlanned',
          only(r, 'expectedOn', 'plannedDisposition', 'plannedDispositionCode', 'plannedDispositionSystem', 'destination'),
        ),
        dischargePlanWithdrawn,
      ),
    ),
    when(WithdrawDischargePlan, (r, s) =>
      say(
        s.dischargePlanWithdrawn,
        r,
        record('DischargePlanWithdrawn', {}, takingBack(s.dischargePlan, 'DischargePlanned')),
        s.dischargePlan,
      ),
    ),
    when(ReportVisitEnd, (r, { end, endCancelled }) =>
      say(
        end,
        r,
        record(
          'VisitEnded',
          only(
            r,
            'class',
            'disposition',
            'dispositionCode',
            'dispositionSystem',
            'againstAdvice',
            'toFacilityId',
            'destination',
            'asSent',
          ),
        ),
        endCancelled,
      ),
    ),
    when(CancelDischarge, (r, { end, endCancelled }) =>
      say(endCancelled, r, record('DischargeCancelled', {}, takingBack(end, 'VisitEnded')), end),
    ),
    when(CorrectVisitTimes, (r, { times }) => say(times, r, record('VisitTimesCorrected', only(r, 'moment', 'class')))),
    when(ReportVisitDiagnosis, (r, { diagnosis }) =>
      say(
        diagnosis.filter(({ data }) => (data as { rank?: number }).rank === r.rank),
        r,
        record('VisitDiagnosisRecorded', only(r, 'rank', 'use', 'group', 'code', 'codeSystem', 'text')),
      ),
    ),
    when(MoveVisitHere, (r, { movedHere }) =>
      say(movedHere, r, record('VisitMovedHere', only(r, 'fromVisitId', 'firstRecordedAt'))),
    ),
    when(MoveVisitAway, (r, state) => [...say(state.movedAway, r, record('VisitMovedAway', {})), ...withdrawn(state)]),
    ...factCases<Visit>(VisitFacts),
  ],
  evolve: {
    ...facts,
    FactConfirmed: (state: Visit, data: FactConfirmed['data'], by: Envelope) => ({
      ...facts.FactConfirmed(state, data, by),
      startConfirmed: { ...state.startConfirmed, [by.id]: by.occurred },
    }),
  },
  labels: labelsIn,
});

/** Everything that is still said here, taken back as another person's. */
const withdrawn = (state: Visit) =>
  statements({ ...state, movedAway: [] })
    .filter(({ by, root, withdrawn: already }) => by.id === root && already === undefined)
    .map(({ root, by, labels }) => ({
      type: 'FactWithdrawn' as const,
      data: { reason: 'wrong-person' },
      occurred: null,
      supersedes: { eventId: root, reason: 'wrong-person' },
      labels: labels ?? by.labels,
    }));
