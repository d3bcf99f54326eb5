import autocannon from 'autocannon';
import { pino } from 'pino';
import type { AddressInfo } from 'node:net';
import { openAccess } from '#access';
import { postgresStore } from '#event-store';
import { createService, Readiness, stopService } from '#nest';
import { openPool, type Pool } from '#read-store';
import { timelineApi } from '../../apps/timeline/src/timeline.api.js';
import { openTimeline, SCHEMA } from '../../apps/timeline/src/timeline.module.js';
import { TimelineReads } from '../../apps/timeline/src/timeline.reads.js';
import type { Figure } from './append.load.js';
import { copyLives, derivedKeys, EVENTS_A_LIFE } from './lives.js';

const ZONE = 'America/Detroit';
const CONNECTIONS = 8;
const PERSONS = 400;
/** Whom a team reads again and again. */
const CARED_FOR = 100;
const SECONDS = 2;
const TURNS = 3;

const none = (): Promise<never> => Promise.reject(new Error('the bench sends no commands'));

/** Timelines and nothing else, over HTTP, each reading passing the gate and put on record. */
const serve = async (databaseUrl: string, store: ReturnType<typeof postgresStore>, keeps?: number) => {
  const { access, close } = await openAccess(databaseUrl);
  const timeline = await openTimeline({
    databaseUrl,
    store,
    keys: derivedKeys(),
    access,
    zone: ZONE,
    ...(keeps !== undefined && { keeps }),
  });
  timeline.runner.start();
  await timeline.runner.waitFor((await store.head()).position, 3_600_000);
  const app = await createService({
    contexts: {},
    runner: { run: none } as never,
    identifiers: {} as never,
    known: { person: none, stream: none },
    positions: { cursorOf: String, reached: () => Promise.resolve(true) },
    sender: () => ({ scope: 'bench', enteredBy: 'bench' }),
    readiness: new Readiness(),
    zone: ZONE,
    now: Date.now,
    modules: [timeline.module],
    api: [timelineApi],
    log: pino({ level: 'silent' }),
    loopbackOnly: true,
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await stopService(app);
      await timeline.close();
      await close();
    },
  };
};

/** Timings of one side, of all its turns. */
class Side {
  private answers = 0;
  private seconds = 0;
  p99 = 0;
  add(answers: number, seconds: number, p99: number): void {
    this.answers += answers;
    this.seconds += seconds;
    this.p99 = Math.max(this.p99, Math.round(p99 * 10) / 10);
  }
  get perSecond(): number {
    return Math.round(this.answers / this.seconds);
  }
}

const overHttp = async (url: string, persons: readonly string[], side: Side): Promise<void> => {
  const requests = persons.map((personId) => ({ method: 'GET' as const, path: `/consumers/${personId}/timeline` }));
  const {
    requests: answered,
    latency,
    duration,
    non2xx,
    errors,
  } = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS, workers: 1, requests });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} readings failed`);
  side.add(answered.total, duration, latency.p99);
};

/** The same statement by itself, as many at once. */
const bySql = async (pool: Pool, persons: readonly string[], side: Side): Promise<void> => {
  const { text, name } = new TimelineReads(pool, SCHEMA).statement;
  const times: number[] = [];
  const began = performance.now();
  let next = 0;
  const reader = async () => {
    while (performance.now() - began < SECONDS * 1000) {
      const start = performance.now();
      await pool.query({ name, text, values: [persons[next++ % persons.length]], rowMode: 'array' } as never);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, reader));
  times.sort((a, b) => a - b);
  side.add(times.length, (performance.now() - began) / 1000, times[Math.floor(times.length * 0.99)] ?? 0);
};

const figure = (name: string, ours: Side, limit: Side): Figure => ({
  name,
  ours: ours.perSecond,
  limit: limit.perSecond,
  ratio: Math.round((100 * ours.perSecond) / limit.perSecond) / 100,
  p99ms: ours.p99,
  limitP99ms: limit.p99,
  rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
});

/**
 * timeline.read: whole timelines over HTTP, as a team reads those it cares for, and timeline.read.anew: with nothing kept
 * between readings. Both beside the rate of the bare SQL that a reading of whom nothing is kept needs; in an empty log.
 */
export const readFigures = async (url: string): Promise<readonly Figure[]> => {
  const store = postgresStore({ url });
  const persons = await copyLives(url, derivedKeys(), PERSONS * EVENTS_A_LIFE);
  const team = persons.slice(0, CARED_FOR);
  const kept = await serve(url, store);
  const anew = await serve(url, store, 0);
  const pool = openPool(url, { most: CONNECTIONS });
  const [again, first, limit] = [new Side(), new Side(), new Side()];
  for (let turn = 0; turn < TURNS; turn++) {
    const of = (side: Side) => (turn === 0 ? new Side() : side);
    await bySql(pool, persons, of(limit));
    await overHttp(kept.url, team, of(again));
    await overHttp(anew.url, persons, of(first));
  }
  const figures = [figure('timeline.read', again, limit), figure('timeline.read.anew', first, limit)];
  await pool.end();
  await kept.stop();
  await anew.stop();
  await store.close();
  return figures;
};
