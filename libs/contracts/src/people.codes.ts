// The code lists of what is said of people.
export const IDENTITY_LEVELS = ['named', 'alias', 'anonymous'] as const;
export type IdentityLevel = (typeof IDENTITY_LEVELS)[number];
export const NAME_USES = ['usual', 'legal', 'former', 'alias', 'maiden'] as const;
export type NameUse = (typeof NAME_USES)[number];
export const BIRTH_DATE_QUALITIES = ['full', 'approximate', 'not-known', 'not-said', 'not-collected'] as const;
export type BirthDateQuality = (typeof BIRTH_DATE_QUALITIES)[number];
export const MAPPED_SEXES = ['female', 'male', 'other', 'unknown'] as const;
export const PERSON_FIELDS = [
  'identityLevel', 'names', 'birthDate', 'birthDateQuality', 'sex', 'gender', 'pronouns', 'race', 'ethnicity',
] as const; // prettier-ignore
export type PersonField = (typeof PERSON_FIELDS)[number];
export const IDENTIFIER_QUALITIES = ['as-sent', 'verified', 'placeholder', 'masked', 'partial', 'temporary', 'shared'] as const;
export type IdentifierQuality = (typeof IDENTIFIER_QUALITIES)[number];
export const IDENTIFIER_END_REASONS = ['replaced', 'expired', 'entered-in-error', 'moved-to-another-person', 'not-told'] as const;
export const CONTACT_KINDS = ['mobile', 'phone', 'message-phone', 'email', 'postal', 'social', 'other'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];
export const CONTACT_END_REASONS = ['replaced', 'out-of-service', 'not-theirs', 'asked-not-to-use', 'not-told'] as const;
export const ADDRESS_KINDS = ['home', 'temporary', 'mailing', 'birth', 'no-fixed-address', 'other'] as const;
export const RESPONSIBLE_ROLES = [
  'guardian', 'conservator', 'representative-payee', 'healthcare-agent', 'power-of-attorney', 'parent', 'next-of-kin', 'emergency-contact', 'other',
] as const; // prettier-ignore
export type ResponsibleRole = (typeof RESPONSIBLE_ROLES)[number];
export const OVERLAY_FIELDS = ['name', 'birthDate', 'sex'] as const;
export type OverlayField = (typeof OVERLAY_FIELDS)[number];
export const OVERLAY_RESOLUTIONS = ['same-person', 'another-person'] as const;
export const DEATH_REPORTERS = ['source-record', 'official-record', 'family', 'staff', 'other'] as const;
export const RESTRICTION_SCOPES = ['everything', 'categories', 'organizations'] as const;
export const LINK_BASES = ['identifier', 'source-merge', 'reviewer'] as const;
export type LinkBasis = (typeof LINK_BASES)[number];
export const COMPARED_FIELDS = ['name', 'birthDate', 'sex', 'identifier', 'address', 'contact', 'responsible-party'] as const;
export const UNLINK_REASONS = ['not-the-same-person', 'entered-in-error', 'source-withdrew', 'consumer-asked'] as const;
export const DIFFERENT_REASONS = ['reviewed', 'consumer-said', 'twins', 'shared-identifier', 'other'] as const;
