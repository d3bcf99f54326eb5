import { appendFigures } from './append.bench.js';
import type { Figure } from './append.load.js';
import { readFigures } from './read.bench.js';
import { rebuildFigure } from './rebuild.bench.js';
import { tailFigure } from './tail.bench.js';

/** What a figure is held to, and beside what. */
export interface Target {
  readonly name: string;
  /** What `ours` counts each second. */
  readonly unit: 'events' | 'timelines';
  readonly ours: string;
  readonly limit: string;
  /** Least ratio. */
  readonly atLeast: number;
  /** What the p99, or the memory, is held to besides. */
  readonly p99?: 'no more than the limit';
  readonly mostMiB?: number;
  /** Which of sealing, hashing and opening each of ours does. */
  readonly secrecy: readonly Secrecy[];
}
export type Secrecy = 'seal' | 'hash' | 'open';

const INSERT = 'a one-row insert of the same columns, indexes and bytes through `pg`, sealed and hashed too';
const append = (inFlight: number, atLeast: number): Target => ({
  name: `append.${inFlight}`,
  unit: 'events',
  ours: `appends of one event, ${inFlight} in flight`,
  limit: inFlight > 32 ? `${INSERT}, 32 connections` : INSERT,
  atLeast,
  secrecy: ['seal', 'hash'],
  ...(inFlight === 32 && { p99: 'no more than the limit' }),
});

const READ_SQL = 'the SQL statement that a reading of whom nothing is kept needs, by itself';

export const TARGETS: readonly Target[] = [
  append(1, 0.7),
  append(8, 1),
  append(32, 1.6),
  append(512, 2),
  { name: 'bulk.500', unit: 'events', ours: 'appends of 500 events', limit: 'COPY of the same rows', atLeast: 0.5, secrecy: ['seal', 'hash'] },
  { name: 'tail', unit: 'events', ours: 'the log read in pages of 1,000, bodies parsed', limit: 'the same pages read and parsed by bare `pg`', atLeast: 0.7, secrecy: [] },
  { name: 'rebuild.timeline', unit: 'events', ours: 'the timeline folded from an empty view to the head', limit: 'the same pages read, opened and folded, and nothing written', atLeast: 0.5, mostMiB: 400, secrecy: ['open'] },
  { name: 'timeline.read', unit: 'timelines', ours: 'whole timelines over HTTP, through the gate and on record, of a hundred consumers read again and again', limit: READ_SQL, atLeast: 0.4, secrecy: [] },
  { name: 'timeline.read.anew', unit: 'timelines', ours: 'the same of four hundred, with nothing kept between readings', limit: READ_SQL, atLeast: 0, secrecy: [] },
]; // prettier-ignore

/** Every bench by name: each runs in a process and an empty database of its own. `small`: to see that it runs, not how fast. */
export const BENCHES: Readonly<Record<string, (url: string, small: boolean) => Promise<readonly Figure[]>>> = {
  append: (url) => appendFigures(url),
  tail: async (url) => [await tailFigure(url)],
  rebuild: async (url, small) => [await rebuildFigure(url, small ? 20_000 : 1_000_000)],
  read: (url) => readFigures(url),
};
