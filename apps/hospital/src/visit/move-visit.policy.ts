import type { HospitalEvent } from '#contracts';
import type { AnyEvent, Envelope, Statement } from '#kernel';

/** A command of this context by its name, with the body that it would be posted with, and what makes it the same one after a crash. */
export interface Step {
  readonly command: string;
  readonly body: object;
  readonly key: string;
  readonly causationId?: string;
}
export interface Move {
  readonly fromVisitId: string;
  /** The right person. */
  readonly personId: string;
  /** Who says that the visit is hers, and when. */
  readonly origin: { readonly source: Envelope['source']; readonly assertedAt: string | null };
}
export interface Moving {
  /** Onto the new stream: that it moved here, and then all that was said of it, with its own clocks and sources. */
  readonly here: readonly Step[];
  /** On the old stream, once the new one is whole and its numbers point there. */
  readonly away: Step;
}

type Fact = Envelope & AnyEvent;

/** Which report leads to each event; those that a move makes itself are not carried along. */
const REPORTED_BY: Readonly<Record<HospitalEvent['type'], string | undefined>> = {
  VisitPlanned: 'plan-visit',
  VisitPlanWithdrawn: 'withdraw-visit-plan',
  EdVisitStarted: 'report-ed-visit',
  ObservationStarted: 'report-observation',
  HospitalAdmitted: 'report-admission',
  AdmissionCancelled: 'cancel-admission',
  LegalStatusReported: 'report-legal-status',
  VisitClassChanged: 'report-class-change',
  VisitContinuedAs: 'report-visit-continued',
  UnitTransferred: 'report-transfer',
  UnitTransferCancelled: 'cancel-transfer',
  LeaveStarted: 'report-leave',
  LeaveEnded: 'report-return-from-leave',
  LeaveCancelled: 'cancel-leave',
  DischargePlanned: 'plan-discharge',
  DischargePlanWithdrawn: 'withdraw-discharge-plan',
  VisitEnded: 'report-visit-end',
  DischargeCancelled: 'cancel-discharge',
  VisitTimesCorrected: 'correct-visit-times',
  VisitDiagnosisRecorded: 'report-visit-diagnosis',
  VisitMovedHere: undefined,
  VisitMovedAway: undefined,
};

/** Another person's number names the old record: the new fact keeps where it was said, not the number that led astray. */
const bodyOf = ({ occurred, assertedAt, asserted, source, organizationId, programId, siteId, place, performers }: Fact, data: object) =>
  Object.fromEntries(
    Object.entries({ ...data, occurred: occurred && withoutPrecision(occurred), assertedAt, asserted, source, organizationId, programId, siteId, place, performers })
      .filter(([, value]) => value !== undefined && value !== null),
  ); // prettier-ignore
/** The door tells the precision by the length of the text. */
const withoutPrecision = ({ precision: _, ...told }: NonNullable<Envelope['occurred']>) => told;

/**
 * The steps that move a visit to the right person: its statements as they stand (corrected ones as corrected, withdrawn
 * ones left behind), each under a key that follows from the event it repeats, so that a move begun again after a crash
 * ends where it would have ended.
 */
export const moveVisit = (
  old: readonly Fact[],
  statements: readonly Statement<object>[],
  { fromVisitId, personId, origin }: Move,
): Moving => {
  const [first] = old;
  const person = { personId };
  const facts = statements.filter(({ withdrawn }) => withdrawn === undefined);
  const carried = facts.flatMap(({ root, by, data, corrected }) => {
    const said = old.find(({ id }) => id === root);
    const command = said && REPORTED_BY[said.type as HospitalEvent['type']];
    if (!command) return [];
    const body = { ...bodyOf({ ...by, data } as Fact, { ...data, ...corrected }), person };
    return [{ command, body, key: `move|${fromVisitId}|${by.id}|${root}`, causationId: by.id }];
  });
  const here: Step = {
    command: 'move-visit-here',
    body: { ...origin, person, fromVisitId, firstRecordedAt: first?.recordedAt },
    key: `move|${fromVisitId}`,
  };
  const away = leave(fromVisitId, origin);
  return { here: [here, ...carried], away };
};

/** The last step: what was another person's is taken back from where it stood. */
export const leave = (fromVisitId: string, origin: Move['origin']): Step => ({
  command: 'move-visit-away',
  body: { ...origin, subject: { id: fromVisitId } },
  key: `move-away|${fromVisitId}`,
});
