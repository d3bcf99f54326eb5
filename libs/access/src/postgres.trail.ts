import { openPool, textArray, type Pool } from '#read-store';
import { Access, type Policy, type Reading, type Trail } from './access.js';

/** Makes the schema `access`; safe to run again, and from several processes. */
export const migrateAccess = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('throughline access migration'))");
    await client.query('create schema if not exists access');
    await client.query(`create table if not exists access.reads (
      at timestamptz not null default clock_timestamp(), reader text not null, purpose text not null, what text not null,
      persons uuid[] not null, position bigint not null)`);
    await client.query('create index if not exists reads_by_person on access.reads using gin (persons)');
    await client.query('create index if not exists reads_by_time on access.reads using brin (at)');
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('throughline access migration'))").catch(() => undefined);
    client.release();
  }
};

interface Waiting {
  readonly reading: Reading;
  readonly position: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** The trail of reads in PostgreSQL: readings that come together are written together, each awaited by its own answer. */
export class PostgresTrail implements Trail {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly pool: Pool) {}

  record(reading: Reading, position: number): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ reading, position, done, failed });
      if (!this.writing) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const together = this.waiting;
      this.waiting = [];
      await this.insert(together).then(
        () => together.forEach(({ done }) => done()),
        (error: unknown) => together.forEach(({ failed }) => failed(error)),
      );
    }
    this.writing = false;
  }

  private async insert(together: readonly Waiting[]): Promise<void> {
    const column = (of: (waiting: Waiting) => string) => textArray(together.map(of));
    await this.pool.query({
      name: 'access.record',
      text: `insert into access.reads (reader, purpose, what, persons, position)
             select r, p, w, i::uuid[], n::bigint from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as given(r, p, w, i, n)`,
      values: [
        column(({ reading }) => reading.reader.role),
        column(({ reading }) => reading.purpose),
        column(({ reading }) => reading.what),
        column(({ reading }) => `{${reading.personIds.join(',')}}`),
        column(({ position }) => String(position)),
      ],
    });
  }
}

/** The gate with its trail in PostgreSQL. A crash of the database may lose the readings of its last moment, whole. */
export const openAccess = async (
  databaseUrl: string,
  policy?: Policy,
): Promise<{ readonly access: Access; close(): Promise<void> }> => {
  const pool = openPool(databaseUrl, { most: 2, asynchronousCommit: true });
  await migrateAccess(pool);
  return { access: new Access(new PostgresTrail(pool), policy), close: () => pool.end() };
};
