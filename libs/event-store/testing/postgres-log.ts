import { freshDatabase } from '#embedded-postgres/testing';
import { migrateLog } from '../src/postgres.schema.js';
import { postgresStore, type PostgresStore } from '../src/postgres.store.js';
import pg from 'pg';
import type { Subject } from './subject.js';

/** Runs `work` on a connection of its own. */
export const connected = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const BREAK = `
  select pg_terminate_backend(pid) from pg_stat_activity
   where datname = current_database() and pid <> pg_backend_pid() and application_name = 'throughline-log'`;

/** An empty log in a database of its own; `url` to reach behind the store's back. */
export const postgresLog = async (): Promise<Subject & { readonly store: PostgresStore; readonly url: string }> => {
  const { url, drop } = await freshDatabase('log');
  await connected(url, migrateLog);
  const stores: PostgresStore[] = [];
  const another = () => {
    const store = postgresStore({ url });
    stores.push(store);
    return Promise.resolve(store);
  };
  const store = await another();
  return {
    url,
    store,
    another,
    breakConnections: () => connected(url, async (client) => void (await client.query(BREAK))),
    close: async () => {
      await Promise.all(stores.map((open) => open.close()));
      await drop();
    },
  };
};
