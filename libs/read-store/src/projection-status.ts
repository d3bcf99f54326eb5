import type { Pool } from 'pg';
import type { Cursor, EventStore, StoredEvent } from '#event-store';
import type { OpenPage } from './open-each.js';
import { reasonOf, type Parked } from './page-fold.js';
import type { Checkpoint } from './projection-store.js';
import type { Fact, Projection } from './projection.js';

export interface RunnerOptions {
  readonly store: Pick<EventStore, 'subscribeAll' | 'head' | 'readStream'>;
  readonly openPage: OpenPage;
  readonly pool: Pool;
  readonly projection: Projection;
  readonly schema: string;
  /** Events a page; 500 unless told. Rows come out the same whatever it is. */
  readonly pageSize?: number;
  /** Rows remembered between pages; 20,000 unless told. */
  readonly mostRows?: number;
  /** How long a silent holder keeps the lease; 15 unless told. */
  readonly leaseSeconds?: number;
  readonly log?: (message: string) => void;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly state: 'starting' | 'waiting' | 'folding' | 'live' | 'stopped';
  readonly position: number;
  readonly target: number;
  /** Events a second, over the last ten seconds of work. */
  readonly rate: number;
  readonly lag: { readonly events: number; readonly seconds: number };
  readonly parked: readonly Parked[];
  /** The last fault, and how to mend it where that is known. */
  readonly error: string | null;
}

/** What a commit brought: told to listeners once the rows can be read. */
export interface Committed {
  readonly position: number;
  readonly facts: readonly Fact[];
}

/** Who is told of commits; what a listener throws is its own affair. */
export class Listeners {
  private readonly all = new Set<(committed: Committed) => void>();
  constructor(private readonly failed: (reason: string) => void) {}

  add(listener: (committed: Committed) => void): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }
  tell(committed: Committed): void {
    for (const listener of this.all) {
      try {
        listener(committed);
      } catch (error) {
        this.failed(reasonOf(error));
      }
    }
  }
}

/** How fast the checkpoint moved, over the last ten seconds of work. */
export class Rate {
  private readonly seen: { readonly at: number; readonly position: number }[] = [];

  add(position: number): void {
    const now = Date.now();
    this.seen.push({ at: now, position });
    while ((this.seen[0]?.at ?? now) < now - 10_000) this.seen.shift();
  }
  get perSecond(): number {
    const [first, last] = [this.seen[0], this.seen.at(-1)];
    const seconds = first && last ? (last.at - first.at) / 1000 : 0;
    return first && last && seconds > 0 ? Math.round((last.position - first.position) / seconds) : 0;
  }
}

/** What may go wrong while something else is waited for. */
export type Failure = ReturnType<typeof failure>;

/** No race against one lasting promise: that would hold on to every page it was ever raced with. */
export const failure = () => {
  let failed: Error | undefined;
  let hear: (error: Error) => void = () => undefined;
  return {
    reject: (error: Error): void => {
      failed ??= error;
      hear(failed);
    },
    /** What is waited for (one thing at a time), unless something goes wrong first. */
    unless: <T>(awaited: Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        hear = reject;
        if (failed) reject(failed);
        awaited.then(resolve, reject);
      }),
  };
};

export const checkpointAt = ({ position, hash, recordedAt }: StoredEvent, { logId, epoch }: Cursor): Checkpoint => ({
  position,
  logId,
  epoch,
  hash: hash.toString('hex'),
  recordedAt,
});

export const secondsBetween = (from: string | null, to: string | null): number =>
  to === null ? 0 : Math.max(0, (Date.parse(to) - (from === null ? Date.parse(to) : Date.parse(from))) / 1000);

/** A page as it is written: whole, but for what comes up to `oneByOneUntil`. */
export function* partsOf(page: readonly StoredEvent[], oneByOneUntil: number): Iterable<readonly StoredEvent[]> {
  const careful = page.filter(({ position }) => position <= oneByOneUntil);
  for (const event of careful) yield [event];
  if (careful.length < page.length) yield page.slice(careful.length);
}
