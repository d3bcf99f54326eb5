import type { Appended, AppendRequest, EventStore, StoredEvent } from '#event-store';

interface Arrived {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Streams kept in mind, so that the loader need not read again what it has just written. */
const STREAMS = 4_000;

/**
 * The log as the seeder sees it: many commands are decided at once, but their events are recorded in the order of the
 * story, one group after the other, so that the log's clock never has to be pushed forward.
 */
export class SeedingLog implements Pick<EventStore, 'append' | 'readStream'> {
  private readonly arrived = new Map<number, Arrived>();
  private readonly settled = new Set<number>();
  private readonly streams = new Map<string, StoredEvent[]>();
  private next = 0;
  private flying = false;

  constructor(
    private readonly store: Pick<EventStore, 'append' | 'readStream'>,
    /** The step that a clock belongs to: every step has a clock of its own. */
    private readonly stepAt: (recordedAt: string) => number,
  ) {}

  append(request: AppendRequest): Promise<Appended> {
    const step = this.stepAt(request.events[0]?.recordedAt ?? '');
    return new Promise((resolve, reject) => {
      this.arrived.set(step, { request, resolve, reject });
      this.pump();
    });
  }

  async readStream(streamId: string, from = 0): Promise<readonly StoredEvent[]> {
    const kept = this.streams.get(streamId);
    if (kept && from === 0) return kept;
    const read = await this.store.readStream(streamId, from);
    if (from === 0) this.keep(streamId, [...read]);
    return read;
  }

  /** The step is through, whether or not it recorded anything. */
  settle(step: number): void {
    if (step < this.next) return;
    this.settled.add(step);
    this.pump();
  }

  private pump(): void {
    if (this.flying) return;
    const group: Arrived[] = [];
    for (;;) {
      const arrived = this.arrived.get(this.next);
      if (arrived) group.push(arrived);
      else if (!this.settled.delete(this.next)) break;
      this.arrived.delete(this.next);
      this.next += 1;
    }
    if (group.length > 0) void this.fly(group);
  }

  private async fly(group: readonly Arrived[]): Promise<void> {
    this.flying = true;
    const outcomes = await Promise.allSettled(group.map(({ request }) => this.store.append(request)));
    this.flying = false;
    outcomes.forEach((outcome, i) => {
      const { request, resolve, reject } = group[i]!;
      if (outcome.status === 'rejected') return reject(outcome.reason);
      this.remember(request, outcome.value);
      return resolve(outcome.value);
    });
    this.pump();
  }

  private remember({ streamId, personId, events }: AppendRequest, { positions, recordedAt, repeated }: Appended): void {
    const kept = this.streams.get(streamId);
    if (!kept) return;
    if (repeated) return void this.streams.delete(streamId);
    events.forEach(({ id, type, body, sealed, hash }, i) =>
      kept.push({ position: positions[i]!, streamId, revision: kept.length, id, type, personId, recordedAt, body, sealed, hash }),
    );
  }

  private keep(streamId: string, events: StoredEvent[]): void {
    this.streams.set(streamId, events);
    const [oldest] = this.streams.keys();
    if (this.streams.size > STREAMS && oldest !== undefined) this.streams.delete(oldest);
  }
}
