import type { HospitalEvent } from '#contracts';
import { decider, restate, type Said } from '#kernel';
import { CancelDischarge, ReportAdmission, ReportVisitEnd } from './visit.commands.js';

/** What has been said of one visit: any statement may come first, and late. */
interface Visit {
  readonly admission: Said<object>;
  readonly end: Said<object>;
  readonly endCancelled: Said<object>;
}

const { when, record, remember, build } = decider<Visit, HospitalEvent>();

/** One facility's encounter, from the door in to the door out, as its messages tell it. */
export const visit = build({
  category: 'visit',
  initial: { admission: [], end: [], endCancelled: [] },
  cases: [
    when(ReportAdmission, (report, { admission }) =>
      restate(
        admission,
        report,
        record('HospitalAdmitted', { facilityId: report.facilityId, levelOfCare: report.levelOfCare, unit: report.unit }),
      ),
    ),
    when(ReportVisitEnd, (report, { end }) => restate(end, report, record('VisitEnded', { disposition: report.disposition }))),
    when(CancelDischarge, (report, { endCancelled }) => restate(endCancelled, report, record('DischargeCancelled', {}))),
  ],
  evolve: remember({ HospitalAdmitted: 'admission', VisitEnded: 'end', DischargeCancelled: 'endCancelled' }),
});
