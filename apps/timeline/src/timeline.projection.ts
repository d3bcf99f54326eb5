import {
  specOf,
  type FactsEvent,
  type HospitalEvent,
  type HousingEvent,
  type LaneId,
  type PeerSupportEvent,
  type PeopleEvent,
} from '#contracts';
import { hidden, type AnyEvent, type Envelope, type Label, type Occurred, type Rows } from '#kernel';

/** Which life a stream tells of. */
export type Part =
  'visit' | 'relationship' | 'contact' | 'enrolment' | 'referral' | 'voucher' | 'tenancy' | 'household' | 'person' | 'fact';
export interface Place {
  readonly part: Part;
  /** The lane whose sources it tells to be alive; a fact about a fact has the lane of its stream. */
  readonly lane: LaneId | null;
}

/** What the timeline remembers of one event: open fields only. What was sealed is opened where someone asks why. */
export interface Remembered {
  readonly id: string;
  readonly type: string;
  readonly part: Part;
  readonly lane: LaneId | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurred: Occurred | null;
  readonly assertedAt: string | null;
  readonly recordedAt: string;
  readonly source: { readonly system: string; readonly sequence?: number };
  readonly supersedes?: { readonly eventId?: string };
  readonly organizationId: string | null;
  readonly programId?: string;
  readonly labels: readonly Label[];
}

export type TimelineEvent = PeopleEvent | HospitalEvent | PeerSupportEvent | HousingEvent | FactsEvent;

const of = (part: Part, lane: LaneId | null) => () => ({ part, lane });
const visit = of('visit', 'hospital');
const emergency = of('visit', 'emergency');
const relationship = of('relationship', 'peer');
const contact = of('contact', 'peer');
const enrolment = of('enrolment', 'housing');
const referral = of('referral', 'housing');
const voucher = of('voucher', 'housing');
const tenancy = of('tenancy', 'housing');
const household = of('household', 'housing');
const fact = of('fact', null);

