import { decode, versionIn } from '#contracts';
import { ERASED, type AnyEvent, type Envelope } from '#kernel';
import { keyIdOf, open, type Keys } from '#keys';
import type { StoredEvent } from './port.js';

export type OpenedEvent = Envelope & AnyEvent;

/**
 * Opens pages of the log: one look-up of keys for a page, each blob opened under its stream's key, each event upcast.
 * Where a key is destroyed, sealed fields read `ERASED`. Throws `UnknownEvent` by name, and `UnsealFailed`.
 */
export const opener =
  (keys: Pick<Keys, 'find'>) =>
  async (stored: readonly StoredEvent[]): Promise<OpenedEvent[]> => {
    const ids = new Set<string>();
    for (const { sealed } of stored) if (sealed) ids.add(keyIdOf(sealed));
    const found = ids.size > 0 ? await keys.find(ids) : new Map<string, never>();
    return stored.map((event) => {
      if (!event.sealed) return decode(event, event.body, null);
      const key = found.get(keyIdOf(event.sealed));
      return decode(event, event.body, key ? open(event.sealed, key, aadOf(event)) : ERASED);
    });
  };

/** What a blob is bound to: moved to another event, person, type or version, it does not open. */
export const aadOf = ({ id, personId, type, body }: Pick<StoredEvent, 'id' | 'personId' | 'type' | 'body'>) => ({
  eventId: id,
  personId,
  type,
  schemaVersion: versionIn(body),
});
