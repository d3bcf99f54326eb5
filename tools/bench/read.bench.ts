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
const SECONDS = 2;
const TURNS = 3;

const none = (): Promise<never> => Promise.reject(new Error('the bench sends no commands'));

/** Timelines and nothing else, over HTTP, each reading passing the gate and put on record. */
const serve = async (databaseUrl: string, store: ReturnType<typeof postgresStore>) => {
  const { access, close } = await openAccess(databaseUrl);
  const timeline = await openTimeline({ databaseUrl, store, keys: derivedKeys(), access, zone: ZONE });
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

/** timeline.read: whole timelines over HTTP, beside the rate of the bare SQL that each of them needs; in an empty log. */
export const readFigure = async (url: string): Promise<Figure> => {
  const store = postgresStore({ url });
  const persons = await copyLives(url, derivedKeys(), PERSONS * EVENTS_A_LIFE);
  const service = await serve(url, store);
  const pool = openPool(url, { most: CONNECTIONS });
  const [ours, limit] = [new Side(), new Side()];
  for (let turn = 0; turn < TURNS; turn++) {
    await bySql(pool, persons, turn === 0 ? new Side() : limit);
    await overHttp(service.url, persons, turn === 0 ? new Side() : ours);
  }
  const rssMiB = Math.round(process.memoryUsage.rss() / 2 ** 20);
  await Promise.all([pool.end(), service.stop()]);
  await store.close();
  const ratio = Math.round((100 * ours.perSecond) / limit.perSecond) / 100;
  return {
    name: 'timeline.read',
    ours: ours.perSecond,
    limit: limit.perSecond,
    ratio,
    p99ms: ours.p99,
    limitP99ms: limit.p99,
    rssMiB,
  };
};
