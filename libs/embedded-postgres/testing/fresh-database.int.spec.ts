import { afterAll, expect, test } from '@jest/globals';
import { freshDatabase } from '#embedded-postgres/testing';
import pg from 'pg';

const ask = async (url: string, sql: string) => {
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  return connection
    .query(sql)
    .then(
      ({ rows }) => rows,
      (error: Error) => error.message,
    )
    .finally(() => connection.end());
};
const dropped: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(dropped.map((drop) => drop())));

test('two test files never share a database', async () => {
  const [one, other] = await Promise.all([freshDatabase('reads'), freshDatabase('reads')]);
  dropped.push(one.drop, other.drop);
  await ask(one.url, 'create table only_here (n int)');
  expect(await ask(other.url, 'select * from only_here')).toMatch('does not exist');
});

test('a database is dropped while a connection to it is still open', async () => {
  const { url, drop } = await freshDatabase('held');
  const held = new pg.Client({ connectionString: url });
  held.on('error', () => undefined);
  await held.connect();
  await drop();
  await expect(ask(url, 'select 1')).rejects.toThrow('does not exist');
});
