import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsDefined, IsIn, IsOptional, IsUUID, Matches, ValidateNested } from 'class-validator';
import {
  ADDRESS_KINDS, BIRTH_DATE_QUALITIES, CodedText, CONTACT_END_REASONS, CONTACT_KINDS, DEATH_REPORTERS, factCommands, IDENTIFIER_END_REASONS,
  IDENTIFIER_QUALITIES, IDENTITY_LEVELS, IsCocCode, IsCode, IsInstant, IsLocalTime, IsPlainText, IsSystem, OVERLAY_RESOLUTIONS, PERSON_FIELDS,
  PersonName, RawCode, Report, RESPONSIBLE_ROLES, RESTRICTION_SCOPES, SexCode, type BirthDateQuality, type ContactKind, type IdentifierQuality,
  type IdentityLevel, type PersonField, type ResponsibleRole,
} from '#contracts'; // prettier-ignore
import { LABELS, type Label } from '#kernel';

/** What a source says of who a person is. A field that is absent says nothing; one that is named in `cleared` says: empty. */
export class ReportPersonDetails extends Report {
  @IsOptional() @IsIn(IDENTITY_LEVELS) identityLevel: IdentityLevel = 'named';
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => PersonName) names?: PersonName[];
  @IsOptional() @IsLocalTime() birthDate?: string;
  @IsOptional() @IsIn(BIRTH_DATE_QUALITIES) birthDateQuality?: BirthDateQuality;
  @IsOptional() @ValidateNested() @Type(() => SexCode) sex?: SexCode;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => CodedText) gender?: CodedText[];
  @IsOptional() @IsPlainText(80) pronouns?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => CodedText) race?: CodedText[];
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => CodedText) ethnicity?: CodedText[];
  @IsOptional() @IsArray() @IsIn(PERSON_FIELDS, { each: true }) cleared?: PersonField[];
  /** When it was received, where the source does not tell when it said so: decides who counts as 90 and more. */
  @IsOptional() @IsInstant() receivedAt?: string;
}

export class RecordIdentifier extends Report {
  @IsSystem() authority!: string;
  @IsCode() idType!: string;
  @IsPlainText(200) value!: string;
  @IsOptional() @IsPlainText(120) tag?: string;
  /** What the source, or whoever compared it with others, says of it; judged by its looks where absent. */
  @IsOptional() @IsIn(IDENTIFIER_QUALITIES) quality?: IdentifierQuality;
}
export class RetireIdentifier extends Report {
  @IsSystem() authority!: string;
  @IsCode() idType!: string;
  @IsPlainText(200) value!: string;
  @IsOptional() @IsPlainText(120) tag?: string;
  @IsIn(IDENTIFIER_END_REASONS) reason!: (typeof IDENTIFIER_END_REASONS)[number];
}

export class RecordContactPoint extends Report {
  @IsIn(CONTACT_KINDS) kind!: ContactKind;
  @IsPlainText(400) value!: string;
  @IsOptional() @IsBoolean() okToLeaveMessage?: boolean;
  @IsOptional() @IsBoolean() okToText?: boolean;
  @IsOptional() @IsPlainText(400) safeTimes?: string;
}
export class EndContactPoint extends Report {
  @IsIn(CONTACT_KINDS) kind!: ContactKind;
  @IsPlainText(400) value!: string;
  @IsIn(CONTACT_END_REASONS) reason!: (typeof CONTACT_END_REASONS)[number];
}
export class ReportAddress extends Report {
  @IsIn(ADDRESS_KINDS) kind!: (typeof ADDRESS_KINDS)[number];
  @IsOptional() @IsPlainText(1000) lines?: string;
  @IsOptional() @Matches(/^\d{5}(-\d{4})?$/, { message: 'zip must look like 48201 or 48201-1234' }) zip?: string;
  @IsOptional() @IsCocCode() cocCode?: string;
}
export class RecordPreferredLanguage extends Report {
  @IsDefined() @ValidateNested() @Type(() => RawCode) language!: RawCode;
  @IsOptional() @IsBoolean() interpreterNeeded?: boolean;
}

export class RecordResponsibleParty extends Report {
  @IsIn(RESPONSIBLE_ROLES) role!: ResponsibleRole;
  @IsPlainText(400) name!: string;
  @IsOptional() @IsPlainText(1000) contact?: string;
  @IsOptional() @IsLocalTime() from?: string;
  @IsOptional() @IsLocalTime() until?: string;
}
export class EndResponsibleParty extends Report {
  @IsIn(RESPONSIBLE_ROLES) role!: ResponsibleRole;
  @IsPlainText(400) name!: string;
  @IsOptional() @IsLocalTime() until?: string;
}

export class ResolveIdentityOverlay extends Report {
  @IsUUID() suspectedEventId!: string;
  @IsIn(OVERLAY_RESOLUTIONS) resolution!: (typeof OVERLAY_RESOLUTIONS)[number];
}

/** The date of death, where it is told, is `occurred`. */
export class ReportDeath extends Report {
  @IsIn(DEATH_REPORTERS) reporter!: (typeof DEATH_REPORTERS)[number];
  @IsOptional() @IsPlainText(4000) detail?: string;
}
export class WithdrawDeathReport extends Report {
  @IsIn(DEATH_REPORTERS) reporter!: (typeof DEATH_REPORTERS)[number];
  @IsOptional() @IsPlainText(4000) detail?: string;
}
export class ReportRecordDeleted extends Report {}

class Restriction extends Report {
  @IsIn(RESTRICTION_SCOPES) scope!: (typeof RESTRICTION_SCOPES)[number];
  @IsOptional() @IsArray() @IsIn(LABELS, { each: true }) categories?: Label[];
  @IsOptional() @IsArray() @IsUUID('all', { each: true }) organizationIds?: string[];
  @IsOptional() @IsPlainText(4000) reason?: string;
}
export class RequestAccessRestriction extends Restriction {
  @IsIn(RESTRICTION_SCOPES) declare scope: (typeof RESTRICTION_SCOPES)[number];
}
export class LiftAccessRestriction extends Restriction {
  @IsIn(RESTRICTION_SCOPES) declare scope: (typeof RESTRICTION_SCOPES)[number];
}
export class ErasePerson extends Report {}

export const PersonFacts = factCommands('Person');
