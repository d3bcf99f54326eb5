import type { Label } from '#kernel';
import { defineEvents, event, type EventOf, type EventSpec } from './catalogue.js';
import * as said from './housing.payloads.js';

const ofHousehold = ['householdId', 'relationshipToHoH', 'cocCode'] as const;
type OfHousehold = (typeof ofHousehold)[number];
const located = { fieldLabels: { address: ['location'] } } as const;

/** A situation or destination may be a psychiatric hospital (204), SUD treatment (205), a hospital (206), a jail (207), or housing for people with AIDS (HOPWA: 327, 426). */
const INSTITUTIONS: Readonly<Record<number, Label>> = {
  204: 'hospital-mental-health',
  205: 'treatment-substance-use',
  206: 'hospital-medical',
  207: 'justice',
  327: 'specially-protected',
  426: 'specially-protected',
};
/** On a field among others, all of them: were it hidden only where it tells, its absence would tell. */
const institutional = [...new Set(Object.values(INSTITUTIONS))];
const bySituation = ({ code }: { readonly code: number }): readonly Label[] =>
  INSTITUTIONS[code] ? ['housing', INSTITUTIONS[code]] : ['housing'];

type More<P extends object> = Partial<Pick<EventSpec<P>, 'labels' | 'fieldLabels'>>;

/** A housing fact: what it means, and its open fields besides those of the household, which every one carries. */
const fact = <P extends said.OfHousehold, const O extends keyof P & string = never>(
  payload: new () => P,
  means: string,
  open: readonly O[] = [],
  { labels = ['housing'], fieldLabels }: More<P> = {},
) =>
  event<P, O | OfHousehold>(payload, {
    means,
    labels,
    fieldLabels: {
      ...fieldLabels,
      householdId: ['household'],
      relationshipToHoH: ['household'],
    } as EventSpec<P>['fieldLabels'] & {},
    open: [...ofHousehold, ...open],
  });
const HOUSEHOLD = { labels: ['housing', 'household'] } as const;
const VOUCHER = ['subsidyType', 'housingAuthorityId', 'bedrooms', 'expiresOn'] as const;

