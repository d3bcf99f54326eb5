import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bell } from './bell.js';
import { EventIdTaken, InvalidEvent, RevisionConflict, SeedingClosed, StreamOfAnotherPerson } from './port.js';
import type { Appended, AppendRequest, EventStore, StoredEvent } from './port.js';
import { faultIn } from './fault.js';
import { subscription } from './subscription.js';

export interface MemoryStoreOptions {
  /** Milliseconds since 1970; the machine's clock unless told. */
  readonly clock?: () => number;
}

/** A log in this process alone, for small tests: everything the port promises except surviving the process. */
export const memoryStore = ({ clock = Date.now }: MemoryStoreOptions = {}): EventStore => {
  const events: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const byId = new Map<string, StoredEvent>();
  const bell = new Bell();
  const closing = new AbortController();
  const logId = randomUUID();
  let seeding: { readonly state: 'never' | 'open' | 'closed'; readonly seeder?: string } = { state: 'never' };

  const refusalOf = ({ streamId, expected, personId, events: given }: AppendRequest): Appended | Error | undefined => {
    const found = given.flatMap(({ id }) => byId.get(id) ?? []);
    const elsewhere = found.find((event) => event.streamId !== streamId);
    if (elsewhere) return new EventIdTaken(elsewhere.id);
    if (found.length > 0)
      return { positions: found.map(({ position }) => position), repeated: true, recordedAt: found.at(-1)!.recordedAt };
    const stream = streams.get(streamId) ?? [];
    if (stream.length > 0 && stream[0]!.personId !== personId) return new StreamOfAnotherPerson(streamId);
    if (stream.length - 1 !== expected) return new RevisionConflict(streamId, expected, stream.length - 1);
    return undefined;
  };

  const bytesRefused = ({ events: given }: AppendRequest): InvalidEvent | undefined => {
    if (new Set(given.map(({ id }) => id)).size < given.length) return new InvalidEvent('Two events of one request have one id');
    const bad = given.find(({ body, type, hash }) => `${body}${type}`.includes('\0') || hash.length !== 32);
    return bad && new InvalidEvent(`Event ${bad.id} holds a NUL character, or a hash that is not SHA-256`);
  };

  const record = ({ streamId, personId, events: given }: AppendRequest): Appended => {
    const stream = streams.get(streamId) ?? [];
    streams.set(streamId, stream);
    const recorded = given.map(({ recordedAt, ...event }) => {
      const now = new Date(
        (seeding.state === 'open' && recordedAt !== undefined ? Date.parse(recordedAt) : undefined) ?? clock(),
      ).toISOString();
      const last = events.at(-1)?.recordedAt ?? '';
      const stored = {
        ...event,
        streamId,
        personId,
        position: events.length + 1,
        revision: stream.length,
        recordedAt: now > last ? now : last,
      };
      events.push(stored);
      stream.push(stored);
      byId.set(stored.id, stored);
      return stored;
    });
    return { positions: recorded.map(({ position }) => position), repeated: false, recordedAt: recorded.at(-1)!.recordedAt };
  };

  const turnOf = async ({ seeder }: AppendRequest) => {
    while (seeding.state === 'open' && seeding.seeder !== seeder) await sleep(5);
  };

  const readAll = (after: number, limit: number, until = Infinity) =>
    Promise.resolve(events.slice(after, Math.min(after + limit, Math.max(until, after))));
  const head = () => {
    const last = events.at(-1);
    return Promise.resolve({
      logId,
      epoch: 1,
      position: events.length,
      hash: last?.hash.toString('hex') ?? '',
      recordedAt: last?.recordedAt ?? null,
    });
  };

  return {
    async append(request) {
      await turnOf(request);
      const answer = faultIn(request) ?? refusalOf(request) ?? bytesRefused(request);
      if (answer instanceof Error) throw answer;
      if (answer) return answer;
      if (request.seeder !== undefined && seeding.state !== 'open') throw new SeedingClosed(request.seeder);
      const appended = record(request);
      bell.ring();
      return appended;
    },
    readStream: (streamId, from = 0) => Promise.resolve((streams.get(streamId) ?? []).slice(from)),
    readAll,
    subscribeAll: (after, { signal, ...options }) =>
      subscription({ bell, readAll, head }, after, { ...options, signal: AbortSignal.any([signal, closing.signal]) }),
    head,
    positionKnownOn: (instant) => {
      const iso = new Date(instant).toISOString();
      return Promise.resolve(events.findLastIndex(({ recordedAt }) => recordedAt <= iso) + 1);
    },
    beginSeeding(seeder) {
      if (seeding.state === 'never' && events.length === 0) seeding = { state: 'open', seeder };
      return Promise.resolve(seeding.state === 'open' && seeding.seeder === seeder);
    },
    endSeeding(seeder) {
      if (seeding.state === 'open' && seeding.seeder === seeder) seeding = { state: 'closed', seeder };
      return Promise.resolve();
    },
    close: () => Promise.resolve(closing.abort()),
  };
};
