import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import {
  FACILITY_FIELDS, FACILITY_TYPES, factCommands, IsCocCode, IsKnownZone, IsLocalTime, IsPlainText, LocalCode, ORGANIZATION_FIELDS, PROGRAM_FIELDS,
  PROGRAM_KINDS, RawCode, Report, type FacilityType, type ProgramKind,
} from '#contracts'; // prettier-ignore

/** What a source says of an organisation, programme or facility: a field that is absent says nothing, one named in `cleared` says: empty. */
class ReportRegistered extends Report {
  @IsPlainText(200) name!: string;
  @IsOptional() @IsPlainText(80) shortName?: string;
  /** All codes by which sources know it; given again, they replace those given before. */
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => LocalCode) localCodes?: LocalCode[];
  @IsOptional() @IsKnownZone() zone?: string;
  @IsOptional() @IsBoolean() part2?: boolean;
  @IsOptional() @IsBoolean() hmis?: boolean;
  @IsOptional() @IsBoolean() victimServices?: boolean;
  /** The local date from which this holds. */
  @IsOptional() @IsLocalTime() effectiveFrom?: string;
}
const TEN_DIGITS = { message: 'npi must have ten digits' };

export class ReportOrganization extends ReportRegistered {
  @IsOptional() @Matches(/^\d{10}$/, TEN_DIGITS) npi?: string;
  @IsOptional() @IsArray() @IsIn(ORGANIZATION_FIELDS, { each: true }) cleared?: (typeof ORGANIZATION_FIELDS)[number][];
}
export class ReportProgram extends ReportRegistered {
  // Whose it is would else be read as who says so.
  @IsOptional() @IsUUID() ofOrganizationId?: string;
  @IsOptional() @IsIn(PROGRAM_KINDS) kind?: ProgramKind;
  @IsOptional() @IsInt() @Min(0) @Max(999) projectType?: number;
  @IsOptional() @IsArray() @IsCocCode({ each: true }) cocCodes?: string[];
  @IsOptional() @IsLocalTime() operatingFrom?: string;
  @IsOptional() @IsLocalTime() operatingUntil?: string;
  @IsOptional() @IsArray() @IsIn(PROGRAM_FIELDS, { each: true }) cleared?: (typeof PROGRAM_FIELDS)[number][];
}
export class ReportFacility extends ReportRegistered {
  @IsOptional() @IsUUID() ofOrganizationId?: string;
  @IsOptional() @IsIn(FACILITY_TYPES) facilityType?: FacilityType;
  @IsOptional() @ValidateNested() @Type(() => RawCode) facilityTypeCode?: RawCode;
  @IsOptional() @Matches(/^\d{10}$/, TEN_DIGITS) npi?: string;
  @IsOptional() @Matches(/^[0-9A-Z]{6,10}$/, { message: 'ccn must have 6 to 10 digits or capitals' }) ccn?: string;
  @IsOptional() @IsCocCode() cocCode?: string;
  @IsOptional() @IsArray() @IsIn(FACILITY_FIELDS, { each: true }) cleared?: (typeof FACILITY_FIELDS)[number][];
}

export const OrganizationFacts = factCommands('Organization');
export const ProgramFacts = factCommands('Program');
export const FacilityFacts = factCommands('Facility');
