/** A data key: 32 bytes for AES-256-GCM, named by the 16-byte id that stands in every blob it sealed. */
export interface StreamKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Keys of streams, wrapped by the master key, in a database of their own. */
export interface Keys {
  /** A fresh key, durable before it is handed out (from a pool made ahead). */
  take(): Promise<StreamKey>;
  /** The keys that still exist, by id; a destroyed or unknown one is absent. Cached for at most 60 s. */
  find(ids: Iterable<string>): Promise<ReadonlyMap<string, StreamKey>>;
  /** Gives back a key that sealed nothing that was recorded (the loser of a first-append race). */
  drop(id: string): Promise<void>;
  /** Destroys keys for good, enters them in the erasure ledger, and empties every cache in this process. */
  destroy(ids: Iterable<string>, because: { readonly eventId: string; readonly personId: string }): Promise<void>;
  close(): Promise<void>;
}

/** The key database cannot be reached, or did not answer in time; the same may be asked again. */
export class KeysUnavailable extends Error {}
/** The master key is not the one that the stored keys are wrapped with. */
export class WrongMasterKey extends Error {}
