import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { IsCocCode } from './codes.js';
import * as hud from './hud.js';
import { IsLocalTime, IsPlainText } from './validators.js';

export const DATE_PRECISIONS = ['year', 'month', 'day'] as const;
export const APPLICATION_DECISIONS = ['approved', 'denied', 'waitlisted', 'withdrawn'] as const;
export const DECLINING_PARTIES = ['consumer', 'provider', 'landlord'] as const;
export const HOUSING_REASONS = [
  'location', 'size', 'accessibility', 'cost', 'safety', 'other-housing-found', 'not-eligible', 'background-check', 'unit-taken',
  'unit-failed-inspection', 'no-contact-since', 'paperwork-incomplete', 'absence', 'changed-mind', 'household-changed', 'funding-ended',
  'income-changed', 'other', 'unknown',
] as const; // prettier-ignore
export const INSPECTION_RESULTS = ['passed', 'failed', 'inconclusive', 'no-access'] as const;
export const RECERTIFICATION_KINDS = ['annual', 'interim'] as const;
export const NOTICE_PARTIES = ['tenant', 'landlord', 'provider', 'court'] as const;
export const NOTICE_KINDS = ['to-vacate', 'non-payment', 'lease-violation', 'non-renewal', 'eviction-filed', 'other'] as const;
export const TENANCY_END_REASONS = [
  'moved-out', 'lease-ended', 'evicted', 'abandoned', 'transferred', 'unit-lost', 'subsidy-ended', 'institution', 'died', 'other', 'unknown',
] as const; // prettier-ignore
export const KNOWN_HOW = ['visit', 'call', 'landlord', 'consumer', 'provider', 'document', 'collateral', 'unknown'] as const;
export const HOUSING_STATUSES = ['still-there', 'not-there', 'unknown'] as const;
export const LEAVING_REASONS = ['moved-out', 'institution', 'died', 'other', 'unknown'] as const;

type Of<L extends readonly string[]> = L[number];

/** What every housing fact carries: a household is no stream of its own, and a count must be able to say its unit. */
export class OfHousehold {
  @IsOptional() @IsUUID() householdId?: string;
  @IsOptional() @hud.IsHudCode(hud.RELATIONSHIPS_TO_HOH) relationshipToHoH?: hud.RelationshipToHoH;
  @IsOptional() @IsCocCode() cocCode?: string;
}
// Enrolment
export class ProjectEnteredData extends OfHousehold {
  @IsUUID() projectId!: string;
  @hud.IsHudCode(hud.PROJECT_TYPES) projectType!: hud.ProjectType;
  @IsOptional() @hud.IsHudCode(hud.LIVING_SITUATIONS) priorLivingSituation?: hud.LivingSituation;
  @IsOptional() @hud.IsHudCode(hud.LENGTHS_OF_STAY) lengthOfStay?: hud.LengthOfStay;
  @IsOptional() @IsLocalTime() dateToStreet?: string;
  /** How far `dateToStreet` can be believed: a first of the month is kept as sent, and mostly means the month. */
  @IsOptional() @IsIn(DATE_PRECISIONS) dateToStreetPrecision?: Of<typeof DATE_PRECISIONS>;
  @IsOptional() @hud.IsHudCode(hud.TIMES_HOMELESS) timesHomeless?: hud.TimesHomeless;
  @IsOptional() @hud.IsHudCode(hud.MONTHS_HOMELESS) monthsHomeless?: hud.MonthsHomeless;
}
export class ProjectExitedData extends OfHousehold {
  @IsOptional() @hud.IsHudCode(hud.DESTINATIONS) destination?: hud.Destination;
  @IsOptional() @hud.IsHudCode(hud.RENTAL_SUBSIDY_TYPES) destinationSubsidyType?: hud.RentalSubsidyType;
}
export class EngagementReachedData extends OfHousehold {}
export class ShelterNightStayedData extends OfHousehold {
  /** The evening's date. */
  @IsLocalTime() nightOf!: string;
}
export class LivingSituationReportedData extends OfHousehold {
  @hud.IsHudCode(hud.LIVING_SITUATIONS) code!: hud.LivingSituation;
  @IsLocalTime() asOf!: string;
  /** True where it is the situation that a programme asks for at entry: the one before it. */
  @IsOptional() @IsBoolean() beforeEntry?: boolean;
  @IsOptional() @hud.IsHudCode(hud.LENGTHS_OF_STAY) lengthOfStay?: hud.LengthOfStay;
  @IsOptional() @hud.IsHudCode(hud.RENTAL_SUBSIDY_TYPES) subsidyType?: hud.RentalSubsidyType;
  @IsOptional() @IsPlainText(200) verifiedBy?: string;
  @IsOptional() @IsPlainText(2_000) details?: string;
}
export class CoordinatedEntryAssessedData extends OfHousehold {
  @hud.IsHudCode(hud.ASSESSMENT_TYPES) assessmentType!: hud.AssessmentType;
  @hud.IsHudCode(hud.ASSESSMENT_LEVELS) level!: hud.AssessmentLevel;
  @IsOptional() @hud.IsHudCode(hud.PRIORITIZATION_STATUSES) prioritization?: hud.PrioritizationStatus;
  @IsOptional() @IsPlainText(20_000) answers?: string;
}

