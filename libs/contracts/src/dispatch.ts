/** Who sends a command and under which key: everything the runner needs besides the command. */
export interface Dispatch {
  /** `<category>-<uuid>`, reserved in the identifier table before dispatch. */
  readonly streamId: string;
  /** The person named by the sender; the stream's own person stands. Null for personless streams. */
  readonly personId: string | null;
  /** The tags of ids that were reserved for this very request, where the command names no identifier. */
  readonly reserved?: { readonly stream?: { readonly tag: string }; readonly person?: { readonly tag: string } };
  readonly request: {
    /** Who the key belongs to: the API client, or MSH-3/MSH-4, or the HMIS export's source. */
    readonly scope: string;
    readonly key: string;
    /** The request as sent, canonical; only its HMAC is kept. Absent where a repeat may differ (a snapshot's record). */
    readonly body?: string;
    /** A snapshot's key (record | assertedAt): the runner completes it with the stream revision that it decides on. */
    readonly snapshot?: boolean;
  };
  /** The staff member, role or door that entered it. */
  readonly enteredBy: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** Seeding mode only: the seeder and the clock to record under. */
  readonly seeding?: { readonly seeder: string; readonly recordedAt: string };
}

/** What a command led to. */
export interface Answer {
  /** `unchanged`: nothing new was said; `repeated`: this very request was recorded before. */
  readonly status: 'recorded' | 'repeated' | 'unchanged';
  /** The position that a view must have reached to show it. */
  readonly position: number;
  readonly streamId: string;
  readonly personId: string | null;
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: number }[];
}
