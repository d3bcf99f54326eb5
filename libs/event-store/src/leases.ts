import type pg from 'pg';

/** What one process does for all, until an instant: whoever writes under it says `where token = mine`. */
export interface Lease {
  readonly name: string;
  /** Grows with every taking: one who slept through the end of its lease is told from the one who took it since. */
  readonly token: number;
}

/** Leases in `log.leases`, on the clock of the database. */
export interface Leases {
  /** Undefined where another holds it. `holder` is for people to read. */
  take(name: string, holder: string, forMs: number): Promise<Lease | undefined>;
  /** False where it was lost: stop at once. */
  renew(lease: Lease, forMs: number): Promise<boolean>;
  release(lease: Lease): Promise<void>;
}

const TAKE = `
  insert into log.leases as l values ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
  on conflict (name) do update set holder = excluded.holder, token = l.token + 1, until = excluded.until
   where l.until < clock_timestamp()
  returning token`;
const RENEW = `
  update log.leases set until = clock_timestamp() + $3 * interval '1 ms'
   where name = $1 and token = $2 and until >= clock_timestamp()`;
const RELEASE = `update log.leases set holder = null, until = '-infinity' where name = $1 and token = $2`;

export const leases = (pool: pg.Pool): Leases => ({
  async take(name, holder, forMs) {
    const { rows } = await pool.query<{ token: string }>(TAKE, [name, holder, forMs]);
    return rows[0] && { name, token: Number(rows[0].token) };
  },
  async renew({ name, token }, forMs) {
    return (await pool.query(RENEW, [name, token, forMs])).rowCount === 1;
  },
  async release({ name, token }) {
    await pool.query(RELEASE, [name, token]);
  },
});
