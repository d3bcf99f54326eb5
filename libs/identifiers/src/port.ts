/** What a reserved id names. */
export type Named = 'person' | 'stream';

/** The identifier table: HMACs of external identifiers, and of requests, to the random ids that stand for them. */
export interface Identifiers {
  /** HMAC-SHA-256 under the identifier key over the parts (length-prefixed, so that parts cannot run together), base64url. */
  tag(...parts: readonly string[]): string;
  /** The id under a tag: the one reserved first, by whoever came first. A reserved id without a stream does no harm. */
  reserve(tag: string, named: Named): Promise<string>;
  reserveAll(tags: readonly { readonly tag: string; readonly named: Named }[]): Promise<readonly string[]>;
  /** The id under a tag, if any was reserved. */
  find(tag: string): Promise<string | undefined>;
  /** Points a tag at another id: a record that was moved to the right person. */
  point(tag: string, id: string, named: Named): Promise<void>;
  /** Deletes every row that leads to one of these ids. */
  forget(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
