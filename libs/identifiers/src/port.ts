/** What a reserved id names. */
export type Named = 'person' | 'stream';

/** The identifier table: HMACs of external identifiers, and of requests, to the random ids that stand for them. */
export interface Identifiers {
  /** HMAC-SHA-256 under the identifier key over the parts (length-prefixed, so that parts cannot run together), base64url. */
  tag(...parts: readonly string[]): string;
  /** The id of what has no stream of its own (a household): it follows from the identifier under the identifier key, and needs no row. */
  idOf(...parts: readonly string[]): string;
  /** The id under a tag: the one reserved first, by whoever came first. A reserved id without a stream does no harm. Throws `IdentifierSuppressed`. */
  reserve(tag: string, named: Named): Promise<string>;
  /** The same for many at once, in their order. */
  reserveAll(tags: readonly { readonly tag: string; readonly named: Named }[]): Promise<readonly string[]>;
  /** The id under a tag, if any was reserved. What another process pointed elsewhere or forgot may be seen up to 10 s longer. */
  find(tag: string): Promise<string | undefined>;
  /** Points a tag at another id: a record that was moved to the right person. */
  point(tag: string, id: string, named: Named): Promise<void>;
  /** The same for many at once, of one tag the last: as the log tells that they were reserved. */
  pointAll(reserved: readonly { readonly tag: string; readonly id: string; readonly named: Named }[]): Promise<void>;
  /** Every tag that leads to an id. */
  leadingTo(id: string): Promise<readonly string[]>;
  /** Deletes every row that leads to one of these ids. */
  forget(ids: readonly string[]): Promise<void>;
  /** Keeps imports from making a person anew out of these identifiers, once they were erased: they are reserved for nobody. */
  suppress(tags: readonly string[]): Promise<void>;
  /** Those of the tags that are suppressed. */
  suppressed(tags: readonly string[]): Promise<ReadonlySet<string>>;
  /** The person consented anew: takes tags off the suppression list. */
  unsuppress(tags: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The identifier named someone who was erased and did not consent anew. */
export class IdentifierSuppressed extends Error {}
/** The identifier table cannot be reached, or did not answer in time; the same may be asked again. */
export class IdentifiersUnavailable extends Error {}
/** The identifier key is not the one that the table was made with. */
export class WrongIdentifierKey extends Error {}