/** What every event means to a timeline: a type left out does not compile. */
export const timeline: Rows<TimelineEvent, Place> = {
  VisitPlanned: visit,
  VisitPlanWithdrawn: visit,
  EdVisitStarted: emergency,
  ObservationStarted: visit,
  HospitalAdmitted: visit,
  LegalStatusReported: hidden,
  VisitClassChanged: visit,
  VisitContinuedAs: visit,
  UnitTransferred: visit,
  UnitTransferCancelled: visit,
  LeaveStarted: visit,
  LeaveEnded: visit,
  LeaveCancelled: visit,
  DischargePlanned: visit,
  DischargePlanWithdrawn: visit,
  VisitEnded: visit,
  AdmissionCancelled: visit,
  DischargeCancelled: visit,
  VisitTimesCorrected: visit,
  VisitMovedHere: visit,
  VisitMovedAway: visit,
  VisitDiagnosisRecorded: visit,

  PeerSupportOffered: relationship,
  PeerSupportAccepted: relationship,
  PeerSupportDeclined: relationship,
  PeerSupportEnded: relationship,
  PeerContactMade: contact,
  PeerContactAttempted: contact,
  CollateralContactMade: contact,
  PeerContactScheduled: contact,
  PeerContactCancelled: contact,
  WarmHandoffMade: contact,
  AccompaniedTo: contact,
  NotAtPlaceReported: contact,
  SupportGivenToOthers: contact,
  ContactMovedHere: contact,
  ContactMovedAway: contact,

  ProjectEntered: enrolment,
  ProjectExited: enrolment,
  EngagementReached: enrolment,
  ShelterNightStayed: enrolment,
  LivingSituationReported: enrolment,
  CoordinatedEntryAssessed: enrolment,
  HousingReferred: referral,
  ReferralResulted: referral,
  ApplicationSubmitted: referral,
  ApplicationDecided: referral,
  UnitMatched: referral,
  MatchWithdrawn: referral,
  UnitOffered: referral,
  OfferAccepted: referral,
  OfferDeclined: referral,
  VoucherIssued: voucher,
  VoucherExtended: voucher,
  VoucherPortedOut: voucher,
  VoucherPortedIn: voucher,
  VoucherSuspended: voucher,
  VoucherExpired: voucher,
  VoucherWithdrawn: voucher,
  InspectionHeld: tenancy,
  LeaseSigned: tenancy,
  MovedIn: tenancy,
  MoveInReported: tenancy,
  OccupantJoined: tenancy,
  OccupantLeft: tenancy,
  UnitChanged: tenancy,
  RecertificationCompleted: tenancy,
  SubsidyChanged: tenancy,
  SubsidyEnded: tenancy,
  NoticeGiven: tenancy,
  NoticeWithdrawn: tenancy,
  TenancyEnded: tenancy,
  HousingStatusConfirmed: tenancy,
  HouseholdMemberJoined: household,
  HouseholdMemberLeft: household,
  HeadOfHouseholdChanged: household,

  DeathReported: of('person', null),
  DeathReportWithdrawn: of('person', null),
  PersonRegistered: hidden,
  PersonDetailsChanged: hidden,
  IdentifierRecorded: hidden,
  IdentifierRetired: hidden,
  ContactPointRecorded: hidden,
  ContactPointEnded: hidden,
  AddressReported: hidden,
  PreferredLanguageRecorded: hidden,
  ResponsiblePartyRecorded: hidden,
  ResponsiblePartyEnded: hidden,
  IdentityOverlaySuspected: hidden,
  IdentityOverlayResolved: hidden,
  RecordDeletedAtSource: hidden,
  AccessRestrictionRequested: hidden,
  AccessRestrictionLifted: hidden,
  PersonErased: hidden,
  // Pairs stand in rows of their own, from which the identity map is folded.
  RecordsLinked: hidden,
  RecordsUnlinked: hidden,
  RecordsDeclaredDifferent: hidden,

  FactConfirmed: fact,
  FactCorrected: fact,
  FactWithdrawn: fact,
  EventRelabelled: fact,
  // The words are sealed; that there are some is known to whoever asks why.
  StatementAttached: fact,
};

const placeOf = (event: AnyEvent & Envelope): Place | undefined => {
  const entry = (timeline as Readonly<Record<string, (() => Place | undefined) | typeof hidden | undefined>>)[event.type];
  return typeof entry === 'function' ? entry() : undefined;
};

/** Whether an event leaves anything on a timeline. */
export const isShown = (event: AnyEvent & Envelope): boolean => placeOf(event) !== undefined;

/** The lane whose sources an event tells to be alive. */
export const laneOf = (event: AnyEvent & Envelope): LaneId | null => placeOf(event)?.lane ?? null;

/** Whether it tells of contacts, or of trying. */
export const isContact = (event: AnyEvent & Envelope): boolean => placeOf(event)?.part === 'contact';

/** What is remembered of an event; undefined where it is hidden from timelines. */
export const remembered = (event: AnyEvent & Envelope): Remembered | undefined => {
  const place = placeOf(event);
  if (!place) return undefined;
  const { id, type, occurred, assertedAt, recordedAt, source, supersedes, organizationId, programId, labels } = event;
  const data = event.data as Readonly<Record<string, unknown>>;
  return {
    id,
    type,
    part: place.part,
    lane: place.lane,
    data: Object.fromEntries(specOf(type).open.flatMap((field) => (data[field] === undefined ? [] : [[field, data[field]]]))),
    occurred,
    assertedAt,
    recordedAt,
    source: { system: source.system, ...(source.sequence !== undefined && { sequence: source.sequence }) },
    ...(supersedes?.eventId && { supersedes: { eventId: supersedes.eventId } }),
    organizationId,
    ...(programId && { programId }),
    labels,
  };
};
