import { Type } from 'class-transformer';
import {
  ArrayMinSize, IsArray, IsBoolean, IsDefined, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateNested,
} from 'class-validator'; // prettier-ignore
import { LABELS, PRECISIONS, type Label, type Precision } from '#kernel';
import { defineEvents, event, type EventOf } from './catalogue.js';
import { IsCocCode, IsCode, IsSystem, RawCode } from './codes.js';
import {
  ADDRESS_KINDS, CONTACT_END_REASONS, CONTACT_KINDS, DEATH_REPORTERS, IDENTIFIER_END_REASONS, IDENTIFIER_QUALITIES, IDENTITY_LEVELS, OVERLAY_FIELDS, OVERLAY_RESOLUTIONS, PERSON_FIELDS,
  RESPONSIBLE_ROLES, RESTRICTION_SCOPES, type ContactKind, type IdentifierQuality, type IdentityLevel, type OverlayField, type PersonField, type ResponsibleRole,
} from './people.codes.js'; // prettier-ignore
import { PersonParticulars, PersonValues, SexCode } from './person-particulars.js';
import { RecordsDeclaredDifferentData, RecordsLinkedData, RecordsUnlinkedData } from './record-pair.js';
import { IsLocalTime, IsPlainText } from './validators.js';

export class PersonRegisteredData extends PersonParticulars {
  @IsIn(IDENTITY_LEVELS) identityLevel!: IdentityLevel;
  /** Of people of 90 and more: the year of those who are 90, which stands for it and every earlier one. */
  @IsOptional() @IsInt() @Min(1800) @Max(2200) birthYear?: number;
  @IsOptional() @ValidateNested() @Type(() => SexCode) sex?: SexCode;
}
export class PersonDetailsChangedData {
  /** What differs from what this source had said. */
  @IsArray() @IsIn(PERSON_FIELDS, { each: true }) changedFields!: PersonField[];
  /** What the source now states to be empty; what it did not mention is not in here. */
  @IsArray() @IsIn(PERSON_FIELDS, { each: true }) cleared!: PersonField[];
  /** All that the source said this time, changed or not. */
  @IsDefined() @ValidateNested() @Type(() => PersonValues) values!: PersonValues;
}

/** Names an identifier: who gave it, what kind it is there; tag and value are sealed. */
export class IdentifierData {
  @IsSystem() authority!: string;
  @IsCode() idType!: string;
  @IsPlainText(200) value!: string;
  /** Its HMAC in the identifier table, so that the table can be made again from the log. */
  @IsOptional() @IsPlainText(120) tag?: string;
}
export class IdentifierRecordedData extends IdentifierData {
  @IsIn(IDENTIFIER_QUALITIES) quality!: IdentifierQuality;
  @IsBoolean() usableForMatching!: boolean;
}
export class IdentifierRetiredData extends IdentifierData {
  @IsIn(IDENTIFIER_END_REASONS) reason!: (typeof IDENTIFIER_END_REASONS)[number];
}

export class ContactPointRecordedData {
  @IsIn(CONTACT_KINDS) kind!: ContactKind;
  @IsOptional() @IsBoolean() okToLeaveMessage?: boolean;
  @IsOptional() @IsBoolean() okToText?: boolean;
  @IsPlainText(400) value!: string;
  @IsOptional() @IsPlainText(400) safeTimes?: string;
}
export class ContactPointEndedData {
  @IsIn(CONTACT_KINDS) kind!: ContactKind;
  @IsIn(CONTACT_END_REASONS) reason!: (typeof CONTACT_END_REASONS)[number];
  @IsPlainText(400) value!: string;
}

export class AddressReportedData {
  @IsIn(ADDRESS_KINDS) kind!: (typeof ADDRESS_KINDS)[number];
  @IsOptional() @Matches(/^\d{3}$/, { message: 'zip3 must have three digits' }) zip3?: string;
  @IsOptional() @IsCocCode() cocCode?: string;
  /** Street, city and whatever else was sent, a line each. */
  @IsOptional() @IsPlainText(1000) lines?: string;
  @IsOptional() @IsPlainText(20) zip5?: string;
}
export class PreferredLanguageRecordedData {
  @IsDefined() @ValidateNested() @Type(() => RawCode) language!: RawCode;
  @IsOptional() @IsBoolean() interpreterNeeded?: boolean;
}

