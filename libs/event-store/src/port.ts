/** An event as its writer hands it over: exact bytes, hashed. */
export interface NewEvent {
  /** Derived (see `Envelope.id`); one id stands in one stream only. */
  readonly id: string;
  readonly type: string;
  /** The open part, JSON as the codec wrote it; kept byte for byte. */
  readonly body: string;
  /** The sealed part, or null where the event has none. */
  readonly sealed: Buffer | null;
  /** SHA-256 over the writer-known fields and the exact bytes (`hashOf`), the same on every engine. */
  readonly hash: Buffer;
  /** Only while the log is in seeding mode, and only by its seeder: the clock to record under. */
  readonly recordedAt?: string;
}

/** Events of one stream that are recorded together or not at all. */
export interface AppendRequest {
  readonly streamId: string;
  /** Revision of the stream's last event as the writer saw it; -1 for a stream that does not exist. */
  readonly expected: number;
  /** The stream's person, for life; null for a personless stream. Another one than the stream's is refused. */
  readonly personId: string | null;
  readonly events: readonly NewEvent[];
  /** Names the seeder while the log is in seeding mode (`beginSeeding`). */
  readonly seeder?: string;
}

export interface Appended {
  /** Where the events stand, in the order of the request. Of a repeat: the original positions of those that were found. */
  readonly positions: readonly number[];
  /** True where they (any of them) were recorded before: the request added nothing now. */
  readonly repeated: boolean;
  readonly recordedAt: string;
}

export interface StoredEvent {
  readonly position: number;
  readonly streamId: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly personId: string | null;
  /** UTC, milliseconds: `2026-03-05T16:00:00.000Z`. */
  readonly recordedAt: string;
  readonly body: string;
  readonly sealed: Buffer | null;
  readonly hash: Buffer;
}

/** Where a reader stands. `hash` is that of the event at `position`, so that a restored backup is noticed. Position 0: before the first event. */
export interface Cursor {
  readonly logId: string;
  /** Raised whenever the log is restored to an earlier point. */
  readonly epoch: number;
  readonly position: number;
  /** Hex; empty at position 0. */
  readonly hash: string;
}

export interface SubscribeOptions {
  /** Ends the subscription: the iteration returns. */
  readonly signal: AbortSignal;
  /** Most events in a page; 1000 unless told. */
  readonly pageSize?: number;
}

/** The log: positions 1, 2, 3 … without a gap, in commit order; `recordedAt` never goes back as position grows. */
export interface EventStore {
  /** Throws `RevisionConflict`, `StreamOfAnotherPerson`, `EventIdTaken`, `InvalidEvent`, `SeedingClosed`, `LogUnavailable`. Idempotent by event id, even after the stream moved on. */
  append(request: AppendRequest): Promise<Appended>;
  /** A stream's events by revision, from `from` (0). An unknown stream is empty. */
  readStream(streamId: string, from?: number): Promise<readonly StoredEvent[]>;
  /** At most `limit` events after a position, up to and including `until`. */
  readAll(after: number, limit: number, until?: number): Promise<readonly StoredEvent[]>;
  /**
   * Pages from the cursor on, then live without polling delay; survives a lost connection.
   * Throws `CursorOfAnotherLog` where the log is not the one, or not at the state, that the cursor was taken from.
   */
  subscribeAll(after: Cursor | 'beginning', options: SubscribeOptions): AsyncIterable<readonly StoredEvent[]>;
  head(): Promise<Cursor & { readonly recordedAt: string | null }>;
  /** The last position recorded at or before an instant; 0 if none. */
  positionKnownOn(instant: string): Promise<number>;
  /**
   * Opens an empty log for one seeder, who may then record under its own clock, or resumes that seeder after a crash;
   * every other append waits. False where the log was written by anyone else, or seeding has been closed: closed is for good.
   */
  beginSeeding(seeder: string): Promise<boolean>;
  endSeeding(seeder: string): Promise<void>;
  close(): Promise<void>;
}

export class RevisionConflict extends Error {
  constructor(
    readonly streamId: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`Stream ${streamId} is at revision ${actual}, not ${expected}`);
  }
}
export class StreamOfAnotherPerson extends Error {
  constructor(readonly streamId: string) {
    super(`Stream ${streamId} belongs to another person; a stream keeps its person for life`);
  }
}
export class EventIdTaken extends Error {
  constructor(readonly id: string) {
    super(`Event ${id} stands in another stream; one event id stands in one stream only`);
  }
}
/** The engine refused these very bytes (its neighbours of the same flush are recorded). */
export class InvalidEvent extends Error {}
/** A seeder came back to a log that is open to all: only what it had recorded before is answered. */
export class SeedingClosed extends Error {
  constructor(readonly seeder: string) {
    super(`Seeding by ${seeder} is closed for good; the log now records under its own clock`);
  }
}
/** The log cannot be reached, or did not answer in time; the same request may be sent again. */
export class LogUnavailable extends Error {}
export class CursorOfAnotherLog extends Error {}
