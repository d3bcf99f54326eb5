/** A moment as people mean it, with the instants it may span (ms since the epoch) for drawing. */
export interface Moment {
  /** As its source said it, local: `2026-03-05 16:00`. */
  readonly text: string;
  readonly precision: 'year' | 'month' | 'day' | 'minute' | 'second';
  readonly zone: string;
  readonly from: number;
  readonly until: number;
  readonly estimated?: boolean;
  readonly implausible?: boolean;
}

export const LANES = ['hospital', 'emergency', 'peer', 'housing', 'clocks'] as const;
export type LaneId = (typeof LANES)[number];

/** What is drawn: kinds are the words a person would use. */
export type ItemKind =
  | 'stay' | 'observation' | 'planned-admission' | 'ed-visit' | 'leave'
  | 'contact' | 'attempt' | 'collateral-contact' | 'peer-relationship' | 'planned-contact' | 'warm-handoff' | 'accompanied' | 'support-given' | 'not-at-place'
  | 'enrolment' | 'tenancy' | 'reported-housed' | 'reported-situation' | 'shelter-night' | 'referral' | 'offer' | 'voucher' | 'assessment' | 'household'
  | 'death' | 'other'; // prettier-ignore

export interface TimelineItem {
  /** Stable: derived from the stream, and the part of it. */
  readonly id: string;
  readonly personId: string;
  readonly lane: LaneId;
  readonly kind: ItemKind;
  readonly shape: 'bar' | 'mark';
  /** solid: happened · light: an attempt · hatched: reported, not observed · outlined: planned. */
  readonly look: 'solid' | 'light' | 'hatched' | 'outlined';
  readonly title: string;
  readonly from: Moment | null;
  readonly to: Moment | null;
  /** Of a bar without an end: `ongoing` (arrow), or `unknown` (fading, with a question mark). A bar without a start fades in. */
  readonly end: 'known' | 'ongoing' | 'unknown';
  readonly organization: string | null;
  readonly source: string;
  /** Where it was recorded more than a day after it happened. */
  readonly late?: { readonly recordedAt: string; readonly days: number };
  /** Short facts for the table and the drawer, open ones only. */
  readonly details: readonly { readonly term: string; readonly value: string }[];
  /** How many events made it. */
  readonly events: number;
  readonly erased?: boolean;
}

/** A drawn gap: from the end of a stay or ED visit to the first contact that reached the person. Belongs to the system, never to the person. */
export interface TimelineGap {
  readonly id: string;
  readonly personId: string;
  readonly rule: { readonly id: string; readonly version: number; readonly words: string };
  /** `not-seen-yet`: the sources are complete only up to `completeTo`, so nobody can say that it was missed. */
  readonly state: 'running' | 'met' | 'not-seen-yet' | 'missed' | 'not-applicable';
  readonly because?: string;
  readonly title: string;
  readonly from: Moment;
  readonly to: Moment | null;
  readonly due: { readonly day: string; readonly at: number };
  readonly completeTo: string | null;
  readonly days: number | null;
  /** Items it was made from. */
  readonly items: readonly string[];
}

export interface TimelineLane {
  readonly id: LaneId;
  readonly title: string;
  /** Why nothing stands here; never "hidden". */
  readonly empty: 'no data' | 'no source connected' | null;
  /** Until when the lane's sources are known to have sent (recorded instant of the newest event). */
  readonly freshTo: string | null;
  readonly items: readonly TimelineItem[];
}

export interface TimelineView {
  readonly personId: string;
  readonly name: string | null;
  readonly erased: boolean;
  readonly born: string | null;
  /** The linked records of this consumer, the one asked for first. */
  readonly records: readonly {
    readonly personId: string;
    readonly organization: string | null;
    readonly name: string | null;
    /** Since then so much of the record changed at once that it may be another person's: a reviewer has to judge. */
    readonly underReviewSince?: string;
  }[];
  /** `at` is null for now. */
  readonly knownOn: { readonly at: string | null; readonly position: number };
  /** Send back as `Last-Event-ID` of the stream, or as `?after=`. */
  readonly cursor: string;
  readonly notice: 'Some information may not be shared with you.';
  /** One sentence that says what the chart shows. */
  readonly summary: string;
  readonly lanes: readonly TimelineLane[];
  readonly gaps: readonly TimelineGap[];
  /** Recorded instants at which something changed for this person, oldest first: the steps of the known-on control. */
  readonly steps: readonly string[];
}

export interface WhyEvent {
  readonly id: string;
  readonly type: string;
  readonly means: string;
  readonly position: number;
  readonly streamId: string;
  readonly occurred: Moment | null;
  readonly assertedAt: string | null;
  readonly recordedAt: string;
  readonly source: string;
  readonly organization: string | null;
  readonly enteredBy: string;
  readonly supersedes: string | null;
  readonly labels: readonly string[];
  /** What it says; a sealed field whose key was destroyed reads `erased`. */
  readonly fields: readonly { readonly name: string; readonly value: string; readonly sealed: boolean }[];
}

/** Why an item or a gap stands on a timeline. */
export interface WhyView {
  readonly id: string;
  readonly title: string;
  readonly rule: { readonly id: string; readonly version: number; readonly words: string } | null;
  readonly result: string;
  readonly events: readonly WhyEvent[];
  readonly links: readonly {
    readonly eventId: string;
    readonly personIds: readonly [string, string];
    readonly basis: string;
    readonly position: number;
    readonly recordedAt: string;
  }[];
  readonly notice: TimelineView['notice'];
}

/** One row of the search: a consumer, addressed by any of the linked records. */
export interface ConsumerFound {
  readonly personId: string;
  readonly name: string | null;
  readonly born: string | null;
  readonly records: number;
  readonly organizations: readonly string[];
}
export interface SearchView {
  readonly found: readonly ConsumerFound[];
  readonly more: boolean;
  readonly notice: TimelineView['notice'];
}
