import { randomUUID } from 'node:crypto';
import { encode, specOf, type Unrecorded } from '#contracts';
import { hashOf, memoryStore, opener, type EventStore, type NewEvent } from '#event-store';
import type { AnyEvent, Envelope, Label, Occurred } from '#kernel';
import { seal, type Keys, type StreamKey } from '#keys';
import { inMemoryKeys } from '#keys/testing';

/** What a test tells of an event; the rest is filled in. */
export interface Told extends Partial<
  Pick<Envelope, 'id' | 'assertedAt' | 'supersedes' | 'organizationId' | 'programId' | 'labels' | 'place'>
> {
  readonly streamId: string;
  readonly personId: string | null;
  readonly type: string;
  readonly data: object;
  /** A local text: `2026-03-05T16:00`, in Detroit. */
  readonly at?: string;
  readonly zone?: string;
  /** The clock of the log. */
  readonly recordedAt?: string;
  readonly system?: string;
  readonly sequence?: number;
}

const PRECISION = { 4: 'year', 7: 'month', 10: 'day', 16: 'minute', 19: 'second' } as const;
const occurred = (start: string, zone = 'America/Detroit'): Occurred => ({
  start,
  precision: PRECISION[start.length as 10],
  zone,
  basis: 'test',
});
const labelsOf = (type: string, data: object): readonly Label[] => {
  const { labels } = specOf(type);
  return typeof labels === 'function' ? labels(data as never) : labels;
};

const optional = ({ programId, place, supersedes }: Told) => ({
  ...(programId && { programId }),
  ...(place && { place }),
  ...(supersedes && { supersedes }),
});
const sourceOf = ({ system = 'test', sequence }: Told) => ({ system, ...(sequence !== undefined && { sequence }) });

const unrecorded = (told: Told): Unrecorded => ({
  id: told.id ?? randomUUID(),
  type: told.type,
  schemaVersion: specOf(told.type).version,
  streamId: told.streamId,
  personId: told.personId,
  occurred: told.at === undefined ? null : occurred(told.at, told.zone),
  assertedAt: told.assertedAt ?? null,
  asserted: { by: 'source-record', how: 'documented' },
  enteredBy: 'test',
  organizationId: told.organizationId ?? null,
  source: sourceOf(told),
  request: { tag: randomUUID(), fingerprint: '' },
  labels: told.labels ?? labelsOf(told.type, told.data),
  correlationId: randomUUID(),
  causationId: null,
  ...optional(told),
  data: told.data,
});

export interface TestLog {
  readonly store: EventStore;
  readonly keys: Keys;
  readonly openPage: ReturnType<typeof opener>;
  /** Records events one after the other, sealed and hashed as the runner does; answers with their ids. */
  tell(...events: readonly Told[]): Promise<readonly string[]>;
  /** The key that a stream was sealed with. */
  keyOf(streamId: string): StreamKey | undefined;
}

/** A log in memory whose clock the test sets: `recordedAt` of an event is the log's clock from then on. */
export const testLog = (given: { readonly store?: EventStore; readonly keys?: Keys } = {}): TestLog => {
  let clock = Date.parse('2026-01-01T00:00:00.000Z');
  const store = given.store ?? memoryStore({ clock: () => clock });
  const keys = given.keys ?? inMemoryKeys();
  const streamKeys = new Map<string, StreamKey>();
  const revisions = new Map<string, number>();
  const newEvent = async (told: Told): Promise<NewEvent> => {
    const event: Unrecorded & AnyEvent = unrecorded(told);
    const { body, secret } = encode(event);
    const { id, personId, streamId, type, schemaVersion } = event;
    if (secret !== null && !streamKeys.has(streamId)) streamKeys.set(streamId, await keys.take());
    const key = streamKeys.get(streamId) as StreamKey;
    const sealed = secret === null ? null : seal(secret, key, { eventId: id, personId, type, schemaVersion });
    return { id, type, body, sealed, hash: hashOf({ id, type, body, sealed, streamId, personId }) };
  };
  return {
    store,
    keys,
    openPage: opener(keys),
    keyOf: (streamId) => streamKeys.get(streamId),
    async tell(...events) {
      const ids: string[] = [];
      for (const told of events) {
        clock = told.recordedAt === undefined ? clock + 1000 : Date.parse(told.recordedAt);
        const event = await newEvent(told);
        const expected = revisions.get(told.streamId) ?? -1;
        await store.append({ streamId: told.streamId, expected, personId: told.personId, events: [event] });
        revisions.set(told.streamId, expected + 1);
        ids.push(event.id);
      }
      return ids;
    },
  };
};
