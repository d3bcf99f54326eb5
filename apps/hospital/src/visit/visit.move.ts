import { movable } from '#kernel';
import * as commands from './visit.commands.js';
import { visit } from './visit.decider.js';

/** A visit of another person: what tells it again for the right one. */
export const visitMove = movable({
  decider: visit,
  move: commands.MoveVisit,
  here: { command: commands.MoveVisitHere, event: 'VisitMovedHere', from: 'fromVisitId' },
  away: { command: commands.MoveVisitAway, event: 'VisitMovedAway' },
  amend: commands.VisitFacts,
  toldBy: {
    VisitPlanned: commands.PlanVisit,
    VisitPlanWithdrawn: commands.WithdrawVisitPlan,
    EdVisitStarted: commands.ReportEdVisit,
    ObservationStarted: commands.ReportObservation,
    HospitalAdmitted: commands.ReportAdmission,
    AdmissionCancelled: commands.CancelAdmission,
    LegalStatusReported: commands.ReportLegalStatus,
    VisitClassChanged: commands.ReportClassChange,
    VisitContinuedAs: commands.ReportVisitContinued,
    UnitTransferred: commands.ReportTransfer,
    UnitTransferCancelled: commands.CancelTransfer,
    LeaveStarted: commands.ReportLeave,
    LeaveEnded: commands.ReportReturnFromLeave,
    LeaveCancelled: commands.CancelLeave,
    DischargePlanned: commands.PlanDischarge,
    DischargePlanWithdrawn: commands.WithdrawDischargePlan,
    VisitEnded: commands.ReportVisitEnd,
    DischargeCancelled: commands.CancelDischarge,
    VisitTimesCorrected: commands.CorrectVisitTimes,
    VisitDiagnosisRecorded: commands.ReportVisitDiagnosis,
    VisitMovedHere: null,
    VisitMovedAway: null,
  },
});
