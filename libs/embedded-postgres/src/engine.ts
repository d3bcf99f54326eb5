import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chooseAccount, type RunAs } from './account.js';
import { findBinaries } from './binaries.js';
import { passwordOf, startCluster, type Cluster } from './cluster.js';
import { explained } from './engine-error.js';
import { readEngineFile, removeEngineFile, writeEngineFile } from './engine-file.js';
import { locked } from './lock.js';
import { postmasterOf, stopPostmaster, type Postmaster } from './postmaster.js';
import { watch } from './watch.js';

export interface EngineOptions {
  /** Folder of all that the engine keeps: `postgres/`, `postgres.log`, `engine.json`, `engine.password`. `.data` unless told. */
  readonly dataDir?: string;
  /** PostgreSQL settings over our own; they count only where this call starts the engine. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Hears what a person should know; standard error unless told. */
  readonly say?: (line: string) => void;
  /** Another process, for which the engine is to stay up; it is then that process's part to leave. */
  readonly user?: number;
  /** Root's way to run PostgreSQL; the best one that works, unless told. */
  readonly runAs?: RunAs;
}

export interface Engine {
  /** Address of a database, made or not: `postgres://postgres:<password>@127.0.0.1:<port>/<name>`. */
  url(database: string): string;
  /** Makes the database if there is none; answers with its address. */
  ensureDatabase(name: string): Promise<string>;
  /** Whether this call started the server, or took it over from a process that died. */
  readonly owned: boolean;
  /** Leaves the engine; the last process to leave stops the server, everything acknowledged on disk. */
  stop(): Promise<void>;
}

/**
 * The embedded PostgreSQL of a folder: attached to where it runs, else started. Recovers from whatever was killed before.
 * While this process uses it, a server that dies is started again on the same port. Throws `EngineError`.
 */
export const engine = async (options: EngineOptions = {}): Promise<Engine> => {
  const dataDir = resolve(options.dataDir ?? '.data');
  const user = options.user ?? process.pid;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const cluster = clusterOf(dataDir, options);
    const { server, owned } = await alone(dataDir, () => attachOrStart(cluster, user));
    const leave = () => alone(dataDir, () => leaveOrStop(cluster, user));
    const url = (database: string) => address(cluster, server.port, database);
    const unwatch = options.user === undefined ? watch(cluster, leave) : () => undefined;
    const stop = async () => {
      unwatch();
      await leave();
    };
    return { url, owned, ensureDatabase: (name) => ensureDatabase(url, name), stop };
  } catch (error) {
    throw explained(error, dataDir);
  }
};

const clusterOf = (
  dataDir: string,
  { settings = {}, runAs, say = (line) => void process.stderr.write(`${line}\n`) }: EngineOptions,
) => {
  const account = chooseAccount(dataDir, findBinaries(), say, runAs);
  return { dataDir, account, settings, say };
};

const alone = <T>(dataDir: string, work: () => Promise<T>) => locked(`${dataDir}/engine.lock`, work);

const attachOrStart = async (cluster: Cluster, user: number) => {
  const before = readEngineFile(cluster.dataDir);
  const running = await answering(cluster);
  const server = running ?? (await startCluster(cluster, before?.port));
  const users = new Set(running ? before?.users : []);
  const owned = users.size === 0;
  writeEngineFile(cluster.dataDir, {
    host: '127.0.0.1',
    port: server.port,
    pid: server.pid,
    user: 'postgres',
    data: cluster.account.data,
    startedAt: (running && before?.startedAt) || new Date().toISOString(),
    users: [...users.add(user)],
  });
  return { server, owned };
};

/** The running server, if it answers in time; one that hangs, or is going down, is waited for and then ended. */
const answering = async (cluster: Cluster): Promise<Postmaster | undefined> => {
  const { data } = cluster.account;
  for (let attempt = 0; attempt < 100; attempt++) {
    const server = postmasterOf(data);
    if (!server) return undefined;
    if (server.status === 'ready' && (await answers(address(cluster, server.port, 'postgres')))) return server;
    await sleep(100);
  }
  await stopPostmaster(data, 5_000);
  return undefined;
};

const leaveOrStop = async (cluster: Cluster, user: number) => {
  const file = readEngineFile(cluster.dataDir);
  const users = file?.users.filter((other) => other !== user) ?? [];
  if (file && users.length > 0) return writeEngineFile(cluster.dataDir, { ...file, users });
  removeEngineFile(cluster.dataDir);
  await stopPostmaster(cluster.account.data);
};

const address = (cluster: Cluster, port: number, database: string) =>
  `postgres://postgres:${passwordOf(cluster)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

const answers = async (url: string) => {
  const connection = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    await connection.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await connection.end().catch(() => undefined);
  }
};

const ensureDatabase = async (url: (database: string) => string, name: string) => {
  const connection = new pg.Client({ connectionString: url('postgres') });
  await connection.connect();
  try {
    await connection.query(`create database ${pg.escapeIdentifier(name)}`).catch((error: pg.DatabaseError) => {
      // Exists already, or was made by another at the same moment.
      if (error.code !== '42P04' && error.code !== '23505') throw error;
    });
    return url(name);
  } finally {
    await connection.end();
  }
};
