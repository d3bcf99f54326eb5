import { IsIn } from 'class-validator';

/** HUD's code lists (HMIS CSV FY2024 and FY2026): codes are stored as HUD's integers; these are their names. */
export type HudList = Readonly<Record<number, string>>;

const MISSING = { 8: 'Client does not know', 9: 'Client prefers not to answer', 99: 'Data not collected' } as const;

export const PROJECT_TYPES = {
  0: 'Emergency Shelter – Entry Exit',
  1: 'Emergency Shelter – Night-by-Night',
  2: 'Transitional Housing',
  3: 'PH – Permanent Supportive Housing',
  4: 'Street Outreach',
  6: 'Services Only',
  7: 'Other',
  8: 'Safe Haven',
  9: 'PH – Housing Only',
  10: 'PH – Housing with Services',
  11: 'Day Shelter',
  12: 'Homelessness Prevention',
  13: 'PH – Rapid Re-Housing',
  14: 'Coordinated Entry',
} as const;
/** Only here does HUD's MoveInDate say that someone moved into housing. */
export const PERMANENT_HOUSING_TYPES: readonly ProjectType[] = [3, 9, 10, 13];
/** Shelter whose nights are reported one by one; of entry/exit shelters they are derived. */
export const NIGHT_BY_NIGHT_SHELTER = 1 satisfies ProjectType;

export const DESTINATIONS = {
  101: 'Emergency shelter, or hotel paid for with a shelter voucher',
  116: 'Place not meant for habitation',
  118: 'Safe Haven',
  204: 'Psychiatric hospital or other psychiatric facility',
  205: 'Substance use treatment facility or detox center',
  206: 'Hospital or other residential non-psychiatric medical facility',
  207: 'Jail, prison, or juvenile detention facility',
  215: 'Foster care home or group home',
  225: 'Long-term care facility or nursing home',
  302: 'Transitional housing for homeless persons',
  312: 'With family, temporary tenure',
  313: 'With friends, temporary tenure',
  314: 'Hotel or motel paid for without a shelter voucher',
  327: 'From one HOPWA project to HOPWA TH',
  329: 'Residential project or halfway house with no homeless criteria',
  332: 'Host home (non-crisis)',
  410: 'Rental, no ongoing housing subsidy',
  411: 'Owned, no ongoing housing subsidy',
  421: 'Owned, with ongoing housing subsidy',
  422: 'With family, permanent tenure',
  423: 'With friends, permanent tenure',
  426: 'From one HOPWA project to HOPWA PH',
  435: 'Rental, with ongoing housing subsidy',
  17: 'Other',
  24: 'Deceased',
  30: 'No exit interview completed',
  37: 'Worker unable to determine',
  ...MISSING,
} as const;
/** Prior and current living situations: the destinations, and two that can be none. */
export const LIVING_SITUATIONS = {
  ...DESTINATIONS,
  335: 'In a family member’s room, apartment, or house',
  336: 'In a friend’s room, apartment, or house',
} as const;

export const RENTAL_SUBSIDY_TYPES = {
  419: 'VASH housing subsidy',
  420: 'Other ongoing housing subsidy',
  428: 'GPD TIP housing subsidy',
  431: 'RRH or equivalent subsidy',
  433: 'HCV voucher (tenant or project based, not dedicated)',
  434: 'Public housing unit',
  436: 'Housing Stability Voucher',
  437: 'Family Unification Program Voucher (FUP)',
  438: 'Foster Youth to Independence Initiative (FYI)',
  439: 'Permanent Supportive Housing',
  440: 'Other permanent housing dedicated for formerly homeless persons',
} as const;
export const LENGTHS_OF_STAY = {
  10: 'One night or less',
  11: 'Two to six nights',
  2: 'One week or more, but less than one month',
  3: 'One month or more, but less than 90 days',
  4: '90 days or more, but less than one year',
  5: 'One year or longer',
  ...MISSING,
} as const;
export const TIMES_HOMELESS = { 1: 'One time', 2: 'Two times', 3: 'Three times', 4: 'Four or more times', ...MISSING } as const;
export const MONTHS_HOMELESS = {
  101: '1 month', 102: '2 months', 103: '3 months', 104: '4 months', 105: '5 months', 106: '6 months', 107: '7 months',
  108: '8 months', 109: '9 months', 110: '10 months', 111: '11 months', 112: '12 months', 113: 'More than 12 months', ...MISSING,
} as const; // prettier-ignore
export const RELATIONSHIPS_TO_HOH = {
  1: 'Self (head of household)',
  2: 'Child of the head of household',
  3: 'Spouse or partner of the head of household',
  4: 'Other relation of the head of household',
  5: 'Other: non-relation member',
  99: 'Data not collected',
} as const;
/** HMIS element 4.20: what coordinated entry did. 10 to 15, 17 and 18 name an opening of a bed, a unit or a voucher. */
export const COORDINATED_ENTRY_EVENTS = {
  1: 'Referral to prevention assistance project',
  2: 'Problem solving, diversion, rapid resolution',
  3: 'Referral to scheduled crisis needs assessment',
  4: 'Referral to scheduled housing needs assessment',
  5: 'Referral to post-placement or follow-up services',
  6: 'Referral to street outreach',
  7: 'Referral to housing navigation',
  8: 'Referral to non-continuum services: ineligible',
  9: 'Referral to non-continuum services: no availability',
  10: 'Referral to emergency shelter bed opening',
  11: 'Referral to transitional housing opening',
  12: 'Referral to joint TH-RRH opening',
  13: 'Referral to RRH opening',
  14: 'Referral to PSH opening',
  15: 'Referral to other PH opening',
  16: 'Referral to emergency assistance, flex fund or furniture',
  17: 'Referral to Emergency Housing Voucher',
  18: 'Referral to Housing Stability Voucher',
} as const;
export const REFERRAL_RESULTS = {
  1: 'Successful: client accepted',
  2: 'Unsuccessful: client rejected',
  3: 'Unsuccessful: provider rejected',
} as const;
export const ASSESSMENT_TYPES = { 1: 'Phone', 2: 'Virtual', 3: 'In person' } as const;
export const ASSESSMENT_LEVELS = { 1: 'Crisis needs', 2: 'Housing needs' } as const;
export const PRIORITIZATION_STATUSES = { 1: 'Placed on prioritization list', 2: 'Not placed on prioritization list' } as const;

export type ProjectType = keyof typeof PROJECT_TYPES;
export type Destination = keyof typeof DESTINATIONS;
export type LivingSituation = keyof typeof LIVING_SITUATIONS;
export type RentalSubsidyType = keyof typeof RENTAL_SUBSIDY_TYPES;
export type LengthOfStay = keyof typeof LENGTHS_OF_STAY;
export type TimesHomeless = keyof typeof TIMES_HOMELESS;
export type MonthsHomeless = keyof typeof MONTHS_HOMELESS;
export type RelationshipToHoH = keyof typeof RELATIONSHIPS_TO_HOH;
export type CoordinatedEntryEvent = keyof typeof COORDINATED_ENTRY_EVENTS;
export type ReferralResult = keyof typeof REFERRAL_RESULTS;
export type AssessmentType = keyof typeof ASSESSMENT_TYPES;
export type AssessmentLevel = keyof typeof ASSESSMENT_LEVELS;
export type PrioritizationStatus = keyof typeof PRIORITIZATION_STATUSES;

/** The codes of a list, as HUD's integers. */
export const codesOf = (list: HudList): number[] => Object.keys(list).map(Number);

/** One of HUD's codes, as its integer. */
export const IsHudCode = (list: HudList) => IsIn(codesOf(list));
