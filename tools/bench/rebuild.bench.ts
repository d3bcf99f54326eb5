import { fork } from 'node:child_process';
import { once } from 'node:events';
import { opener, postgresStore, type PostgresStore } from '#event-store';
import type { Keys } from '#keys';
import { dataSourceOf, migrate, openPool, PageFold, ProjectionRunner, type Fact } from '#read-store';
import { MIGRATIONS } from '../../apps/timeline/src/timeline.module.js';
import { TIMELINE } from '../../apps/timeline/src/timeline.rows.js';
import type { Figure } from './append.load.js';
import { derivedKeys } from './lives.js';

const SCHEMA = 'bench_timeline';
const PAGE = 500;

/** Milliseconds of each page, and the most memory held meanwhile. */
class Watch {
  private readonly pages: number[] = [];
  private readonly began = performance.now();
  private last = this.began;
  mostMiB = 0;

  page(): void {
    const now = performance.now();
    this.pages.push(now - this.last);
    this.last = now;
    this.mostMiB = Math.max(this.mostMiB, Math.round(process.memoryUsage.rss() / 2 ** 20));
  }
  perSecond(events: number): number {
    return Math.round((events * 1000) / (this.last - this.began));
  }
  get p99(): number {
    const sorted = [...this.pages].sort((a, b) => a - b);
    return Math.round((sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 10) / 10;
  }
}

/** The limit: the same pages read, opened and folded, and nothing written. */
const foldOnly = async (store: PostgresStore, keys: Keys, events: number): Promise<Watch> => {
  const watch = new Watch();
  const openPage = opener(keys);
  const fold = new PageFold(TIMELINE, new Set(), 20_000);
  for (let after = 0; after < events;) {
    const facts: readonly Fact[] = await openPage(await store.readAll(after, PAGE));
    const page = facts.map((fact) => ({ fact }));
    for (const [table, wanted] of fold.missing(page)) fold.provide(table, wanted, new Map());
    fold.fold(page);
    fold.committed();
    after += facts.length;
    watch.page();
  }
  return watch;
};

const rebuild = async (url: string, store: PostgresStore, keys: Keys, events: number): Promise<Watch> => {
  const pool = openPool(url);
  const runner = new ProjectionRunner({
    store,
    openPage: opener(keys),
    pool,
    projection: TIMELINE,
    schema: SCHEMA,
    pageSize: PAGE,
  });
  const watch = new Watch();
  runner.onCommitted(() => watch.page());
  runner.start();
  await runner.waitFor(events, 3_600_000);
  await runner.stop();
  await pool.end();
  return watch;
};

const fill = async (url: string, events: number): Promise<void> => {
  const [code] = (await once(fork(new URL('./lives.child.js', import.meta.url), [url, String(events)]), 'exit')) as [
    number | null,
  ];
  if (code !== 0) throw new Error('the log of the bench could not be filled');
};

/** rebuild.timeline: the timeline's rows from the whole log, beside reading, opening and folding it; in an empty log. */
export const rebuildFigure = async (url: string, wanted = 1_000_000): Promise<Figure> => {
  const store = postgresStore({ url });
  const keys = derivedKeys();
  await fill(url, wanted);
  const { position: events } = await store.head();
  const source = dataSourceOf(url, SCHEMA, [], MIGRATIONS);
  await migrate(source);
  await source.destroy();
  // Ours first: what the limit leaves on the heap is not of the rebuild.
  const ours = await rebuild(url, store, keys, events);
  const limit = await foldOnly(store, keys, events);
  await store.close();
  const [rate, bare] = [ours.perSecond(events), limit.perSecond(events)];
  return {
    name: 'rebuild.timeline',
    ours: rate,
    limit: bare,
    ratio: Math.round((100 * rate) / bare) / 100,
    p99ms: ours.p99,
    limitP99ms: limit.p99,
    rssMiB: ours.mostMiB,
  };
};
