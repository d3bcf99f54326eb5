import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { migrateLog, opener, postgresStore, type EventStore, type OpenedEvent, type PostgresStore } from '#event-store';
import { freshDatabase } from '#embedded-postgres/testing';
import { inMemoryIdentifiers } from '#identifiers/testing';
import { inMemoryKeys } from '#keys/testing';
import { CommandRegistry } from '#nest';
import { contexts } from '../../apps/throughline/src/contexts.js';
import { loadDemo, SEEDER, type DemoParts } from '../../apps/demo/src/load-demo.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: PostgresStore;
let parts: DemoParts;
const NOW = Date.parse('2026-11-22T15:00:00.000Z');

beforeEach(async () => {
  database = await freshDatabase('demo');
  store = postgresStore({ url: database.url });
  const client = await store.pool.connect();
  await migrateLog(client);
  client.release();
  const [keys, identifiers] = [inMemoryKeys(), inMemoryIdentifiers()];
  parts = {
    store,
    keys,
    identifiers,
    identifierKey: Buffer.alloc(32, 7),
    registry: new CommandRegistry(contexts),
    now: NOW,
    consumers: 20,
  };
}, 60_000);
afterEach(async () => {
  await store.close();
  await database.drop();
});

const whole = async (): Promise<OpenedEvent[]> => opener(parts.keys)(await store.readAll(0, 100_000));
const minutes = ({ assertedAt, recordedAt }: OpenedEvent) => (Date.parse(recordedAt) - Date.parse(assertedAt!)) / 60_000;

test('the demo is recorded in the order of its arrival, each agency with its own delay', async () => {
  const loaded = await loadDemo(parts);
  const events = await whole();
  expect(events).toHaveLength(loaded!.events);
  expect(events.every(({ recordedAt }, i) => i === 0 || recordedAt >= events[i - 1]!.recordedAt)).toBe(true);
  expect(events.at(-1)!.recordedAt <= new Date(NOW).toISOString()).toBe(true);

  const from = (system: string) =>
    events.filter(({ source, assertedAt, type }) => source.system === system && assertedAt && type !== 'OrganizationRegistered');
  const hospital = from('hospital:st-brigid')
    .filter(({ type }) => !/Registered/.test(type))
    .map(minutes);
  const late = hospital.filter((delay) => delay > 30);
  expect(late.length).toBeGreaterThan(1);
  expect(late.length).toBeLessThan(hospital.length / 20);
  expect(Math.max(...from('hmis:harbor').map(minutes))).toBeGreaterThan(3 * 1440);
}, 120_000);

test('the demo holds what its stories promise', async () => {
  await loadDemo({ ...parts, consumers: 0 });
  const events = await whole();
  const types = new Set(events.map(({ type }) => type));
  for (const type of [
    'AdmissionCancelled', 'DischargeCancelled', 'UnitTransferred', 'RecordsLinked', 'RecordsUnlinked', 'RecordsDeclaredDifferent', 'PeerContactAttempted',
    'CollateralContactMade', 'SupportGivenToOthers', 'OfferAccepted', 'VoucherIssued', 'MovedIn', 'TenancyEnded', 'LivingSituationReported', 'FactConfirmed',
  ]) expect(types).toContain(type); // prettier-ignore
  const moves = events.filter(({ type }) => type === 'MovedIn');
  expect(moves.some(({ supersedes }) => supersedes?.eventId)).toBe(true);
}, 120_000);

test('the demo is told once: a log that holds anything, or was closed, is not seeded', async () => {
  await loadDemo({ ...parts, consumers: 0 });
  expect(await loadDemo({ ...parts, consumers: 0 })).toBeUndefined();
  expect(await store.beginSeeding(SEEDER)).toBe(false);
}, 120_000);

test('a loading that broke off goes on where it was, and records nothing twice', async () => {
  let left = 60;
  const failing: EventStore = Object.assign(Object.create(store) as EventStore, {
    append: (request: Parameters<EventStore['append']>[0]) =>
      (left -= 1) < 0 ? Promise.reject(new Error('pulled the plug')) : store.append(request),
    readStream: store.readStream.bind(store),
    head: store.head.bind(store),
    beginSeeding: store.beginSeeding.bind(store),
  });
  await expect(loadDemo({ ...parts, store: failing, consumers: 0 })).rejects.toThrow('pulled the plug');
  const before = (await store.head()).position;
  expect(before).toBeGreaterThan(20);
  await loadDemo({ ...parts, consumers: 0 });
  const resumed = (await whole()).map(({ id }) => id);
  expect(new Set(resumed).size).toBe(resumed.length);

  const other = await freshDatabase('demo_whole');
  const straight = postgresStore({ url: other.url });
  const client = await straight.pool.connect();
  await migrateLog(client);
  client.release();
  await loadDemo({ ...parts, store: straight, consumers: 0 });
  expect((await straight.readAll(0, 100_000)).map(({ id }) => id).sort()).toEqual([...resumed].sort());
  await straight.close();
  await other.drop();
}, 180_000);
