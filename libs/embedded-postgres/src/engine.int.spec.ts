import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { engine } from '#embedded-postgres';
import { transformFileSync } from '@swc/core';
import pg from 'pg';
import { alive } from './lock.js';
import { postmasterOf } from './postmaster.js';

const folders: string[] = [];
const started: ChildProcess[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'throughline-engine-'));
  folders.push(made);
  return made;
};
const settings = { fsync: 'off', shared_buffers: '16MB' };
const quiet = () => undefined;

const ask = async (url: string, sql: string): Promise<unknown> => {
  const connection = new pg.Client({ connectionString: url });
  connection.on('error', quiet);
  await connection.connect();
  return connection
    .query({ text: sql, rowMode: 'array' })
    .then(
      ({ rows }) => rows[0]?.[0],
      (error: Error) => error.message,
    )
    .finally(() => connection.end());
};
const eventually = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const found = await Promise.resolve(look()).catch(quiet);
    if (found) return found;
    await sleep(50);
  }
  throw new Error('it never came about');
};
const pidIn = (dataDir: string) => postmasterOf(join(dataDir, 'postgres'))?.pid as number;
const kill = async (pid: number, signal: NodeJS.Signals) => {
  process.kill(pid, signal);
  await eventually(() => !alive(pid));
};

/** The engine as a program of its own, built aside: a second process cannot read TypeScript. */
const program = 'node_modules/.cache/throughline-engine-program';
beforeAll(() => {
  rmSync(program, { recursive: true, force: true });
  mkdirSync(program, { recursive: true });
  writeFileSync(join(program, 'package.json'), '{ "type": "module" }');
  const sources = readdirSync('libs/embedded-postgres/src').filter((name) => !name.includes('.spec.'));
  for (const name of sources) {
    const jsc = { parser: { syntax: 'typescript' }, target: 'es2022' } as const;
    const { code } = transformFileSync(join('libs/embedded-postgres/src', name), { jsc, module: { type: 'es6' } });
    writeFileSync(join(program, name.replace(/ts$/, 'js')), code);
  }
  writeFileSync(
    join(program, 'main.js'),
    `import { engine } from './engine.js';
     const { url, owned } = await engine({ dataDir: process.argv[2], settings: ${JSON.stringify(settings)} });
     console.log(JSON.stringify({ url: url('postgres'), owned }));
     if (process.argv[3] === 'leave') process.exit(0);
     setInterval(() => {}, 1000);`,
  );
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  for (const dataDir of folders) {
    if (pidIn(dataDir)) process.kill(pidIn(dataDir), 'SIGKILL');
    await eventually(() => !pidIn(dataDir));
    rmSync(dataDir, { recursive: true, force: true });
  }
});

const another = async (dataDir: string, ...args: string[]) => {
  const child = spawn(process.execPath, [resolve(program, 'main.js'), dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const told = await eventually(() =>
    output.endsWith('\n') ? (JSON.parse(output) as { url: string; owned: boolean }) : undefined,
  );
  const ended = new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(child.exitCode)));
  return { ...told, pid: child.pid as number, kill: (signal: NodeJS.Signals) => child.kill(signal), ended };
};

test('it starts in an empty folder, keeps what it was given, and leaves nothing running', async () => {
  const dataDir = folder();
  const first = await engine({ dataDir, settings });
  const url = await first.ensureDatabase('people_and_places');
  await ask(url, 'create table said (word text)');
  await ask(url, "insert into said values ('kept')");
  await first.stop();
  expect([pidIn(dataDir), existsSync(join(dataDir, 'engine.json'))]).toEqual([undefined, false]);

  const again = await engine({ dataDir, settings });
  expect(await ask(await again.ensureDatabase('people_and_places'), 'select word from said')).toBe('kept');
  await again.stop();
});

test('only this machine reaches it, only with the password, and the password is nobody else’s to read', async () => {
  const dataDir = folder();
  const { url, stop } = await engine({ dataDir, settings });
  expect(await ask(url('postgres'), 'show listen_addresses')).toBe('127.0.0.1');
  expect(await ask(url('postgres'), 'show unix_socket_directories')).toBe('');
  const wrong = new URL(url('postgres'));
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  for (const file of ['engine.password', 'engine.json', 'postgres.log'])
    expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
  await stop();
});

test('its log repeats no value that a statement held', async () => {
  const dataDir = folder();
  const { url, stop } = await engine({ dataDir, settings });
  await ask(url('postgres'), 'create table person (mrn text primary key)');
  await ask(url('postgres'), "insert into person values ('MRN-4711')");
  expect(await ask(url('postgres'), "insert into person values ('MRN-4711')")).toMatch('duplicate key');
  expect(await ask(url('postgres'), "select 'MRN-4711'::int")).toMatch('invalid input');
  await stop();
  const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
  expect(log).toMatch('duplicate key');
  expect(log.replace(/invalid input syntax for type integer: "MRN-4711"/, '')).not.toMatch('4711');
});

