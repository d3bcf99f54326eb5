import { randomBytes } from 'node:crypto';
import { engine } from '#embedded-postgres';
import pg from 'pg';

export interface FreshDatabase {
  readonly url: string;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Where the tests' engine lives; the end of the test run stops it (`test/stop-engine.mjs`). */
export const testEngineDir = 'node_modules/.cache/throughline-tests';

let server: Promise<string> | undefined;

/** An empty database for one test file: on the server of `TEST_DATABASE_URL`, else on the engine that all test files share. */
export const freshDatabase = async (name = 'test'): Promise<FreshDatabase> => {
  server ??= serverUrl();
  const admin = await server;
  const database = `${name}_${randomBytes(6).toString('hex')}`;
  await command(admin, `create database ${pg.escapeIdentifier(database)}`);
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return { url: url.href, drop: () => command(admin, `drop database if exists ${pg.escapeIdentifier(database)} with (force)`) };
};

const serverUrl = async () => {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  const run = Number(process.env['THROUGHLINE_TEST_RUN'] ?? process.pid);
  // Nothing here outlives the run, so the disk need not be waited for; a killed server loses nothing by it.
  const started = await engine({ dataDir: testEngineDir, user: run, settings: { fsync: 'off', max_connections: '300' } });
  return started.url('postgres');
};

const command = async (url: string, sql: string) => {
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  await connection.query(sql).finally(() => connection.end());
};
