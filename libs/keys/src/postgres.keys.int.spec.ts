import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { keysKit } from '#keys/testing';
import { Pool } from 'pg';
import type { Keys } from './port.js';
import { postgresKeys } from './postgres.keys.js';

const masterKey = randomBytes(32);
const because = { eventId: randomUUID(), personId: randomUUID() };
let database: FreshDatabase;
let admin: Pool;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase('keys');
  admin = new Pool({ connectionString: database.url, max: 1 });
  admin.on('error', () => undefined);
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
});
afterAll(async () => {
  await admin.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const ledger = () => join(folder, 'erasures.jsonl');
const opened = (more: object = {}) => postgresKeys({ url: database.url, masterKey, ledgerFile: ledger(), ...more });
const using = async (run: (keys: Keys) => Promise<void>, more: object = {}) => {
  const keys = await opened(more);
  try {
    await run(keys);
  } finally {
    await keys.close();
  }
};
const rowsOf = async (id: string) => (await admin.query('select * from keys.key where key_id = $1', [id])).rows;

test.each(keysKit)('PostgreSQL: %s', (_title, run) => using(run));

test('a key is durable before it is handed out, and never stands there in the clear', () =>
  using(async (keys) => {
    const { id, bytes } = await keys.take();
    const [row] = await rowsOf(id);
    expect(row.wrapped.includes(bytes)).toBe(false);
    await using(async (other) => expect((await other.find([id])).get(id)?.bytes).toEqual(bytes));
  }));

test('two processes that start at once on an empty database both come up', async () => {
  const empty = await freshDatabase('keys');
  const both = await Promise.all([opened({ url: empty.url }), opened({ url: empty.url })]);
  await Promise.all(both.map((keys) => keys.close()));
  await empty.drop();
});

test('a wrong master key stops the start and tells the remedy', async () => {
  await using(async () => {});
  await expect(opened({ masterKey: randomBytes(32) })).rejects.toThrow('THROUGHLINE_MASTER_KEY');
});

test('keys made ahead and not used are deleted at the end, keys in use stay', async () => {
  const before = (await admin.query('select from keys.key')).rowCount;
  await using(async (keys) => void (await keys.take()));
  expect((await admin.query('select from keys.key')).rowCount).toBe((before ?? 0) + 1);
});

test('a key that was moved to the row of another does not open', () =>
  using(async (keys) => {
    const [one, other] = [await keys.take(), await keys.take()];
    await admin.query('update keys.key set wrapped = (select wrapped from keys.key where key_id = $1) where key_id = $2', [
      one.id,
      other.id,
    ]);
    await using(async (fresh) => void (await expect(fresh.find([other.id])).rejects.toThrow(`Key ${other.id}`)));
  }));

test('an erasure stands in the ledger in the database and in the file', () =>
  using(async (keys) => {
    const { id } = await keys.take();
    await keys.destroy([id], because);
    const { rows } = await admin.query('select event_id, person_id from keys.erasure where key_id = $1', [id]);
    expect(rows).toEqual([{ event_id: because.eventId, person_id: because.personId }]);
    expect(readFileSync(ledger(), 'utf8')).toContain(id);
  }));

test.each([
  ['the database', () => rmSync(ledger())],
  ['the file', () => admin.query('delete from keys.erasure')],
])(
  'a destroyed key that a backup brings back is destroyed again at the next start, by the ledger in %s',
  async (_where, lose) => {
    let id = '';
    let row: unknown[] = [];
    await using(async (keys) => {
      ({ id } = await keys.take());
      row = Object.values((await rowsOf(id))[0]);
      await keys.destroy([id], because);
    });
    await admin.query('insert into keys.key (key_id, wrapped, created) values ($1, $2, $3)', row);
    await lose();
    await using(async (keys) => expect((await keys.find([id])).size).toBe(0));
    expect(await rowsOf(id)).toEqual([]);
    expect(readFileSync(ledger(), 'utf8')).toContain(id);
    expect((await admin.query('select from keys.erasure where key_id = $1', [id])).rowCount).toBe(1);
  },
);

test('keys just read are served without the database, and a database that is away is named', async () => {
  const doomed = await freshDatabase('keys');
  const keys = await opened({ url: doomed.url });
  const { id } = await keys.take();
  await doomed.drop();
  expect((await keys.find([id])).size).toBe(1);
  await expect(keys.find([randomUUID()])).rejects.toThrow(/key database keys_\w+ at/);
  await keys.close();
});