test('a second process attaches, and the last to leave stops the server', async () => {
  const dataDir = folder();
  const ours = await engine({ dataDir, settings });
  const theirs = await another(dataDir);
  expect([ours.owned, theirs.owned, theirs.url]).toEqual([true, false, ours.url('postgres')]);
  await ours.stop();
  expect(await ask(theirs.url, 'select 1')).toBe(1);
  theirs.kill('SIGTERM');
  expect(await theirs.ended).toBe(143);
  expect(pidIn(dataDir)).toBeUndefined();
});

test('several processes that start at one moment share one server', async () => {
  const dataDir = folder();
  const all = await Promise.all([another(dataDir), another(dataDir), another(dataDir)]);
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  expect(all.filter(({ owned }) => owned)).toHaveLength(1);
  for (const one of all) one.kill('SIGINT');
  expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([130, 130, 130]);
  expect(pidIn(dataDir)).toBeUndefined();
});

test('a process that exits without a word still stops its server', async () => {
  const dataDir = folder();
  await (
    await another(dataDir, 'leave')
  ).ended;
  await eventually(() => pidIn(dataDir) === undefined);
  expect(existsSync(join(dataDir, 'engine.json'))).toBe(false);
});

test('a server whose owner was killed is taken over', async () => {
  const dataDir = folder();
  const owner = await another(dataDir);
  await kill(owner.pid, 'SIGKILL');
  const next = await engine({ dataDir, settings });
  expect([next.owned, next.url('postgres')]).toEqual([true, owner.url]);
  await next.stop();
  expect(pidIn(dataDir)).toBeUndefined();
});

test('a killed server comes back on its port with all that was acknowledged', async () => {
  const dataDir = folder();
  const said: string[] = [];
  const { url, stop } = await engine({ dataDir, settings, say: (line) => said.push(line) });
  await ask(url('postgres'), 'create table said as select 1 as n');
  const pid = pidIn(dataDir);
  await kill(pid, 'SIGKILL');
  expect(await eventually(() => ask(url('postgres'), 'select n from said'))).toBe(1);
  expect(pidIn(dataDir)).not.toBe(pid);
  expect(said).toEqual(['PostgreSQL has ended unexpectedly; it is started again.']);
  await stop();
});

test('after server and owner were both killed, the next start recovers', async () => {
  const dataDir = folder();
  const owner = await another(dataDir);
  await ask(owner.url, 'create table said as select 1 as n');
  await kill(owner.pid, 'SIGKILL');
  process.kill(pidIn(dataDir), 'SIGKILL');
  const next = await engine({ dataDir, settings });
  expect(await ask(next.url('postgres'), 'select n from said')).toBe(1);
  await next.stop();
});

test('a stale pid that another program was given meanwhile does not stand in the way', async () => {
  const dataDir = folder();
  await (await engine({ dataDir, settings })).stop();
  writeFileSync(
    join(dataDir, 'postgres/postmaster.pid'),
    `${process.ppid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n127.0.0.1\n0 0\nready   \n`,
  );
  writeFileSync(join(dataDir, 'engine.lock'), '999999999');
  const { url, stop } = await engine({ dataDir, settings });
  expect(await ask(url('postgres'), 'select 1')).toBe(1);
  await stop();
});

test('a folder that cannot be used is named, with the remedy', async () => {
  const dataDir = join(folder(), 'a-file');
  writeFileSync(dataDir, '');
  await expect(engine({ dataDir, settings })).rejects.toThrow(dataDir);
  const older = folder();
  mkdirSync(join(older, 'postgres'));
  writeFileSync(join(older, 'postgres/PG_VERSION'), '15\n');
  await expect(engine({ dataDir: older, settings })).rejects.toThrow(/written by PostgreSQL 15.*pg_upgrade/);
});

(process.getuid?.() === 0 ? test : test.skip)(
  'where root has no user namespaces, it runs as another user and says where',
  async () => {
    const dataDir = folder();
    const said: string[] = [];
    const { url, stop } = await engine({ dataDir, settings, runAs: 'other-user', say: (line) => said.push(line) });
    const place = /with its data in (\S+?)(?: and|\.$)/.exec(said[0] ?? '')?.[1] as string;
    folders.push(resolve(place, '..'));
    expect(await ask(url('postgres'), 'show data_directory')).toBe(place);
    expect(statSync(place).uid).not.toBe(0);
    await stop();
  },
);