// Referral
export class HousingReferredData extends OfHousehold {
  @hud.IsHudCode(hud.COORDINATED_ENTRY_EVENTS) referralEvent!: hud.CoordinatedEntryEvent;
  @IsOptional() @IsUUID() toProjectId?: string;
}
export class ReferralResultedData extends OfHousehold {
  @hud.IsHudCode(hud.REFERRAL_RESULTS) result!: hud.ReferralResult;
}
export class ApplicationSubmittedData extends OfHousehold {
  @IsOptional() @IsUUID() toOrganizationId?: string;
  @IsOptional() @IsPlainText(2_000) words?: string;
}
export class ApplicationDecidedData extends OfHousehold {
  @IsIn(APPLICATION_DECISIONS) decision!: Of<typeof APPLICATION_DECISIONS>;
  @IsOptional() @IsIn(HOUSING_REASONS) reason?: Of<typeof HOUSING_REASONS>;
  @IsOptional() @IsPlainText(2_000) words?: string;
}
export class UnitMatchedData extends OfHousehold {
  @IsOptional() @IsUUID() unitId?: string;
  @IsOptional() @IsInt() @Min(0) @Max(20) bedrooms?: number;
  @IsOptional() @IsPlainText(400) address?: string;
}
export class MatchWithdrawnData extends OfHousehold {
  @IsOptional() @IsIn(HOUSING_REASONS) reason?: Of<typeof HOUSING_REASONS>;
  @IsOptional() @IsPlainText(2_000) words?: string;
}
export class UnitOfferedData extends OfHousehold {
  @IsOptional() @IsUUID() unitId?: string;
  @IsOptional() @IsInt() @Min(0) @Max(20) bedrooms?: number;
  @IsOptional() @IsLocalTime() answerBy?: string;
  @IsOptional() @IsPlainText(400) address?: string;
}
export class OfferAcceptedData extends OfHousehold {
  @IsOptional() @IsPlainText(2_000) words?: string;
}
export class OfferDeclinedData extends OfHousehold {
  @IsIn(DECLINING_PARTIES) by!: Of<typeof DECLINING_PARTIES>;
  @IsIn(HOUSING_REASONS) reason!: Of<typeof HOUSING_REASONS>;
  @IsOptional() @IsPlainText(2_000) words?: string;
}

// Voucher (the holder is the stream's person)
class VoucherStep extends OfHousehold {
  /** The voucher's own number. */
  @IsOptional() @IsPlainText(80) ref?: string;
  @IsOptional() @hud.IsHudCode(hud.RENTAL_SUBSIDY_TYPES) subsidyType?: hud.RentalSubsidyType;
  @IsOptional() @IsUUID() housingAuthorityId?: string;
  @IsOptional() @IsInt() @Min(0) @Max(20) bedrooms?: number;
}
class RunningVoucher extends VoucherStep {
  @IsOptional() @IsLocalTime() expiresOn?: string;
}
export class VoucherIssuedData extends RunningVoucher {}
export class VoucherExtendedData extends VoucherStep {
  @IsLocalTime() expiresOn!: string;
}
export class VoucherPortedOutData extends RunningVoucher {
  @IsOptional() @IsUUID() toHousingAuthorityId?: string;
}
export class VoucherPortedInData extends RunningVoucher {
  @IsOptional() @IsUUID() fromHousingAuthorityId?: string;
}
export class VoucherSuspendedData extends RunningVoucher {
  @IsOptional() @IsIn(HOUSING_REASONS) reason?: Of<typeof HOUSING_REASONS>;
}
export class VoucherExpiredData extends RunningVoucher {}
export class VoucherWithdrawnData extends RunningVoucher {
  @IsOptional() @IsIn(HOUSING_REASONS) reason?: Of<typeof HOUSING_REASONS>;
}

