import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import { defineEvents, event, type EventOf } from './catalogue.js';
import { IsCocCode, IsZone, RawCode } from './codes.js';
import { IsLocalTime, IsPlainText } from './validators.js';

export const FACILITY_TYPES = [
  'psychiatric-hospital', 'general-hospital', 'emergency-department', 'crisis-receiving', 'withdrawal-management', 'residential-treatment',
  'skilled-nursing', 'clinic', 'shelter', 'housing-site', 'recovery-centre', 'jail', 'other', 'unknown',
] as const; // prettier-ignore
export type FacilityType = (typeof FACILITY_TYPES)[number];

export const PROGRAM_KINDS = ['peer-support', 'housing', 'treatment', 'crisis', 'care-coordination', 'other'] as const;
export type ProgramKind = (typeof PROGRAM_KINDS)[number];

/** A source's own code for an organisation, programme or place, as it stands in that source's records. */
export class LocalCode {
  /** Who uses it: `hospital:st-marys`, `hmis:DEMO999`. */
  @IsPlainText(200) authority!: string;
  /** What it is there: `PV1-3.4`, `ProjectID`, `OrganizationID`, `Location`. */
  @IsPlainText(80) type!: string;
  @IsPlainText(200) value!: string;
}

/** What organisations, programmes and facilities have in common; all of it may change on a day. */
export class RegisteredPlace {
  @IsOptional() @IsPlainText(80) shortName?: string;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => LocalCode) localCodes?: LocalCode[];
  /** The zone in which its dates and times are meant. */
  @IsOptional() @IsZone() zone?: string;
  /** Holds itself out as treating substance use with federal assistance: 42 CFR Part 2. */
  @IsOptional() @IsBoolean() part2?: boolean;
  /** Takes part in HMIS: the HMIS privacy standards apply. */
  @IsOptional() @IsBoolean() hmis?: boolean;
  /** A victim service provider: its data are refused at the door, its places never shown. */
  @IsOptional() @IsBoolean() victimServices?: boolean;
  /** The local date from which this holds; absent: since ever. */
  @IsOptional() @IsLocalTime() effectiveFrom?: string;
}
export const PLACE_FIELDS = ['shortName', 'localCodes', 'zone', 'part2', 'hmis', 'victimServices'] as const;

export class OrganizationDetails extends RegisteredPlace {
  @IsOptional() @Matches(/^\d{10}$/, { message: 'npi must have ten digits' }) npi?: string;
}
export const ORGANIZATION_FIELDS = ['name', ...PLACE_FIELDS, 'npi'] as const;

export class OrganizationRegisteredData extends OrganizationDetails {
  @IsPlainText(200) name!: string;
}
export class OrganizationChangedData extends OrganizationDetails {
  @IsOptional() @IsPlainText(200) name?: string;
  @IsArray() @IsIn(ORGANIZATION_FIELDS, { each: true }) cleared!: (typeof ORGANIZATION_FIELDS)[number][];
}

export class ProgramDetails extends RegisteredPlace {
  @IsOptional() @IsUUID() organizationId?: string;
  @IsOptional() @IsIn(PROGRAM_KINDS) kind?: ProgramKind;
  /** HUD ProjectType, as sent. */
  @IsOptional() @IsInt() @Min(0) @Max(999) projectType?: number;
  @IsOptional() @IsArray() @IsCocCode({ each: true }) cocCodes?: string[];
  @IsOptional() @IsLocalTime() operatingFrom?: string;
  @IsOptional() @IsLocalTime() operatingUntil?: string;
}
export const PROGRAM_FIELDS = [
  'name', ...PLACE_FIELDS, 'organizationId', 'kind', 'projectType', 'cocCodes', 'operatingFrom', 'operatingUntil',
] as const; // prettier-ignore

export class ProgramRegisteredData extends ProgramDetails {
  @IsPlainText(200) name!: string;
}
export class ProgramChangedData extends ProgramDetails {
  @IsOptional() @IsPlainText(200) name?: string;
  @IsArray() @IsIn(PROGRAM_FIELDS, { each: true }) cleared!: (typeof PROGRAM_FIELDS)[number][];
}

export class FacilityDetails extends RegisteredPlace {
  @IsOptional() @IsUUID() organizationId?: string;
  @IsOptional() @IsIn(FACILITY_TYPES) facilityType?: FacilityType;
  /** The type as its source sent it. */
  @IsOptional() @ValidateNested() @Type(() => RawCode) facilityTypeCode?: RawCode;
  @IsOptional() @Matches(/^\d{10}$/, { message: 'npi must have ten digits' }) npi?: string;
  /** CMS certification number. */
  @IsOptional() @Matches(/^[0-9A-Z]{6,10}$/, { message: 'ccn must have 6 to 10 digits or capitals' }) ccn?: string;
  @IsOptional() @IsCocCode() cocCode?: string;
}
export const FACILITY_FIELDS = [
  'name', ...PLACE_FIELDS, 'organizationId', 'facilityType', 'facilityTypeCode', 'npi', 'ccn', 'cocCode',
] as const; // prettier-ignore

export class FacilityRegisteredData extends FacilityDetails {
  @IsPlainText(200) name!: string;
}
export class FacilityChangedData extends FacilityDetails {
  @IsOptional() @IsPlainText(200) name?: string;
  @IsArray() @IsIn(FACILITY_FIELDS, { each: true }) cleared!: (typeof FACILITY_FIELDS)[number][];
}

const labels = ['organization'] as const;

/** Who provides care, with what programmes, and where. No person stands in these streams: names are open. */
export const OrganizationsEvents = defineEvents(
  'organizations',
  {
    OrganizationRegistered: event(OrganizationRegisteredData, {
      means: 'An organisation is known, under the codes that its sources use for it.',
      labels,
      open: [...ORGANIZATION_FIELDS, 'effectiveFrom'],
    }),
    OrganizationChanged: event(OrganizationChangedData, {
      means: 'From a day on, these particulars of an organisation are different.',
      labels,
      open: [...ORGANIZATION_FIELDS, 'effectiveFrom', 'cleared'],
    }),
    ProgramRegistered: event(ProgramRegisteredData, {
      means: 'A programme of an organisation is known, with what regulates it.',
      labels,
      open: [...PROGRAM_FIELDS, 'effectiveFrom'],
    }),
    ProgramChanged: event(ProgramChangedData, {
      means: 'From a day on, these particulars of a programme are different.',
      labels,
      open: [...PROGRAM_FIELDS, 'effectiveFrom', 'cleared'],
    }),
    FacilityRegistered: event(FacilityRegisteredData, {
      means: 'A facility is known: a hospital, clinic, shelter or other place where care happens.',
      labels,
      open: [...FACILITY_FIELDS, 'effectiveFrom'],
    }),
    FacilityChanged: event(FacilityChangedData, {
      means: 'From a day on, these particulars of a facility are different.',
      labels,
      open: [...FACILITY_FIELDS, 'effectiveFrom', 'cleared'],
    }),
  },
  { personless: true },
);
export type OrganizationsEvent = EventOf<typeof OrganizationsEvents>;
