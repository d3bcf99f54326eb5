import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem, type as osType } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engine } from '#embedded-postgres';
import pg from 'pg';
import { format, resolveConfig } from 'prettier';
import type { Figure } from './append.load.js';
import { BENCHES } from './benches.js';
import { pageOf, tableOf, type Run } from './report.js';
import { secrecy } from './secrecy.js';

const PAGE = 'docs/benchmarks.md';
/** How busy the machine was with other work. */
const busy = loadavg()[0] ?? 0;
const say = (text: string) => void process.stderr.write(`${text}\n`);

const { values: wanted } = parseArgs({
  options: { json: { type: 'string' }, small: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const names = wanted.only?.split(',') ?? Object.keys(BENCHES);
const strangers = names.filter((name) => !(name in BENCHES));
if (strangers.length > 0) {
  say(`There is no bench ${strangers.join(', ')}: there are ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

/** The server to measure on: a fresh one, in a folder that goes with it, unless one is named. */
const server = async () => {
  const given = process.env['BENCH_DATABASE_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  const clear = () => rm(dataDir, { recursive: true, force: true });
  const { url, stop } = await engine({ dataDir }).catch((error: unknown) => clear().then(() => Promise.reject(error)));
  return { url: url('postgres'), stop: () => stop().finally(clear) };
};

const asked = async <R extends object>(url: string, sql: string): Promise<readonly R[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query<R>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
};

/** Runs one bench in a process and an empty database of its own. */
const measured = async (name: string, url: string): Promise<readonly Figure[]> => {
  const database = `bench_${name}_${randomBytes(4).toString('hex')}`;
  await asked(url, `create database ${database}`);
  const address = new URL(url);
  address.pathname = `/${database}`;
  try {
    return await inChild(name, address.href);
  } finally {
    await asked(url, `drop database if exists ${database} with (force)`);
  }
};
const inChild = (name: string, url: string) =>
  new Promise<readonly Figure[]>((resolve, reject) => {
    const child = fork(new URL('./bench.child.js', import.meta.url), [name, url, wanted.small ? 'small' : 'full']);
    let figures: readonly Figure[] | undefined;
    child.once('message', (message) => (figures = message as readonly Figure[]));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      figures ? resolve(figures) : reject(new Error(`the bench ${name} ended early (${signal ?? code})`)),
    );
  });

const machine = async (url: string): Promise<string> => {
  const [row] = await asked<{ server_version: string }>(url, 'show server_version');
  const [{ model } = { model: 'unknown' }, ...more] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${more.length + 1} × ${model.trim()}, ${memory} GiB, ${osType()}, Node ${process.version}, PostgreSQL ${row?.server_version.split(' ')[0]}, load ${busy.toFixed(1)} before the run`;
};

const run = async (): Promise<Run> => {
  const { url, stop } = await server();
  try {
    const figures: Figure[] = [];
    for (const name of names) {
      say(`Measuring ${name} …`);
      figures.push(...(await measured(name, url)));
    }
    const date = new Date().toISOString().slice(0, 10);
    return { machine: await machine(url), date, cost: secrecy(), figures };
  } finally {
    await stop();
  }
};

// Ctrl-C reaches the bench's process too: it ends, and what was started here is then cleared away.
process.on('SIGINT', () => say('Stopping.'));
const result = await run().catch((error: Error) => {
  say(`The bench could not be finished: ${error.message}`);
  process.exit(1);
});
process.stdout.write(tableOf(result));
if (wanted.json !== undefined)
  await writeFile(wanted.json, `${JSON.stringify({ machine: result.machine, figures: result.figures }, null, 2)}\n`);
if (!wanted.small && wanted.only === undefined) {
  const options = await resolveConfig(PAGE);
  await writeFile(PAGE, await format(pageOf(result), { ...options, filepath: PAGE }));
}
