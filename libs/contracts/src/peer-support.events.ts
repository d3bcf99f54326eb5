import { ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import type { Label } from '#kernel';
import { defineEvents, event, type EventOf } from './catalogue.js';
import { IsInstant, IsLocalTime, IsPlainText } from './validators.js';

/** Who took the step. Peer support is voluntary: it is offered, never assigned. */
export const PEER_SUPPORT_PARTIES = ['consumer', 'peer-supporter', 'programme', 'hospital', 'family-or-friend', 'other'] as const;
export const PEER_SUPPORT_REASONS = [
  'discharge-planned', 'asked-for-it', 'referred', 'not-now', 'has-other-support', 'prefers-another-peer', 'goals-met', 'moved-away',
  'peer-left', 'programme-ended', 'by-own-wish', 'died', 'other', 'unknown',
] as const; // prettier-ignore
export const CONTACT_METHODS = ['in-person', 'phone', 'video', 'text', 'email', 'letter', 'group', 'unknown'] as const;
export const CONTACT_SETTINGS = [
  'recovery-centre', 'emergency-room', 'hospital', 'jail', 'school', 'workplace', 'home', 'neighbourhood', 'shelter', 'clinic',
  'recovery-meeting', 'by-phone-or-online', 'police-encounter', 'other',
] as const; // prettier-ignore
export const PEER_PRACTICES = [
  'shares-own-story', 'gives-literature', 'social-activity', 'accompanies-to-group', 'accompanies-to-service', 'accompanies-to-housing',
  'resource-information', 'plan-support', 'advocacy', 'imr-skill', 'wrap-skill',
] as const; // prettier-ignore
/** SAMHSA's four dimensions of a life in recovery. */
export const RECOVERY_DIMENSIONS = ['health', 'home', 'purpose', 'community'] as const;
export const ATTEMPT_RESULTS = [
  'no-answer', 'left-message', 'not-found-there', 'number-not-theirs', 'no-show', 'declined-today',
] as const; // prettier-ignore
export const COLLATERALS = ['family', 'friend', 'landlord', 'provider', 'employer', 'school', 'justice-staff', 'other'] as const;
export const CANCELLATION_REASONS = ['by-consumer', 'by-peer-supporter', 'by-programme', 'rescheduled', 'unknown'] as const;
export const HANDOFF_ROLES = [
  'peer-supporter',
  'clinician',
  'care-manager',
  'housing-worker',
  'outreach-worker',
  'other',
] as const;
export const ACCOMPANIMENTS = [
  'group', 'appointment', 'court', 'benefits-office', 'housing-viewing', 'move-in', 'pharmacy', 'school', 'workplace', 'social-activity', 'other',
] as const; // prettier-ignore
export const ACCOMPANIMENT_OUTCOMES = ['took-place', 'left-early', 'turned-away', 'cancelled-there', 'unknown'] as const;
export const PLACE_KINDS = [
  'home',
  'shelter',
  'street',
  'jail',
  'hospital',
  'school',
  'workplace',
  'programme',
  'other',
] as const;
export const SUPPORT_KINDS = ['group', 'mentoring', 'advocacy', 'volunteering'] as const;

export type ContactSetting = (typeof CONTACT_SETTINGS)[number];
type Of<L extends readonly string[]> = L[number];

/** Where a contact took place may tell of a hospital, an ED or the justice system: then a reader needs that label too. */
const TOLD_BY_PLACE: Readonly<Record<string, readonly Label[]>> = {
  'emergency-room': ['emergency'],
  hospital: ['hospital-mental-health'],
  jail: ['justice'],
  court: ['justice'],
  'police-encounter': ['justice'],
};
const peerAt = (place: string): readonly Label[] => ['peer', ...(TOLD_BY_PLACE[place] ?? [])];

class PeerSupportStep {
  @IsIn(PEER_SUPPORT_PARTIES) by!: Of<typeof PEER_SUPPORT_PARTIES>;
  @IsOptional() @IsIn(PEER_SUPPORT_REASONS) reason?: Of<typeof PEER_SUPPORT_REASONS>;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
/** A step taken by a hospital, or because of a discharge, tells of a stay. */
const ofStep = ({ by, reason }: PeerSupportStep) => peerAt(reason === 'discharge-planned' ? 'hospital' : by);
export class PeerSupportOfferedData extends PeerSupportStep {}
export class PeerSupportAcceptedData extends PeerSupportStep {}
export class PeerSupportDeclinedData extends PeerSupportStep {}
export class PeerSupportEndedData extends PeerSupportStep {}

export class PeerContactMadeData {
  @IsIn(CONTACT_METHODS) method!: Of<typeof CONTACT_METHODS>;
  @IsIn(CONTACT_SETTINGS) setting!: ContactSetting;
  @IsOptional() @IsIn(PEER_SUPPORT_PARTIES) initiatedBy?: Of<typeof PEER_SUPPORT_PARTIES>;
  @IsOptional() @IsInt() @Min(0) @Max(1440) minutes?: number;
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(PEER_PRACTICES, { each: true }) practices?: Of<typeof PEER_PRACTICES>[];
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(RECOVERY_DIMENSIONS, { each: true }) dimensions?: Of<
    typeof RECOVERY_DIMENSIONS
  >[];
  /** Shared by the contacts of several people who met together; each has an event of their own that names no other. */
  @IsOptional() @IsUUID() sessionId?: string;
  @IsOptional() @IsUUID() duringVisitId?: string;
  @IsOptional() @IsLocalTime() nextContactOn?: string;
  @IsOptional() @IsPlainText(20_000) note?: string;
  @IsOptional() @IsPlainText(2_000) whereabouts?: string;
}
export class PeerContactAttemptedData {
  @IsIn(CONTACT_METHODS) method!: Of<typeof CONTACT_METHODS>;
  @IsIn(CONTACT_SETTINGS) setting!: ContactSetting;
  @IsIn(ATTEMPT_RESULTS) result!: Of<typeof ATTEMPT_RESULTS>;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
export class CollateralContactMadeData {
  @IsIn(COLLATERALS) withWhom!: Of<typeof COLLATERALS>;
  /** Absent where nobody told: a no is a fact of its own. */
  @IsOptional() @IsBoolean() consumerAgreed?: boolean;
  @IsOptional() @IsPlainText(400) name?: string;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
export class PeerContactScheduledData {
  /** The day or moment agreed on; when it was agreed is the event's own time. */
  @IsLocalTime() expectedOn!: string;
  @IsIn(CONTACT_METHODS) method!: Of<typeof CONTACT_METHODS>;
  @IsIn(CONTACT_SETTINGS) setting!: ContactSetting;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
export class PeerContactCancelledData {
  @IsIn(CANCELLATION_REASONS) reason!: Of<typeof CANCELLATION_REASONS>;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
export class WarmHandoffMadeData {
  @IsOptional() @IsUUID() fromOrganizationId?: string;
  @IsOptional() @IsUUID() toOrganizationId?: string;
  @IsIn(HANDOFF_ROLES) role!: Of<typeof HANDOFF_ROLES>;
  @IsOptional() @IsBoolean() consumerPresent?: boolean;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
export class AccompaniedToData {
  @IsIn(ACCOMPANIMENTS) kind!: Of<typeof ACCOMPANIMENTS>;
  @IsIn(ACCOMPANIMENT_OUTCOMES) outcome!: Of<typeof ACCOMPANIMENT_OUTCOMES>;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
export class NotAtPlaceReportedData {
  @IsIn(PLACE_KINDS) placeKind!: Of<typeof PLACE_KINDS>;
  @IsOptional() @IsPlainText(2_000) place?: string;
}
export class SupportGivenToOthersData {
  @IsIn(SUPPORT_KINDS) kind!: Of<typeof SUPPORT_KINDS>;
  @IsOptional() @IsPlainText(20_000) words?: string;
}
export class ContactMovedHereData {
  @IsUUID() fromContactId!: string;
  /** When the log first held it, on the wrong person's stream: views "as known on" show it from then. */
  @IsInstant() firstRecordedAt!: string;
}
/** Says nothing of where it went: that would tell of another person. */
export class ContactMovedAwayData {}

export const PeerSupportEvents = defineEvents('peer-support', {
  PeerSupportOffered: event(PeerSupportOfferedData, {
    means: 'Peer support was offered; it is voluntary and no assignment.',
    labels: ofStep,
    open: ['by', 'reason'],
  }),
  PeerSupportAccepted: event(PeerSupportAcceptedData, {
    means: 'The consumer said yes to peer support.',
    labels: ofStep,
    open: ['by', 'reason'],
  }),
  PeerSupportDeclined: event(PeerSupportDeclinedData, {
    means: 'The consumer said no to this offer; another may be made.',
    labels: ofStep,
    open: ['by', 'reason'],
  }),
  PeerSupportEnded: event(PeerSupportEndedData, {
    means: 'The peer support relationship ended.',
    labels: ofStep,
    open: ['by', 'reason'],
  }),
  PeerContactMade: event(PeerContactMadeData, {
    means: 'A two-way contact with the consumer took place. Only this meets a follow-up clock.',
    labels: ({ setting, initiatedBy }) => [...new Set([...peerAt(setting), ...peerAt(initiatedBy ?? '')])],
    fieldLabels: { setting: ['location'], whereabouts: ['location'], duringVisitId: ['hospital-mental-health'] },
    open: [
      'method', 'setting', 'initiatedBy', 'minutes', 'practices', 'dimensions', 'sessionId', 'duringVisitId', 'nextContactOn',
    ], // prettier-ignore
  }),
  PeerContactAttempted: event(PeerContactAttemptedData, {
    means: 'Someone tried to reach the consumer and did not. Effort, never a contact.',
    labels: ({ setting }) => peerAt(setting),
    fieldLabels: { setting: ['location'] },
    open: ['method', 'setting', 'result'],
  }),
  CollateralContactMade: event(CollateralContactMadeData, {
    means: 'A contact with someone else about the consumer. Meets no clock.',
    labels: ({ withWhom }) => (withWhom === 'justice-staff' ? ['peer', 'justice'] : ['peer']),
    open: ['withWhom', 'consumerAgreed'],
  }),
  PeerContactScheduled: event(PeerContactScheduledData, {
    means: 'A contact was agreed on for a day to come.',
    labels: ({ setting }) => peerAt(setting),
    fieldLabels: { setting: ['location'] },
    open: ['expectedOn', 'method', 'setting'],
  }),
  PeerContactCancelled: event(PeerContactCancelledData, {
    means: 'The planned contact of this stream will not take place; may be said before the plan itself.',
    labels: ['peer'],
    open: ['reason'],
  }),
  WarmHandoffMade: event(WarmHandoffMadeData, {
    means: 'Someone introduced the consumer in person to who comes next.',
    labels: ['peer'],
    open: ['fromOrganizationId', 'toOrganizationId', 'role', 'consumerPresent'],
  }),
  AccompaniedTo: event(AccompaniedToData, {
    means: 'A peer went along with the consumer.',
    labels: ({ kind }) => peerAt(kind),
    open: ['kind', 'outcome'],
  }),
  NotAtPlaceReported: event(NotAtPlaceReportedData, {
    means: 'The consumer was not (or no longer) where they were expected. Says nothing of where they are.',
    labels: ({ placeKind }) => peerAt(placeKind),
    fieldLabels: { placeKind: ['location'], place: ['location'] },
    open: ['placeKind'],
  }),
  SupportGivenToOthers: event(SupportGivenToOthersData, {
    means: 'The consumer helped others.',
    labels: ['peer'],
    fieldLabels: { words: ['own-words'] },
    open: ['kind'],
  }),
  ContactMovedHere: event(ContactMovedHereData, {
    means: 'This contact had been recorded for another person; the whole of it now stands here.',
    labels: ['peer'],
    open: ['fromContactId', 'firstRecordedAt'],
  }),
  ContactMovedAway: event(ContactMovedAwayData, {
    means: 'This contact was not of this person; it stands with the right one now.',
    labels: ['peer'],
    open: [],
  }),
});
export type PeerSupportEvent = EventOf<typeof PeerSupportEvents>;
