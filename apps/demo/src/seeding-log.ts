import type { Appended, AppendRequest, EventStore, StoredEvent } from '#event-store';

interface Arrived {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
}

/** Streams kept in mind, so that the loader need not read again what it has just written. */
const STREAMS = 3_000;
const GROUP = 500;
/** Requests that may wait to be made durable before the story has to wait for the log. */
const WAITING = 4_000;

/**
 * The log as its only writer sees it while it is being seeded: events are recorded in the order of the story, one group
 * after the other, so that the log's clock never has to be pushed forward; and the story goes on with what it has handed
 * over, before that is durable. Nothing counts as loaded until `finished` resolves.
 */
export class SeedingLog implements Pick<EventStore, 'append' | 'readStream'> {
  private readonly arrived = new Map<number, Arrived>();
  private readonly settled = new Set<number>();
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly forgotten = new Set<string>();
  private readonly unwritten = new Map<string, number>();
  private waiting: AppendRequest[] = [];
  private writing: Promise<void> | undefined;
  private failed: unknown;
  private next = 0;
  private handedOver = 0;

  constructor(
    private readonly store: Pick<EventStore, 'append' | 'readStream'>,
    /** The step that a clock belongs to: every step has a clock of its own. */
    private readonly stepAt: (recordedAt: string) => number,
    /** Nothing was in the log before: a stream that was not written here is new. */
    private readonly fresh: boolean,
  ) {}

  /** Resolves once it is the request's turn. Its positions only order the events of this loading. */
  append(request: AppendRequest): Promise<Appended> {
    const step = this.stepAt(request.events[0]?.recordedAt ?? '');
    return new Promise((resolve, reject) => {
      if (this.failed !== undefined) return reject(this.failed as Error);
      this.arrived.set(step, { request, resolve });
      this.pump();
    });
  }

  async readStream(streamId: string, from = 0): Promise<readonly StoredEvent[]> {
    const kept = this.streams.get(streamId);
    if (kept && from === 0) return [...kept];
    const read = this.fresh && !this.forgotten.has(streamId) ? [] : await this.store.readStream(streamId, from);
    if (from === 0) this.keep(streamId, [...read]);
    return read;
  }

  /** The step is through, whether or not it recorded anything. */
  settle(step: number): void {
    if (step < this.next) return;
    this.settled.add(step);
    this.pump();
  }

  /** When all that was handed over is durable; throws what kept it from that. */
  async finished(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.failed !== undefined) throw this.failed;
  }

  private pump(): void {
    while (this.waiting.length < WAITING) {
      const arrived = this.arrived.get(this.next);
      if (!arrived && !this.settled.delete(this.next)) break;
      this.arrived.delete(this.next);
      this.next += 1;
      if (arrived) this.takeOver(arrived);
    }
    this.writing ??= this.waiting.length > 0 ? this.write() : undefined;
  }

  private takeOver({ request, resolve }: Arrived): void {
    const { streamId, personId, events } = request;
    const recordedAt = events[0]?.recordedAt ?? '';
    const positions = events.map(() => (this.handedOver += 1));
    const kept = this.streams.get(streamId) ?? [];
    events.forEach(({ id, type, body, sealed, hash }, i) =>
      kept.push({ position: positions[i]!, streamId, revision: kept.length, id, type, personId, recordedAt, body, sealed, hash }),
    );
    this.streams.set(streamId, kept);
    this.unwritten.set(streamId, (this.unwritten.get(streamId) ?? 0) + 1);
    this.waiting.push(request);
    resolve({ positions, repeated: false, recordedAt });
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0 && this.failed === undefined) {
      const group = this.nextGroup();
      const outcomes = await Promise.allSettled(group.map((request) => this.store.append(request)));
      this.failed ??= outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
      for (const { streamId } of group) this.written(streamId);
      this.pump();
    }
    this.writing = undefined;
  }

  /** From the head of the queue, each stream once: a stream's second request would be overtaken by all others of its group. */
  private nextGroup(): AppendRequest[] {
    const streams = new Set<string>();
    let n = 0;
    for (const { streamId } of this.waiting) {
      if (n === GROUP || streams.has(streamId)) break;
      streams.add(streamId);
      n += 1;
    }
    return this.waiting.splice(0, n);
  }

  private written(streamId: string): void {
    const left = (this.unwritten.get(streamId) ?? 1) - 1;
    if (left === 0) this.unwritten.delete(streamId);
    else this.unwritten.set(streamId, left);
  }

  private keep(streamId: string, events: StoredEvent[]): void {
    this.streams.set(streamId, events);
    if (this.streams.size <= STREAMS) return;
    for (const old of this.streams.keys()) {
      if (this.unwritten.has(old) || old === streamId) continue;
      this.streams.delete(old);
      return void this.forgotten.add(old);
    }
  }
}
