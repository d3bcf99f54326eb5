import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { CursorOfAnotherLog, type EventStore } from '#event-store';
import { tableDump, testLog, type TestLog } from '#read-store/testing';
import {
  dataSourceOf, firstMigration, migrate, openPool, pairRows, personRows, placeRows, ProjectionRunner, rows,
  type Pool, type Projection, type RunnerOptions,
} from '#read-store'; // prettier-ignore

/** Counts, remembers each version, and forgets a stream that is withdrawn. */
const countRows = rows<{ readonly seen: number; readonly last: string }>({
  name: 'count',
  keeps: 'both',
  keys: ({ streamId, personId }) => (personId ? [streamId] : []),
  fold: (before, { type }) => {
    if (type === 'PeerContactAttempted' && poison) throw new Error('cannot be counted');
    return type === 'FactWithdrawn' ? null : { seen: (before?.seen ?? 0) + 1, last: type };
  },
  columns: [{ name: 'person_id', type: 'uuid', of: (_, { personId }) => personId, index: 'btree' }],
});
let poison = false;
const projection: Projection = { name: 'count@1', tables: [countRows, personRows(), pairRows, placeRows] };

let database: FreshDatabase;
let pool: Pool;
let schemas = 0;
beforeAll(async () => {
  database = await freshDatabase('runner');
  pool = openPool(database.url, { most: 8 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const freshSchema = async () => {
  const schema = `s${(schemas += 1)}`;
  const source = dataSourceOf(database.url, schema, [], [firstMigration(projection, 1_763_769_600_000)]);
  await migrate(source);
  await source.destroy();
  return schema;
};
const runnerOn = (log: Pick<TestLog, 'store' | 'openPage'>, schema: string, more: Partial<RunnerOptions> = {}) =>
  new ProjectionRunner({ ...log, pool, projection, schema, leaseSeconds: 1, ...more });
const folded = async (log: TestLog, more: Partial<RunnerOptions> = {}, schema?: string) => {
  const into = schema ?? (await freshSchema());
  const runner = runnerOn(log, into, more);
  runner.start();
  expect(await runner.waitFor((await log.store.head()).position, 20_000)).toBe(true);
  await runner.stop();
  return { schema: into, dump: await tableDump(pool, projection, into) };
};

const lives = async (log: TestLog, people: number, contacts: number) => {
  for (let p = 0; p < people; p++) {
    const personId = randomUUID();
    await log.tell({
      streamId: `person-${personId}`,
      personId,
      type: 'PersonRegistered',
      data: { identityLevel: 'named', names: [{ use: 'usual', given: 'Rosa', family: `M${p}` }] },
    });
    for (let c = 0; c < contacts; c++) {
      const streamId = `contact-${randomUUID()}`;
      const data = { method: 'phone', setting: 'home' };
      const [id] = await log.tell({ streamId, personId, type: 'PeerContactMade', data, at: '2026-03-05' });
      await log.tell({ streamId, personId, type: 'FactConfirmed', data: { repeated: [id] } });
      if (c % 3 === 0)
        await log.tell({
          streamId,
          personId,
          type: 'FactWithdrawn',
          data: { reason: 'entered-in-error' },
          supersedes: { eventId: id as string },
        });
      if (c % 6 === 0) await log.tell({ streamId, personId, type: 'PeerContactMade', data, at: '2026-03-06' });
    }
  }
};

test('a rebuild equals the live rows byte for byte, whatever the page size, the memory and the kills in between', async () => {
  const log = testLog();
  const live = runnerOn(log, await freshSchema(), { pageSize: 3 });
  live.start();
  await lives(log, 6, 7);
  await live.waitFor((await log.store.head()).position, 20_000);
  await live.stop();
  const dump = await tableDump(pool, projection, 's1');
  expect(dump['count_history']?.length).toBeGreaterThan(90);
  for (const pageSize of [1, 7, 1000]) expect((await folded(log, { pageSize, mostRows: 2 })).dump).toEqual(dump);
  const schema = await freshSchema();
  for (let kill = 0; kill < 5; kill++) {
    const runner = runnerOn(log, schema, { pageSize: 5 });
    runner.start();
    await runner.waitFor((kill + 1) * 11, 5000);
    await runner.stop();
  }
  expect((await folded(log, {}, schema)).dump).toEqual(dump);
}, 60_000);

test('events that are delivered again change nothing', async () => {
  const log = testLog();
  await lives(log, 2, 4);
  const { schema, dump } = await folded(log);
  const again: Pick<EventStore, 'subscribeAll' | 'head' | 'readStream'> = {
    head: () => log.store.head(),
    readStream: (id) => log.store.readStream(id),
    subscribeAll: (_, options) => log.store.subscribeAll('beginning', options),
  };
  const runner = runnerOn({ ...log, store: again as EventStore }, schema, { pageSize: 4 });
  runner.start();
  await lives(log, 1, 1);
  await runner.waitFor((await log.store.head()).position, 10_000);
  await runner.stop();
  expect((await folded(log)).dump).toEqual(await tableDump(pool, projection, schema));
  expect(dump['count']?.length).toBeGreaterThan(0);
});

test('of two processes one folds, and the other takes over when it is gone', async () => {
  const log = testLog();
  const schema = await freshSchema();
  const [first, second] = [runnerOn(log, schema), runnerOn(log, schema)];
  first.start();
  await lives(log, 1, 3);
  await first.waitFor((await log.store.head()).position, 5000);
  second.start();
  await lives(log, 1, 3);
  await first.waitFor((await log.store.head()).position, 5000);
  expect((await second.status()).state).toBe('waiting');
  await first.stop();
  await lives(log, 1, 3);
  expect(await second.waitFor((await log.store.head()).position, 5000)).toBe(true);
  await second.stop();
  expect(await tableDump(pool, projection, schema)).toEqual((await folded(log)).dump);
});

test('an event that cannot be taken parks its stream in order, the others go on, and a mended projection catches up to what a rebuild gives', async () => {
  const log = testLog();
  const [one, other, personId] = [`contact-${randomUUID()}`, `contact-${randomUUID()}`, randomUUID()];
  const data = { method: 'phone', setting: 'home' } as const;
  poison = true;
  const schema = await freshSchema();
  const runner = runnerOn(log, schema);
  runner.start();
  await log.tell(
    { streamId: one, personId, type: 'PeerContactAttempted', data: { ...data, result: 'no-answer' } },
    { streamId: one, personId, type: 'PeerContactMade', data },
    { streamId: other, personId, type: 'PeerContactMade', data },
  );
  await runner.waitFor(3, 5000);
  const { parked } = await runner.status();
  expect(parked.map(({ position, reason }) => [position, reason])).toEqual([[1, 'cannot be counted'], [2, 'stands behind a parked event of its stream']]); // prettier-ignore
  expect((await tableDump(pool, projection, schema))['count']).toHaveLength(1);
  await runner.redrive();
  expect((await runner.status()).parked).toHaveLength(2);
  poison = false;
  await runner.redrive();
  expect((await runner.status()).parked).toEqual([]);
  await runner.stop();
  expect(await tableDump(pool, projection, schema)).toEqual((await folded(log)).dump);
});

test('an event type that this version does not know parks its stream and names the type', async () => {
  const log = testLog();
  const streamId = `contact-${randomUUID()}`;
  const openPage: TestLog['openPage'] = (stored) =>
    log.openPage(stored.map((event) => (event.position === 1 ? { ...event, type: 'PeerTelepathyHeld' } : event)));
  await log.tell({ streamId, personId: randomUUID(), type: 'PeerContactMade', data: { method: 'phone', setting: 'home' } });
  await lives(log, 1, 1);
  const runner = runnerOn({ ...log, openPage }, await freshSchema());
  runner.start();
  expect(await runner.waitFor((await log.store.head()).position, 5000)).toBe(true);
  const [parked] = (await runner.status()).parked;
  expect(parked?.reason).toMatch('PeerTelepathyHeld is unknown here');
  await runner.stop();
});

test('a lost connection to the rows is outlived', async () => {
  const log = testLog();
  const schema = await freshSchema();
  const own = openPool(database.url);
  const runner = runnerOn(log, schema, { pool: own });
  runner.start();
  await lives(log, 1, 2);
  await pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await lives(log, 2, 2);
  expect(await runner.waitFor((await log.store.head()).position, 10_000)).toBe(true);
  await runner.stop();
  await own.end();
  expect(await tableDump(pool, projection, schema)).toEqual((await folded(log)).dump);
}, 30_000);

test('a log that is not the one it folded stops a projection, which says how to mend it', async () => {
  const log = testLog();
  await lives(log, 1, 1);
  const { schema } = await folded(log);
  const restored = testLog();
  await lives(restored, 2, 1);
  const runner = runnerOn(restored, schema);
  runner.start();
  await eventually(async () => expect((await runner.status()).state).toBe('stopped'));
  expect((await runner.status()).error).toMatch('Rebuild it');
  await runner.rebuild();
  expect(await runner.waitFor((await restored.store.head()).position, 5000)).toBe(true);
  await runner.stop();
  expect(await tableDump(pool, projection, schema)).toEqual((await folded(restored)).dump);
  expect(CursorOfAnotherLog.name).toBe('CursorOfAnotherLog');
});

const eventually = async (check: () => Promise<void>) => {
  for (let left = 50; ; left--) {
    try {
      return await check();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
