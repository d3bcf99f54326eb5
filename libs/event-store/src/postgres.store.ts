import type pg from 'pg';
import { Bell } from './bell.js';
import { GroupCommit } from './group-commit.js';
import { LogUnavailable } from './port.js';
import type { Appended, AppendRequest, Cursor, EventStore, StoredEvent, SubscribeOptions } from './port.js';
import { faultIn } from './fault.js';
import { Lane } from './postgres.append.js';
import { placeOf, type Connection } from './postgres.connection.js';
import { Listener, Notifier } from './postgres.notify.js';
import { HEAD, isoOf, PAGE, Reading, STREAM } from './postgres.read.js';
import { subscription } from './subscription.js';

export type PostgresStoreOptions = Connection & {
  /** How long an append is tried again when the connection is lost, in milliseconds; 10,000 unless told. */
  readonly patienceMs?: number;
};

/** The log on PostgreSQL, and the pool it reads through (leases and seals stand in the same schema). */
export interface PostgresStore extends EventStore {
  readonly pool: pg.Pool;
}

type HeadRow = readonly [logId: string, epoch: string, position: string, hash: string | null, recordedAt: string | null];

/**
 * The log in schema `log` of a PostgreSQL database (`migrateLog` makes it). Connects when first used: two connections append,
 * one listens while anyone subscribes, the others read.
 */
export const postgresStore = ({ patienceMs = 10_000, ...connection }: PostgresStoreOptions): PostgresStore =>
  new Store(connection, patienceMs);

class Store implements PostgresStore {
  private readonly reading: Reading;
  private readonly lanes: readonly Lane[];
  private readonly commits: GroupCommit;
  private readonly bell = new Bell();
  private readonly notifier: Notifier;
  private readonly listener: Listener;
  private readonly closing = new AbortController();

  constructor(
    private readonly connection: Connection,
    patienceMs: number,
  ) {
    this.reading = new Reading(connection);
    this.lanes = [new Lane(connection, patienceMs), new Lane(connection, patienceMs)];
    this.notifier = new Notifier(this.pool);
    this.listener = new Listener(connection, this.bell, this.notifier.self);
    this.commits = new GroupCommit(async (group, lane) => {
      const outcomes = await this.lanes[lane]!.flush(group);
      this.bell.ring();
      this.notifier.announce();
      return outcomes;
    });
  }

  get pool(): pg.Pool {
    return this.reading.pool;
  }

  append(request: AppendRequest): Promise<Appended> {
    const fault = this.closing.signal.aborted ? this.closed() : faultIn(request);
    return fault ? Promise.reject(fault) : this.commits.append(request);
  }

  readStream(streamId: string, from = 0): Promise<readonly StoredEvent[]> {
    return this.reading.events(STREAM, [streamId, from], 'log.stream');
  }

  readAll(after: number, limit: number, until = Number.MAX_SAFE_INTEGER): Promise<readonly StoredEvent[]> {
    return this.reading.events(PAGE, [after, until, limit], 'log.page');
  }

  async *subscribeAll(
    after: Cursor | 'beginning',
    { signal, pageSize }: SubscribeOptions,
  ): AsyncGenerator<readonly StoredEvent[]> {
    const stop = this.listener.use();
    const either = AbortSignal.any([signal, this.closing.signal]);
    try {
      yield* subscription({ bell: this.bell, readAll: this.readAll.bind(this), head: this.head.bind(this) }, after, {
        signal: either,
        ...(pageSize === undefined ? {} : { pageSize }),
      });
    } finally {
      stop();
    }
  }

  async head(): Promise<Cursor & { readonly recordedAt: string | null }> {
    const [logId, epoch, position, hash, recordedAt] = (await this.reading.rows<HeadRow>(HEAD, [], 'log.head'))[0]!;
    return {
      logId,
      epoch: Number(epoch),
      position: Number(position),
      hash: hash?.slice(2) ?? '',
      recordedAt: recordedAt === null ? null : isoOf(recordedAt),
    };
  }

  async positionKnownOn(instant: string): Promise<number> {
    const rows = await this.reading.rows<[string]>('select log.position_known_on($1)', [instant]);
    return Number(rows[0]![0]);
  }

  async beginSeeding(seeder: string): Promise<boolean> {
    const rows = await this.reading.rows<[string]>('select log.begin_seeding($1)', [seeder]);
    return rows[0]![0] === 't';
  }

  async endSeeding(seeder: string): Promise<void> {
    await this.reading.rows('select log.end_seeding($1)', [seeder]);
  }

  /** Answers what was asked for, ends subscriptions, closes every connection. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await this.commits.drained();
    await Promise.all(this.lanes.map((lane) => lane.close()));
    await this.reading.close();
  }

  private closed(): LogUnavailable {
    return new LogUnavailable(`The log at ${placeOf(this.connection)} has been closed by this process`);
  }
}
