import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { leases, type Lease, type Leases } from './leases.js';
import { isoOf } from './postgres.read.js';
import type { PostgresStore } from './postgres.store.js';
import { Root, type Seal, type SealKey } from './seal.js';
import type { SealFile } from './seal.file.js';
import { readSeals } from './seal.table.js';

const LEASE = 'sealer';
const LEASE_MS = 10_000;
/** At most this many events under one seal, and in one page. */
const MOST = 50_000;
const PAGE = 5_000;

export interface SealerOptions {
  readonly store: PostgresStore;
  readonly key: SealKey;
  readonly file: SealFile;
  /** 1,000 unless told. */
  readonly everyMs?: number;
  /** Told of a fault; the sealer tries again. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Seals what the log took since the last seal, every second, in the one process that holds the lease. A seal stands in the table
 * first, then in the file: what a crash kept from the file is added with the next.
 */
export class Sealer {
  private readonly leases: Leases;
  private readonly stopping = new AbortController();
  private lease: Lease | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly options: SealerOptions) {
    this.leases = leases(options.store.pool);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Seals what is still open and gives the lease back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.attempt();
    if (this.lease) await this.leases.release(this.lease).catch(() => undefined);
    this.lease = undefined;
  }

  /** Seals up to the head, where this process holds the lease or can take it; false where another does. */
  async seal(): Promise<boolean> {
    if (!(await this.held())) return false;
    const { logId, position: head } = await this.options.store.head();
    const last = (await readSeals(this.options.store.pool, 'last'))[0];
    let [from, previous] = [(last?.to ?? 0) + 1, last?.root ?? ''];
    while (from <= head) {
      const seal = await this.sealRange(logId, { from, to: Math.min(head, from + MOST - 1), previous });
      if (!(await this.record(seal))) return false;
      [from, previous] = [seal.to + 1, seal.root];
    }
    await this.copy();
    return true;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.attempt();
      await sleep(this.options.everyMs ?? 1_000, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async attempt(): Promise<void> {
    await this.seal().catch((error: unknown) => this.options.onError?.(error));
  }

  private async held(): Promise<boolean> {
    if (this.lease && (await this.leases.renew(this.lease, LEASE_MS))) return true;
    this.lease = await this.leases.take(LEASE, `${hostname()} ${process.pid}`, LEASE_MS);
    return this.lease !== undefined;
  }

  private async sealRange(logId: string, range: Pick<Seal, 'from' | 'to' | 'previous'>): Promise<Seal> {
    const root = new Root(range.previous);
    for (let after = range.from - 1; after < range.to; after = Math.min(after + PAGE, range.to)) {
      const { rows } = await this.options.store.pool.query<{ position: string; at: string; revision: number; hash: string }>(
        `select position, recorded_at::text as at, revision, encode(hash, 'hex') as hash from log.events e
          where position > $1 and position <= $2 order by e.position`,
        [after, Math.min(after + PAGE, range.to)],
      );
      for (const { position, at, revision, hash } of rows)
        root.add({ position: Number(position), recordedAt: isoOf(at), revision }, hash);
    }
    return this.options.key.seal(logId, { ...range, root: root.digest() });
  }

  private async record({ from, to, previous, root, signature }: Seal): Promise<boolean> {
    const { rowCount } = await this.options.store.pool.query(
      `insert into log.seals select $1::bigint, $2::bigint, decode($3, 'hex'), decode($4, 'hex'), decode($5, 'hex')
        where exists (select from log.leases where name = $6 and token = $7 and until > clock_timestamp())`,
      [from, to, previous, root, signature, LEASE, this.lease?.token],
    );
    return rowCount === 1;
  }

  /** Adds to the file what the table has and it has not. */
  private async copy(): Promise<void> {
    const copied = (await this.options.file.seals()).at(-1)?.to ?? 0;
    const missing = (await readSeals(this.options.store.pool)).filter(({ from }) => from > copied);
    if (missing.length > 0) await this.options.file.append(missing);
  }
}
