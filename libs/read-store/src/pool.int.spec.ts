import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { postgresStore } from '#event-store';
import { openPool, type Pool } from '#read-store';

let database: FreshDatabase;
beforeAll(async () => void (database = await freshDatabase('pool')), 60_000);
afterAll(() => database?.drop());

/** A connection that breaks between two statements of its borrower. */
const breaksWhileLent = async (pool: Pool) => {
  const [lent, other] = [await pool.connect(), await pool.connect()];
  const { rows } = await lent.query<{ pid: number }>('select pg_backend_pid() pid');
  const broken = new Promise((resolve) => lent.once('end', resolve));
  await other.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
  other.release();
  await broken;
  return lent;
};

test.each([
  ['a read model’s pool', () => openPool(database.url)],
  ['the log’s pool', () => postgresStore({ url: database.url }).pool],
])('%s outlives a connection that breaks while it is lent out', async (_, open) => {
  const pool = open();
  const lent = await breaksWhileLent(pool);
  expect(lent.listenerCount('error')).toBeGreaterThan(0);
  await expect(lent.query('select 1')).rejects.toThrow();
  lent.release(true);
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
