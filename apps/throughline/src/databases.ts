import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engine, type Engine } from '#embedded-postgres';
import { postgresStore } from '#event-store';
import { isUnavailable, type Configuration } from '#nest';
import { ERASURES, SEALS } from './compose.js';

export interface Databases {
  readonly databaseUrl: string;
  readonly keysUrl: string;
  /** Leaves the embedded server, which stops with the last that uses it; a server of one's own is left alone. */
  stop(): Promise<void>;
}

const LOG = 'throughline';
const KEYS = 'throughline_keys';

interface Settings extends Pick<Configuration, 'DATABASE_URL' | 'KEYS_DATABASE_URL' | 'THROUGHLINE_DATA'> {
  /** Forget all that the embedded server holds, and begin anew. */
  readonly anew?: boolean;
}

/** The two databases: on the server of `DATABASE_URL`, else on the embedded one, which is started or attached to. */
export const databases = async (settings: Settings, say: (line: string) => void): Promise<Databases> => {
  if (settings.DATABASE_URL === undefined) return embedded(await engine({ dataDir: settings.THROUGHLINE_DATA, say }), settings);
  if (settings.anew) throw new Error('A fresh demo is made on the embedded PostgreSQL only: unset DATABASE_URL.');
  const { DATABASE_URL: databaseUrl, KEYS_DATABASE_URL: keysUrl = besides(databaseUrl, KEYS) } = settings;
  await patiently(() => ensureKeys(databaseUrl, keysUrl), say).catch((error: Error) => {
    const { host, pathname } = new URL(databaseUrl);
    throw new Error(`PostgreSQL at ${host}${pathname} cannot be used: ${error.message || 'no connection'}. Check DATABASE_URL.`);
  });
  return { databaseUrl, keysUrl, stop: () => Promise.resolve() };
};

const embedded = async (server: Engine, { KEYS_DATABASE_URL, THROUGHLINE_DATA, anew }: Settings): Promise<Databases> => {
  try {
    if (anew) await forget(server, THROUGHLINE_DATA);
    const databaseUrl = await server.ensureDatabase(LOG);
    const keysUrl = KEYS_DATABASE_URL ?? (await server.ensureDatabase(KEYS));
    return { databaseUrl, keysUrl, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
};

/** The databases, and what stands beside them of the same log; the keys of the installation stay. */
const forget = async (server: Engine, dataDir: string): Promise<void> => {
  if (!server.owned) throw new Error('Throughline is running on this data: stop it first, then make the demo anew.');
  const { pool, close } = opened(server.url('postgres'));
  try {
    for (const name of [LOG, KEYS]) await pool.query(`drop database if exists ${quoted(name)} with (force)`);
    for (const file of [SEALS, ERASURES]) await rm(join(dataDir, file), { force: true });
  } finally {
    await close();
  }
};

const besides = (address: string, database: string): string => {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
};

/** Waits between tries, in seconds: about a minute in all. */
const PAUSES = [1, 2, 4, 8, 15, 30];

/** Tries again while the database does not answer; what it refuses is thrown at once. */
export const patiently = async <T>(
  work: () => Promise<T>,
  say: (line: string) => void,
  pauses: readonly number[] = PAUSES,
): Promise<T> => {
  for (const seconds of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      say(`The database does not answer (${error.message || 'no connection'}); trying again in ${seconds} s.`);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
  return work();
};

/** A database cannot be made under a parameter; this is the identifier quoted as SQL asks. */
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Makes the keys' database where it is missing on the log's own server. */
const ensureKeys = async (databaseUrl: string, keysUrl: string): Promise<void> => {
  if (new URL(databaseUrl).host !== new URL(keysUrl).host) return;
  const name = decodeURIComponent(new URL(keysUrl).pathname.slice(1));
  const { pool, close } = opened(databaseUrl);
  try {
    const { rowCount } = await pool.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await pool.query(`create database ${quoted(name)}`);
  } finally {
    await close();
  }
};

const opened = (url: string) => {
  const store = postgresStore({ url });
  return { pool: store.pool, close: () => store.close() };
};