export class ResponsiblePartyRecordedData {
  @IsIn(RESPONSIBLE_ROLES) role!: ResponsibleRole;
  @IsOptional() @IsLocalTime() from?: string;
  @IsOptional() @IsLocalTime() until?: string;
  @IsPlainText(400) name!: string;
  @IsOptional() @IsPlainText(1000) contact?: string;
}
export class ResponsiblePartyEndedData {
  @IsIn(RESPONSIBLE_ROLES) role!: ResponsibleRole;
  @IsOptional() @IsLocalTime() until?: string;
  @IsPlainText(400) name!: string;
}
/** A court's decision about a person tells of her legal status, and a payee of her benefits. */
const TOLD_BY_ROLE: Readonly<Partial<Record<ResponsibleRole, Label>>> = {
  guardian: 'legal-status',
  conservator: 'legal-status',
  'representative-payee': 'benefits-income',
};
const byRole = ({ role }: { readonly role: ResponsibleRole }): readonly Label[] => {
  const told = TOLD_BY_ROLE[role];
  return told ? ['identity', told] : ['identity'];
};

export class IdentityOverlaySuspectedData {
  @ArrayMinSize(2) @IsIn(OVERLAY_FIELDS, { each: true }) fields!: OverlayField[];
}
export class IdentityOverlayResolvedData {
  @IsIn(OVERLAY_RESOLUTIONS) resolution!: (typeof OVERLAY_RESOLUTIONS)[number];
  @IsUUID() suspectedEventId!: string;
}

export class DeathReportData {
  @IsIn(DEATH_REPORTERS) reporter!: (typeof DEATH_REPORTERS)[number];
  /** How exactly the source tells the date of death; absent where it tells none. */
  @IsOptional() @IsIn(PRECISIONS) precision?: Precision;
  @IsOptional() @IsPlainText(4000) detail?: string;
}
export class DeathReportWithdrawnData {
  @IsIn(DEATH_REPORTERS) reporter!: (typeof DEATH_REPORTERS)[number];
  @IsOptional() @IsPlainText(4000) detail?: string;
}
export class RecordDeletedAtSourceData {}

class RestrictionScope {
  @IsIn(RESTRICTION_SCOPES) scope!: (typeof RESTRICTION_SCOPES)[number];
  @IsOptional() @IsArray() @IsIn(LABELS, { each: true }) categories?: Label[];
  @IsOptional() @IsArray() @IsUUID('all', { each: true }) organizationIds?: string[];
}
export class AccessRestrictionRequestedData extends RestrictionScope {
  @IsOptional() @IsPlainText(4000) reason?: string;
}
export class AccessRestrictionLiftedData extends RestrictionScope {
  @IsOptional() @IsPlainText(4000) reason?: string;
}
export class PersonErasedData {}

const identity = ['identity'] as const;