/** Four lives that only refer to each other: an enrolment, a referral, a voucher, a tenancy; and who lives with whom. */
export const HousingEvents = defineEvents('housing', {
  ProjectEntered: fact(
    said.ProjectEnteredData,
    'An enrolment in a programme began. The situation before it is recorded beside it, as a LivingSituationReported.',
    [
      'projectId',
      'projectType',
      'priorLivingSituation',
      'lengthOfStay',
      'dateToStreet',
      'dateToStreetPrecision',
      'timesHomeless',
      'monthsHomeless',
    ],
    { fieldLabels: { priorLivingSituation: institutional, lengthOfStay: institutional } },
  ),
  ProjectExited: fact(
    said.ProjectExitedData,
    'An enrolment ended. It ends no tenancy: a destination in the 400s is “reported housed at exit, not observed since”.',
    ['destination', 'destinationSubsidyType'],
    { fieldLabels: { destination: institutional } },
  ),
  EngagementReached: fact(said.EngagementReachedData, 'An outreach relationship became an agreement to work together.'),
  ShelterNightStayed: fact(
    said.ShelterNightStayedData,
    'A night in a shelter that reports night by night; the nights of entry/exit shelters are derived.',
    ['nightOf'],
  ),
  LivingSituationReported: fact(
    said.LivingSituationReportedData,
    'What someone said of where the person lived. Never itself a stay, a move-in or an end of either.',
    ['code', 'asOf', 'beforeEntry', 'lengthOfStay', 'subsidyType'],
    { labels: bySituation, fieldLabels: { verifiedBy: ['location'], details: ['location'] } },
  ),
  CoordinatedEntryAssessed: fact(said.CoordinatedEntryAssessedData, 'A coordinated-entry assessment took place.', [
    'assessmentType',
    'level',
    'prioritization',
  ]),
  HousingReferred: fact(
    said.HousingReferredData,
    'Coordinated entry referred the person; only 10 to 15, 17 and 18 name an opening. Several may run at once.',
    ['referralEvent', 'toProjectId'],
  ),
  ReferralResulted: fact(said.ReferralResultedData, 'A referral came to its result.', ['result']),
  ApplicationSubmitted: fact(said.ApplicationSubmittedData, 'An application for housing was handed in.', ['toOrganizationId']),
  ApplicationDecided: fact(said.ApplicationDecidedData, 'An application for housing was decided on.', ['decision', 'reason']),
  UnitMatched: fact(
    said.UnitMatchedData,
    'A unit was found for the household; it is not offered yet.',
    ['unitId', 'bedrooms'],
    located,
  ),
  MatchWithdrawn: fact(said.MatchWithdrawnData, 'The match of a unit was taken back; may be said before the match.', ['reason']),
  UnitOffered: fact(said.UnitOfferedData, 'A unit was offered.', ['unitId', 'bedrooms', 'answerBy'], located),
  OfferAccepted: fact(said.OfferAcceptedData, 'The offer of the unit was accepted. Nobody has moved in by that.'),
  OfferDeclined: fact(said.OfferDeclinedData, 'The offer came to nothing, by whom it says.', ['by', 'reason']),
  VoucherIssued: fact(said.VoucherIssuedData, 'The person holds a voucher, which is no home yet.', VOUCHER),
  VoucherExtended: fact(said.VoucherExtendedData, 'The voucher may be used until a later day.', VOUCHER),
  VoucherPortedOut: fact(said.VoucherPortedOutData, 'The voucher went with its holder to another housing authority.', [
    ...VOUCHER,
    'toHousingAuthorityId',
  ]),
  VoucherPortedIn: fact(said.VoucherPortedInData, 'A housing authority took over a voucher from another.', [
    ...VOUCHER,
    'fromHousingAuthorityId',
  ]),
  VoucherSuspended: fact(said.VoucherSuspendedData, 'The voucher’s time stands still.', [...VOUCHER, 'reason']),
  VoucherExpired: fact(said.VoucherExpiredData, 'The voucher ran out unused.', VOUCHER),
  VoucherWithdrawn: fact(said.VoucherWithdrawnData, 'The housing authority took the voucher back.', [...VOUCHER, 'reason']),
  InspectionHeld: fact(said.InspectionHeldData, 'The unit was inspected.', ['result']),
  LeaseSigned: fact(
    said.LeaseSignedData,
    'A lease was signed; moving in is a fact of its own.',
    ['startsOn', 'endsOn', 'isHolder'],
    { fieldLabels: { address: ['location'], rent: ['benefits-income'] } },
  ),
  MovedIn: fact(
    said.MovedInData,
    'The person moved into permanent housing. From HMIS only for project types 3, 9, 10 and 13; see MoveInReported.',
    ['enrolmentId', 'projectType', 'subsidyType', 'physicallyMoved'],
    located,
  ),
  MoveInReported: fact(
    said.MoveInReportedData,
    'A programme that is not permanent housing gave a move-in date: kept as reported, never counted as moved in or housed.',
    ['enrolmentId', 'projectType', 'subsidyType', 'physicallyMoved'],
    located,
  ),
  OccupantJoined: fact(
    said.OccupantJoinedData,
    'The person came to live in a home that others hold (on the occupant’s own tenancy).',
  ),
  OccupantLeft: fact(said.OccupantLeftData, 'The person, an occupant, left the home; the others’ tenancies go on.', ['reason']),
  UnitChanged: fact(
    said.UnitChangedData,
    'The person moved to another unit within the same tenancy.',
    ['unitId', 'reason'],
    located,
  ),
  RecertificationCompleted: fact(said.RecertificationCompletedData, 'The right to the subsidy was certified again.', [
    'kind',
    'nextDueOn',
  ]),
  SubsidyChanged: fact(said.SubsidyChangedData, 'The rent is subsidised in another way from now on.', ['subsidyType']),
  SubsidyEnded: fact(said.SubsidyEndedData, 'The subsidy ended; the tenancy may go on.', ['reason']),
  NoticeGiven: fact(said.NoticeGivenData, 'Notice was given: a risk, not an end.', ['by', 'kind', 'effectiveOn']),
  NoticeWithdrawn: fact(said.NoticeWithdrawnData, 'A notice was taken back; may be said before the notice.', ['by', 'kind']),
  TenancyEnded: fact(said.TenancyEndedData, 'The person no longer lives there.', ['reason', 'destination', 'knownHow'], {
    fieldLabels: { destination: institutional },
  }),
  HousingStatusConfirmed: fact(
    said.HousingStatusConfirmedData,
    'Someone made sure whether the person still lives there. Retention stands on this, not on the absence of an exit.',
    ['status', 'knownHow'],
  ),
  HouseholdMemberJoined: fact(said.HouseholdMemberJoinedData, 'The person belongs to a household.', [], HOUSEHOLD),
  HouseholdMemberLeft: fact(
    said.HouseholdMemberLeftData,
    'The person no longer belongs to the household.',
    ['reason'],
    HOUSEHOLD,
  ),
  HeadOfHouseholdChanged: fact(
    said.HeadOfHouseholdChangedData,
    'Another member is the head of the household; this is what the person is to them.',
    [],
    HOUSEHOLD,
  ),
});
export type HousingEvent = EventOf<typeof HousingEvents>;
