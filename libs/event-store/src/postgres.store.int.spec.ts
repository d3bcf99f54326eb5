import { freshDatabase } from '#embedded-postgres/testing';
import { connected, describeEventStore, postgresLog, request } from '#event-store/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { LogUnavailable } from './port.js';
import { migrateLog } from './postgres.schema.js';
import { postgresStore } from './postgres.store.js';

describeEventStore('a log on PostgreSQL', { open: postgresLog, capabilities: ['several-processes', 'lost-connection'] });

describe('the schema of the log', () => {
  let url: string;
  let drop: () => Promise<void>;
  const role = `reader_${process.pid}`;
  const refusal = (work: (client: pg.Client) => Promise<unknown>) =>
    connected(url, work).then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
  beforeAll(async () => {
    ({ url, drop } = await freshDatabase('schema'));
    await connected(url, (client) => client.query(`create role ${role}`));
  });
  afterAll(async () => {
    await connected(url, (client) => client.query(`drop owned by ${role}; drop role ${role}`));
    await drop();
  });

  test('processes that start at once make it together, and again changes nothing', async () => {
    await Promise.all([1, 2, 3].map(() => connected(url, (client) => migrateLog(client, { role }))));
    const store = postgresStore({ url });
    const { logId } = await store.head();
    await store.append(request());
    await connected(url, migrateLog);
    expect(await store.head()).toMatchObject({ logId, position: 1 });
    await store.close();
  });

  test.each([
    "update log.events set body = 'x'",
    'delete from log.events',
    'truncate log.events',
    'truncate log.seals',
    'delete from log.seals',
  ])('refuses, even to its owner: %s', async (sql) => {
    expect(await refusal((client) => client.query(sql))).toMatch('What the log holds is never changed');
  });

  test.each([
    'update log.events set position = 0',
    'delete from log.events',
    'insert into log.events select * from log.events',
    'update log.log set epoch = 2',
  ])('refuses to the role of an application: %s', async (sql) => {
    expect(await refusal((client) => client.query(`set role ${role}; ${sql}`))).toMatch('permission denied');
  });

  test('lets the role of an application append and read', async () => {
    const store = postgresStore({ url });
    await store.append(request());
    await store.close();
    const { id, type, body, hash } = request().events[0]!;
    const appended = await connected(url, async (client) => {
      await client.query(`set role ${role}`);
      const { rows } = await client.query<{ one: string }>('select log.append_one($1, -1, null, $2, $3, $4, null, $5) as one', [
        'test-x',
        id,
        type,
        body,
        hash,
      ]);
      return [rows[0]!.one, (await client.query('select from log.events')).rowCount];
    });
    expect(appended).toEqual([expect.stringMatching(/^3 20/), 3]);
  });
});

test('a server that is down is named with host and port, never with the password', async () => {
  const store = postgresStore({ url: 'postgres://somebody:s3cret@127.0.0.1:9/log', patienceMs: 200 });
  const errors = await Promise.all([store.append(request()), store.head()].map((asked) => asked.catch((error: Error) => error)));
  for (const error of errors) {
    expect(error).toBeInstanceOf(LogUnavailable);
    expect((error as Error).message).toMatch('127.0.0.1:9/log');
    expect(String((error as Error).stack)).not.toMatch('s3cret');
  }
  await store.close();
});

test('an append after the store was closed is refused, not lost in silence', async () => {
  const store = postgresStore({ url: 'postgres://127.0.0.1:9/log' });
  await store.close();
  await expect(store.append(request())).rejects.toBeInstanceOf(LogUnavailable);
});
