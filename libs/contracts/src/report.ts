import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Asserted, Occurred, Precision } from '#kernel';
import type { Dispatch } from './dispatch.js';
import { CREDENTIALS, IsCode, SOURCE_SYSTEM } from './codes.js';
import { IsInstant, IsKnownZone, IsLocalTime, IsPlainText } from './validators.js';

/** An identifier as some authority gave it: a hospital's MRN, an HMIS PersonalID, a visit number. */
export class ExternalIdentifier {
  /** Who gave it: the assigning authority, e.g. `st-marys` or `hmis:DEMO999`. */
  @IsPlainText(200) authority!: string;
  /** What kind it is, in the authority's own code: `MR`, `VN`, `PersonalID`, `EnrollmentID`. */
  @IsPlainText(80) type!: string;
  @IsPlainText(200) value!: string;
}

/** Which person of the asserting agency a command is about: by the platform's id, or by an identifier of the agency. */
export class PersonRef {
  @IsOptional() @IsUUID() personId?: string;
  @IsOptional() @ValidateNested() @Type(() => ExternalIdentifier) identifier?: ExternalIdentifier;
}

/** Which visit, contact, tenancy … a command is about: by the platform's id, or by the source's own record. Neither: a new one. */
export class SubjectRef {
  @IsOptional() @IsUUID() id?: string;
  @IsOptional() @ValidateNested() @Type(() => ExternalIdentifier) record?: ExternalIdentifier;
}

/** When it happened, as its source says it (see the kernel's `Occurred`). The door fills in precision, and zone and basis where absent. */
export class OccurredInput implements Partial<Occurred> {
  @IsLocalTime() start!: string;
  @IsOptional() @IsLocalTime() end?: string;
  precision!: Precision;
  @IsOptional() @IsKnownZone() zone!: string;
  @IsOptional() @Matches(/^[+-]\d\d:\d\d$/, { message: 'offset must look like +02:00' }) offset?: string;
  @IsOptional() @IsCode() basis!: string;
  @IsOptional() @IsBoolean() estimated?: boolean;
  @IsOptional() @IsBoolean() implausible?: boolean;
  @IsOptional() @Matches(/^\d[-\d:T]{3,18}$/, { message: 'asSent must be a date or time of digits' }) asSent?: string;
}

export class AssertedInput implements Asserted {
  @IsIn(['consumer', 'staff', 'collateral', 'source-record', 'rule']) by!: Asserted['by'];
  @IsIn(['observed', 'self-report', 'documented', 'inferred']) how!: Asserted['how'];
  @IsOptional() @IsNumber() @Min(0) @Max(1) confidence?: number;
}

export class SourceInput {
  /** The sending system: `hospital:st-marys`, `hmis:DEMO999`, `throughline` for what is typed here. */
  @Matches(SOURCE_SYSTEM, { message: 'system must be the short name of a sending system, such as hospital:st-marys' })
  system!: string;
  @IsOptional() @IsPlainText(200) message?: string;
  @IsOptional() @IsPlainText(200) record?: string;
  @IsOptional() @IsInt() @Min(0) sequence?: number;
}

export class PerformerInput {
  @IsOptional() @IsUUID() staffId?: string;
  @IsOptional() @IsPlainText(400) raw?: string;
  /** What they were there for, as a word: `attending`, `peer-specialist`. Names go into `raw`, which is sealed. */
  @IsOptional() @IsCode() role?: string;
  @IsOptional()
  @Matches(CREDENTIALS, { message: 'credentials must be letters such as CPSS, or several with commas between them' })
  credentials?: string;
}

export class PlaceInput {
  /** A word for what place it is: `hospital`, `home`. What it is called goes into `raw`, which is sealed. */
  @IsCode() kind!: string;
  @IsOptional() @IsUUID() organizationRef?: string;
  @IsOptional() @IsPlainText(400) raw?: string;
}

/** What every command carries besides the time: whom and what it is about, and who says so. */
abstract class Submission {
  @IsOptional() @ValidateNested() @Type(() => PersonRef) person?: PersonRef;
  @IsOptional() @ValidateNested() @Type(() => SubjectRef) subject?: SubjectRef;
  /** The instant at which the source said so; null where it does not tell. The door fills in the moment of entry for what is typed here. */
  @IsOptional() @IsInstant() assertedAt: string | null = null;
  @IsOptional() @ValidateNested() @Type(() => AssertedInput) asserted: AssertedInput = { by: 'source-record', how: 'documented' };
  @IsOptional() @ValidateNested() @Type(() => SourceInput) source: SourceInput = { system: 'throughline' };
  @IsOptional() @IsUUID() organizationId?: string;
  @IsOptional() @IsUUID() programId?: string;
  @IsOptional() @IsUUID() siteId?: string;
  @IsOptional() @ValidateNested() @Type(() => PlaceInput) place?: PlaceInput;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => PerformerInput) performers?: PerformerInput[];
  /** Set by the door, never by a body. */
  via?: Dispatch;
}

/** A command that may tell when something happened. The class is the HTTP body, its validation, and the bus key. */
export class Report extends Submission {
  @IsOptional() @ValidateNested() @Type(() => OccurredInput) occurred?: OccurredInput;
}

/** A report of something that happened at some time: the time is asked for. No `Report` by inheritance: class-validator would take over that it is optional. */
export class DatedReport extends Submission {
  @IsDefined() @ValidateNested() @Type(() => OccurredInput) occurred!: OccurredInput;
}
