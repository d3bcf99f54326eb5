import { LogUnavailable, type AppendRequest, type Appended } from './port.js';

/** A request and whoever waits for its answer. */
export interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of each request of a group, in its order; `wait`: another seeds the log, ask again. */
export type Outcome = Appended | Error | 'wait';
export type Flush = (group: readonly AppendRequest[], lane: number) => Promise<readonly Outcome[]>;

/** Two, so that one group is sent while the other is made durable; more would only queue at the log's lock. */
const LANES = 2;
const MOST_EVENTS = 1000;
const MOST_BYTES = 4 << 20;
const SEEDING_POLL_MS = 50;

const bytesOf = ({ events }: AppendRequest) =>
  events.reduce((sum, { body, sealed }) => sum + body.length + (sealed?.length ?? 0), 0);

/**
 * Many writers, few transactions: what comes while flushes are on their way goes together with the next, without a timer.
 * Of one stream at most one request is on its way: a small flush may overtake a large one.
 */
export class GroupCommit {
  private readonly free = Array.from({ length: LANES }, (_, lane) => lane);
  /** At most one request of each stream. */
  private ready: Waiting[] = [];
  /** Streams with a request that is ready or on its way, and those behind it. */
  private readonly behind = new Map<string, Waiting[]>();
  private scheduled = false;
  private draining = false;
  private idle: (() => void)[] = [];

  constructor(private readonly flush: Flush) {}

  append(request: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const waiting = { request, resolve, reject };
      const queue = this.behind.get(request.streamId);
      if (queue) return void queue.push(waiting);
      this.behind.set(request.streamId, []);
      this.ready.push(waiting);
      this.schedule();
    });
  }

  /** When all that was asked for has been answered; what waits for a seeder is answered now. */
  drained(): Promise<void> {
    this.draining = true;
    return this.behind.size === 0 ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve));
  }

  /** After the microtasks: writers that one answer woke go together. */
  private schedule(): void {
    if (this.scheduled || this.free.length === 0 || this.ready.length === 0) return;
    this.scheduled = true;
    process.nextTick(() => {
      this.scheduled = false;
      const lane = this.free.pop();
      if (lane === undefined) return;
      void this.fly(this.nextGroup(), lane);
      this.schedule();
    });
  }

  /** From the head of the queue, of one seeder or none, as many as fit; at least one. */
  private nextGroup(): Waiting[] {
    const seeder = this.ready[0]?.request.seeder;
    let [events, bytes, n] = [0, 0, 0];
    for (const { request } of this.ready) {
      events += request.events.length;
      bytes += bytesOf(request);
      if (n > 0 && (request.seeder !== seeder || events > MOST_EVENTS || bytes > MOST_BYTES)) break;
      n += 1;
    }
    return this.ready.splice(0, n);
  }

  private async fly(group: readonly Waiting[], lane: number): Promise<void> {
    const outcomes = await this.flush(
      group.map(({ request }) => request),
      lane,
    ).catch((error: unknown) => group.map(() => error as Error));
    this.free.push(lane);
    group.forEach((waiting, i) => this.answer(waiting, outcomes[i]!));
    this.schedule();
  }

  private answer(waiting: Waiting, outcome: Outcome): void {
    if (outcome === 'wait' && !this.draining) return this.askAgain(waiting);
    this.next(waiting.request.streamId);
    if (outcome === 'wait')
      waiting.reject(new LogUnavailable('The log is being seeded; nobody else may write until that is closed'));
    else if (outcome instanceof Error) waiting.reject(outcome);
    else waiting.resolve(outcome);
  }

  private askAgain(waiting: Waiting): void {
    setTimeout(() => {
      this.ready.push(waiting);
      this.schedule();
    }, SEEDING_POLL_MS);
  }

  private next(streamId: string): void {
    const next = this.behind.get(streamId)?.shift();
    if (next) return void this.ready.push(next);
    this.behind.delete(streamId);
    if (this.behind.size === 0) this.idle.splice(0).forEach((resolve) => resolve());
  }
}
