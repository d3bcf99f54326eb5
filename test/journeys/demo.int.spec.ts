import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { postgresStore, migrateLog, type PostgresStore } from '#event-store';
import { freshDatabase } from '#embedded-postgres/testing';
import { inMemoryIdentifiers } from '#identifiers/testing';
import { inMemoryKeys } from '#keys/testing';
import { CommandRegistry } from '#nest';
import { contexts } from '../../apps/throughline/src/contexts.js';
import { loadDemo, type DemoParts } from '../../apps/demo/src/load-demo.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: PostgresStore;
beforeAll(async () => {
  database = await freshDatabase('demo');
  store = postgresStore({ url: database.url });
  const client = await store.pool.connect();
  await migrateLog(client);
  client.release();
}, 60_000);
afterAll(async () => {
  await store?.close();
  await database?.drop();
});

const NOW = Date.parse('2026-11-22T15:00:00.000Z');
const parts = (more: Partial<DemoParts> = {}): DemoParts => ({
  store,
  keys,
  identifiers,
  identifierKey: Buffer.alloc(32, 7),
  registry: new CommandRegistry(contexts),
  now: NOW,
  consumers: 30,
  ...more,
});
const keys = inMemoryKeys();
const identifiers = inMemoryIdentifiers();

test('the demo loads through the deciders, in the order of its arrival, and only into an empty log', async () => {
  const started = Date.now();
  const loaded = await loadDemo(parts());
  console.log(loaded, Date.now() - started);
  expect(loaded?.events).toBeGreaterThan(1_000);
}, 120_000);