// Tenancy
export class InspectionHeldData extends OfHousehold {
  @IsIn(INSPECTION_RESULTS) result!: Of<typeof INSPECTION_RESULTS>;
}
export class LeaseSignedData extends OfHousehold {
  @IsOptional() @IsLocalTime() startsOn?: string;
  @IsOptional() @IsLocalTime() endsOn?: string;
  /** Absent where the source does not tell: no is an answer. */
  @IsOptional() @IsBoolean() isHolder?: boolean;
  @IsOptional() @IsPlainText(400) address?: string;
  /** As said, with its currency and period. */
  @IsOptional() @IsPlainText(80) rent?: string;
}
/** What is said of a move-in, of whatever programme: `MovedIn` or `MoveInReported` follows from its type. */
export class MoveInData extends OfHousehold {
  @IsOptional() @IsUUID() enrolmentId?: string;
  @IsOptional() @hud.IsHudCode(hud.PROJECT_TYPES) projectType?: hud.ProjectType;
  @IsOptional() @hud.IsHudCode(hud.RENTAL_SUBSIDY_TYPES) subsidyType?: hud.RentalSubsidyType;
  @IsOptional() @IsBoolean() physicallyMoved?: boolean;
  @IsOptional() @IsPlainText(400) address?: string;
}
export class MovedInData extends MoveInData {}
export class MoveInReportedData extends MoveInData {}
export class OccupantJoinedData extends OfHousehold {}
export class OccupantLeftData extends OfHousehold {
  @IsOptional() @IsIn(LEAVING_REASONS) reason?: Of<typeof LEAVING_REASONS>;
}
export class UnitChangedData extends OfHousehold {
  @IsOptional() @IsUUID() unitId?: string;
  @IsOptional() @IsIn(HOUSING_REASONS) reason?: Of<typeof HOUSING_REASONS>;
  @IsOptional() @IsPlainText(400) address?: string;
}
export class RecertificationCompletedData extends OfHousehold {
  @IsIn(RECERTIFICATION_KINDS) kind!: Of<typeof RECERTIFICATION_KINDS>;
  @IsOptional() @IsLocalTime() nextDueOn?: string;
}
export class SubsidyChangedData extends OfHousehold {
  @hud.IsHudCode(hud.RENTAL_SUBSIDY_TYPES) subsidyType!: hud.RentalSubsidyType;
}
export class SubsidyEndedData extends OfHousehold {
  @IsOptional() @IsIn(HOUSING_REASONS) reason?: Of<typeof HOUSING_REASONS>;
}
export class NoticeGivenData extends OfHousehold {
  @IsIn(NOTICE_PARTIES) by!: Of<typeof NOTICE_PARTIES>;
  @IsIn(NOTICE_KINDS) kind!: Of<typeof NOTICE_KINDS>;
  @IsOptional() @IsLocalTime() effectiveOn?: string;
}
export class NoticeWithdrawnData extends OfHousehold {
  @IsIn(NOTICE_PARTIES) by!: Of<typeof NOTICE_PARTIES>;
  @IsIn(NOTICE_KINDS) kind!: Of<typeof NOTICE_KINDS>;
}
export class TenancyEndedData extends OfHousehold {
  @IsIn(TENANCY_END_REASONS) reason!: Of<typeof TENANCY_END_REASONS>;
  @IsOptional() @hud.IsHudCode(hud.DESTINATIONS) destination?: hud.Destination;
  @IsIn(KNOWN_HOW) knownHow!: Of<typeof KNOWN_HOW>;
}
export class HousingStatusConfirmedData extends OfHousehold {
  @IsIn(HOUSING_STATUSES) status!: Of<typeof HOUSING_STATUSES>;
  @IsIn(KNOWN_HOW) knownHow!: Of<typeof KNOWN_HOW>;
}

// Household membership (stream = one person in one household)
class InHousehold {
  @IsUUID() householdId!: string;
  @IsOptional() @IsCocCode() cocCode?: string;
}
class MemberOfHousehold extends InHousehold {
  @IsOptional() @hud.IsHudCode(hud.RELATIONSHIPS_TO_HOH) relationshipToHoH?: hud.RelationshipToHoH;
}
export class HouseholdMemberJoinedData extends MemberOfHousehold {}
export class HouseholdMemberLeftData extends MemberOfHousehold {
  @IsOptional() @IsIn(LEAVING_REASONS) reason?: Of<typeof LEAVING_REASONS>;
}
export class HeadOfHouseholdChangedData extends InHousehold {
  /** What this person is to the new head; 1 where they are the head themselves. No event names another member. */
  @hud.IsHudCode(hud.RELATIONSHIPS_TO_HOH) relationshipToHoH!: hud.RelationshipToHoH;
}
