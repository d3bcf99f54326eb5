import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.js';
import { EngineError, explained } from './engine-error.js';
import { forgetStranger, postmasterOf, type Postmaster } from './postmaster.js';

const major = '18';

/** Loopback only and by password; durable at commit; a log that repeats no statement and no value, for these may be of persons. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  wal_buffers: '16MB',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** Everything that one engine keeps, and the account that it runs under. */
export interface Cluster {
  readonly dataDir: string;
  readonly account: Account;
  readonly settings: Readonly<Record<string, string>>;
  readonly say: (line: string) => void;
}

export const passwordOf = ({ dataDir }: Cluster): string => readFileSync(join(dataDir, 'engine.password'), 'utf8').trim();
const logOf = ({ dataDir }: Cluster) => join(dataDir, 'postgres.log');

/** Starts the cluster (made first, if there is none) and waits until it takes connections. */
export const startCluster = async (cluster: Cluster, wish?: number): Promise<Postmaster> => {
  const { data } = cluster.account;
  if (!existsSync(join(data, 'PG_VERSION'))) await createCluster(cluster);
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== major)
    throw new EngineError(
      `${data} was written by PostgreSQL ${version}, and this is ${major}: move it away, or bring it over with pg_upgrade.`,
    );
  return launchPatiently(cluster, wish);
};

/** A server killed together with its processes may hold its memory, and a port its address, for a moment longer. */
const passing = /Address already in use|shared memory block|postmaster\.pid/;
const launchPatiently = async (cluster: Cluster, wish?: number) => {
  const { data } = cluster.account;
  for (let attempt = 0; ; attempt++) {
    forgetStranger(data);
    const outcome = await launch(cluster, await freePort(attempt === 0 ? wish : undefined));
    if (typeof outcome !== 'string') return outcome;
    if (attempt === 20 || !passing.test(outcome)) throw explained(outcome, cluster.dataDir);
    await sleep(250);
  }
};

/** Made aside and then renamed, so that a killed initdb leaves nothing half made. */
const createCluster = async (cluster: Cluster) => {
  const { account, dataDir } = cluster;
  const aside = mkdtempSync(`${account.data}.new-`);
  try {
    const made = join(aside, 'data');
    const given = passwordFor(cluster, aside);
    const how = [
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--auth=scram-sha-256',
    ];
    const { ended } = run(cluster, account.binaries.initdb, ['-D', made, '-U', 'postgres', `--pwfile=${given}`, ...how]);
    const failure = await ended;
    if (failure !== undefined) throw explained(failure, dataDir);
    rmSync(account.data, { recursive: true, force: true });
    renameSync(made, account.data);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
};

/** Kept for those who connect, and put once where PostgreSQL's own account can read it. */
const passwordFor = ({ account: { ids }, dataDir }: Cluster, folder: string) => {
  const [kept, given] = [join(dataDir, 'engine.password'), join(folder, 'password')];
  const password = randomBytes(24).toString('base64url');
  for (const path of [kept, given]) writeFileSync(path, password, { mode: 0o600 });
  if (ids) for (const path of [folder, given]) chownSync(path, ids.uid, ids.gid);
  return given;
};

/** The server once it is ready, or what it said before it gave up. */
const launch = async (cluster: Cluster, port: number): Promise<Postmaster | string> => {
  const { account } = cluster;
  const chosen = { ...settings, ...cluster.settings, port: String(port) };
  const args = ['-D', account.data, ...Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const { child, ended } = run(cluster, account.binaries.postgres, args);
  const patience = setTimeout(
    () => cluster.say('PostgreSQL is recovering what it had not finished; this may take a while …'),
    5_000,
  );
  const outcome = await Promise.race([ended.then((said) => said ?? 'it ended at once'), ready(account.data, child)]);
  clearTimeout(patience);
  child.unref();
  return outcome;
};

const ready = async (data: string, child: ChildProcess): Promise<Postmaster | string> => {
  while (child.pid && child.exitCode === null && child.signalCode === null) {
    const server = postmasterOf(data);
    if (server?.pid === child.pid && server?.status === 'ready') return server;
    await sleep(20);
  }
  return new Promise<never>(() => undefined);
};

/** Apart from the terminal, so that Ctrl-C reaches this process first and it can close in order. */
const run = (cluster: Cluster, file: string, args: readonly string[]) => {
  const { account } = cluster;
  const path = logOf(cluster);
  const start = rotated(path);
  const log = openSync(path, 'a', 0o600);
  const [command, all] = account.command(file, args);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C' };
  const child = spawn(command, all, {
    ...account.ids,
    detached: true,
    stdio: ['ignore', log, log],
    cwd: dirname(account.data),
    env,
  });
  closeSync(log);
  const tail = () => readFileSync(path).subarray(start).toString('utf8').trim().split('\n').slice(-12).join('\n');
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(code === 0 ? undefined : tail()));
  });
  return { child, ended };
};

const largestLog = 10 * 1024 * 1024;
const rotated = (path: string) => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= largestLog) return size;
  renameSync(path, `${path}.1`);
  return 0;
};

const freePort = async (wish = 0): Promise<number> => {
  const server = createServer();
  const port = await new Promise<number | undefined>((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(wish, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port ?? freePort();
};
