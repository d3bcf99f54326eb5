import type { Occurred } from './occurred.js';

/** Categories of what a fact tells about a person; a reader needs every label that it carries (`events.md`). */
export const LABELS = [
  'identity', 'location', 'hospital-medical', 'hospital-mental-health', 'emergency', 'crisis', 'justice', 'legal-status',
  'treatment-mental-health', 'treatment-substance-use', 'peer', 'housing', 'household', 'victim-safety', 'specially-protected',
  'benefits-income', 'work-education', 'own-words', 'organization',
] as const; // prettier-ignore
export type Label = (typeof LABELS)[number];

/** What a field reads as once its key has been destroyed. */
export const ERASED = Object.freeze({ erased: true as const });
export type Erased = typeof ERASED;
export const isErased = (value: unknown): value is Erased =>
  typeof value === 'object' && value !== null && (value as { erased?: unknown }).erased === true;

/** By whom and how a fact is vouched for. */
export interface Asserted {
  readonly by: 'consumer' | 'staff' | 'collateral' | 'source-record' | 'rule';
  readonly how: 'observed' | 'self-report' | 'documented' | 'inferred';
  readonly confidence?: number;
}

/** Who did it, with role and credentials as of then; `raw` is sealed. */
export interface Performer {
  readonly staffId?: string;
  readonly raw?: string | Erased;
  readonly role?: string;
  readonly credentials?: string;
}

/** Where it happened; `raw` (the source's own text) is sealed. */
export interface Place {
  readonly kind: string;
  readonly organizationRef?: string;
  readonly raw?: string | Erased;
}

/** Where the statement comes from. `message` and `record` are the source's own identifiers, sealed. */
export interface Source {
  readonly system: string;
  readonly message?: string | Erased;
  readonly record?: string | Erased;
  /** The source's own order among statements of one instant. */
  readonly sequence?: number;
}

/** An identifier as some authority gave it. */
interface Given {
  readonly authority: string;
  readonly type: string;
  readonly value: string;
}

/** The tag of an id that was reserved for a request, as the identifier table keeps it: whom or what it was about had no identifier. */
interface RequestTag {
  readonly tag: string;
}

/** Under what the ids of a stream and of its person were reserved: the identifier table can be made again from it. */
export interface ReservedUnder {
  readonly stream?: Given | RequestTag;
  readonly person?: Given | RequestTag;
}

/** What an event puts right: one event by id, or a target that may not have arrived yet. */
export interface Supersedes {
  readonly eventId?: string;
  readonly target?: { readonly subject: string; readonly kind: string; readonly asOf?: string };
  readonly reason?: string;
}

/** Everything about an event except what it says. */
export interface Envelope {
  /** HMAC(sender scope | idempotency key | stream | ordinal), as a UUID. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** `<category>-<uuid>`. */
  readonly streamId: string;
  /** 0, 1, 2 … within the stream. */
  readonly revision: number;
  /** 1, 2, 3 … within the log, without a gap. */
  readonly position: number;
  /** The one person whom the stream is about, for life; null for personless streams. */
  readonly personId: string | null;
  /** Clock one, the world. Null where a fact has no moment of its own (a link, a registration). */
  readonly occurred: Occurred | null;
  /** Clock two: the instant at which the source said so (UTC, `2026-03-05T16:00:00.000Z`), null if unknown. */
  readonly assertedAt: string | null;
  /** Clock three: the instant at which the log took it; never goes back as position grows. */
  readonly recordedAt: string;
  readonly asserted: Asserted;
  readonly enteredBy: string;
  readonly performers?: readonly Performer[];
  readonly organizationId: string | null;
  readonly programId?: string;
  readonly siteId?: string;
  readonly place?: Place;
  readonly source: Source;
  /** On the first event of a stream that was named so; sealed, and absent once its key is destroyed. */
  readonly reservedUnder?: ReservedUnder;
  /** HMACs of the request that recorded it. */
  readonly request: { readonly tag: string; readonly fingerprint: string };
  readonly labels: readonly Label[];
  readonly supersedes?: Supersedes;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/** An event as the code sees it: opened, upcast, of a known type. */
export interface AnyEvent {
  readonly type: string;
  readonly data: object;
}
export type Enveloped<E extends AnyEvent> = E extends AnyEvent ? Envelope & E : never;