/** Who people are, as each agency's system knows them, and which records are the same person. */
export const PeopleEvents = defineEvents('people', {
  PersonRegistered: event(PersonRegisteredData, {
    means: 'A person is known, as one agency’s system knows them.',
    labels: identity,
    open: ['identityLevel', 'birthYear', 'sex'],
  }),
  PersonDetailsChanged: event(PersonDetailsChangedData, {
    means: 'A source describes the person otherwise than it did before.',
    labels: identity,
    open: ['changedFields', 'cleared'],
  }),
  IdentifierRecorded: event(IdentifierRecordedData, {
    means: 'A source knows the person by this identifier.',
    labels: identity,
    open: ['authority', 'idType', 'quality', 'usableForMatching'],
  }),
  IdentifierRetired: event(IdentifierRetiredData, {
    means: 'A source no longer knows the person by this identifier.',
    labels: identity,
    open: ['authority', 'idType', 'reason'],
  }),
  ContactPointRecorded: event(ContactPointRecordedData, {
    means: 'The person can be reached here, within the limits named.',
    labels: identity,
    open: ['kind', 'okToLeaveMessage', 'okToText'],
  }),
  ContactPointEnded: event(ContactPointEndedData, {
    means: 'The person is not to be reached here any more.',
    labels: identity,
    open: ['kind', 'reason'],
  }),
  AddressReported: event(AddressReportedData, {
    means: 'A source says where the person lives, gets mail or was born.',
    labels: identity,
    fieldLabels: { lines: ['location'], zip5: ['location'] },
    open: ['kind', 'zip3', 'cocCode'],
  }),
  PreferredLanguageRecorded: event(PreferredLanguageRecordedData, {
    means: 'The language in which the person wants to be spoken to.',
    labels: identity,
    open: ['language', 'interpreterNeeded'],
  }),
  ResponsiblePartyRecorded: event(ResponsiblePartyRecordedData, {
    means: 'Someone may decide, receive or be called on the person’s behalf.',
    labels: byRole,
    open: ['role', 'from', 'until'],
  }),
  ResponsiblePartyEnded: event(ResponsiblePartyEndedData, {
    means: 'Someone no longer acts on the person’s behalf.',
    labels: byRole,
    open: ['role', 'until'],
  }),
  IdentityOverlaySuspected: event(IdentityOverlaySuspectedData, {
    means: 'So much changed at once that the record may have become another person’s; a person looks at it.',
    labels: identity,
    open: ['fields'],
  }),
  IdentityOverlayResolved: event(IdentityOverlayResolvedData, {
    means: 'A person decided whether the record is still of the same person.',
    labels: identity,
    open: ['resolution', 'suspectedEventId'],
  }),
  DeathReported: event(DeathReportData, {
    means: 'A source says that the person died; it stops no clock until confirmed.',
    labels: identity,
    open: ['reporter', 'precision'],
  }),
  DeathReportWithdrawn: event(DeathReportWithdrawnData, {
    means: 'A source no longer says that the person died.',
    labels: identity,
    open: ['reporter'],
  }),
  RecordDeletedAtSource: event(RecordDeletedAtSourceData, {
    means: 'The source deleted its record of the person.',
    labels: identity,
    open: [],
  }),
  AccessRestrictionRequested: event(AccessRestrictionRequestedData, {
    means: 'The person asked that some or all of the record be shown to fewer people.',
    labels: identity,
    open: ['scope', 'categories', 'organizationIds'],
  }),
  AccessRestrictionLifted: event(AccessRestrictionLiftedData, {
    means: 'The person no longer asks for that restriction.',
    labels: identity,
    open: ['scope', 'categories', 'organizationIds'],
  }),
  PersonErased: event(PersonErasedData, {
    means: 'The person’s keys, identifiers and rows are destroyed; what was sealed can be read by nobody.',
    labels: identity,
    open: [],
  }),
  RecordsLinked: event(RecordsLinkedData, {
    means: 'Two records are said to be of one person.',
    labels: identity,
    open: ['personIds', 'basis', 'fieldAgreements', 'score', 'ruleVersion'],
  }),
  RecordsUnlinked: event(RecordsUnlinkedData, {
    means: 'Two records are no longer said to be of one person; only a reviewer can link them again.',
    labels: identity,
    open: ['personIds', 'linkEventId', 'reason'],
  }),
  RecordsDeclaredDifferent: event(RecordsDeclaredDifferentData, {
    means: 'Two records are of different people, and no link may join them.',
    labels: identity,
    open: ['personIds', 'reason'],
  }),
});
export type PeopleEvent = EventOf<typeof PeopleEvents>;
type PairType = 'RecordsLinked' | 'RecordsUnlinked' | 'RecordsDeclaredDifferent';
/** Events of the personless stream of two persons. */
export type PairEvent = Extract<PeopleEvent, { type: PairType }>;
/** Events of a person's own stream. */
export type PersonEvent = Exclude<PeopleEvent, { type: PairType }>;
