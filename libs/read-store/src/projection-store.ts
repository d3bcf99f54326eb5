import type { Pool, PoolClient } from 'pg';
import type { Cursor } from '#event-store';
import { name, rowTables } from './ddl.js';
import type { Parked, PageWrites, TableWrites, Written } from './page-fold.js';
import { hasCurrent, hasHistory, historyName, type Column, type Projection, type RowTable } from './projection.js';
import { arrayLiteral, textArray } from './sql-array.js';

/** Someone else holds this projection's lease, or moved its checkpoint: what was folded here is not to be written. */
export class LeaseLost extends Error {}

export interface Checkpoint extends Cursor {
  readonly recordedAt: string | null;
}

/** The rows, checkpoint and parked events of one projection in one schema. */
export class ProjectionStore {
  readonly schema: string;
  constructor(
    private readonly pool: Pool,
    readonly projection: Projection,
    schema: string,
  ) {
    this.schema = name(schema);
  }

  async checkpoint(): Promise<Checkpoint | undefined> {
    const { rows } = await this.pool.query<{
      position: string;
      log_id: string;
      epoch: number;
      hash: string;
      recorded_at: string | null;
    }>(`select position, log_id, epoch, hash, recorded_at from ${this.schema}.checkpoint where projection = $1`, [
      this.projection.name,
    ]);
    const [row] = rows;
    return (
      row && { position: Number(row.position), logId: row.log_id, epoch: row.epoch, hash: row.hash, recordedAt: row.recorded_at }
    );
  }

  /** Takes or keeps the lease for some seconds; false where someone else holds it. */
  async lease(holder: string, seconds: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `insert into ${this.schema}.checkpoint as c (projection, position, log_id, epoch, hash, holder, held_until)
       values ($1, 0, '', 0, '', $2, now() + make_interval(secs => $3))
       on conflict (projection) do update set holder = excluded.holder, held_until = excluded.held_until
       where c.holder is null or c.holder = excluded.holder or c.held_until < now()`,
      [this.projection.name, holder, seconds],
    );
    return rowCount === 1;
  }
  async release(holder: string): Promise<void> {
    await this.pool.query(`update ${this.schema}.checkpoint set holder = null where projection = $1 and holder = $2`, [
      this.projection.name,
      holder,
    ]);
  }

  async states(table: RowTable<object>, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<{ row_key: string; state: string }>(
      `select row_key, state from ${this.schema}.${name(table.name)} where row_key = any($1::text[])`,
      [textArray(keys)],
    );
    return new Map(rows.map((row) => [row.row_key, row.state]));
  }

  /**
   * Rows, parked events and checkpoint, together or not at all. Throws `LeaseLost` where the checkpoint is not where the
   * folding began. Asynchronous commit: a crash of the database may set rows and checkpoint back together, never apart.
   */
  async write(writes: PageWrites, from: number, to: Checkpoint, holder: string): Promise<void> {
    await this.transaction(async (client) => {
      const moved = await client.query(
        `update ${this.schema}.checkpoint set position = $3, log_id = $4, epoch = $5, hash = $6, recorded_at = $7
         where projection = $1 and holder = $8 and position = $2`,
        [this.projection.name, from, to.position, to.logId, to.epoch, to.hash, to.recordedAt, holder],
      );
      if (moved.rowCount !== 1) throw new LeaseLost(`${this.projection.name} is being folded by another process`);
      await this.rows(client, writes);
      await this.park(client, writes.parked);
    });
  }

  async parked(): Promise<readonly Parked[]> {
    const { rows } = await this.pool.query<{ position: string; stream_id: string; reason: string }>(
      `select position, stream_id, reason from ${this.schema}.parked where projection = $1 order by parked.position`,
      [this.projection.name],
    );
    return rows.map((row) => ({ position: Number(row.position), streamId: row.stream_id, reason: row.reason }));
  }

  /** Writes what a parked stream led to when it was folded again, and forgets that it was parked. */
  async unpark(streamId: string, writes: PageWrites): Promise<void> {
    await this.transaction(async (client) => {
      await client.query(`select 1 from ${this.schema}.checkpoint where projection = $1 for update`, [this.projection.name]);
      await client.query(`delete from ${this.schema}.parked where projection = $1 and stream_id = $2`, [
        this.projection.name,
        streamId,
      ]);
      await this.rows(client, writes);
      await this.park(client, writes.parked);
    });
  }

  /** Empties every row and puts the checkpoint before the first event. */
  async reset(): Promise<void> {
    await this.transaction(async (client) => {
      const tables = rowTables(this.projection).map((table) => `${this.schema}.${table}`);
      await client.query(
        `update ${this.schema}.checkpoint set position = 0, log_id = '', epoch = 0, hash = '', recorded_at = null where projection = $1`,
        [this.projection.name],
      );
      await client.query(`delete from ${this.schema}.parked where projection = $1`, [this.projection.name]);
      if (tables.length > 0) await client.query(`truncate ${tables.join(', ')}`);
    });
  }

  private async transaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin; set local synchronous_commit = off');
      await work(client);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch((fault: Error) => (broken = fault));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async rows(client: PoolClient, { tables }: PageWrites): Promise<void> {
    for (const writes of tables) {
      if (hasHistory(writes.table) && writes.history.length > 0) await this.insertHistory(client, writes);
      if (hasCurrent(writes.table) && writes.current.size > 0) await this.upsertCurrent(client, writes);
    }
  }

  private async insertHistory(client: PoolClient, { table, history }: TableWrites): Promise<void> {
    const { names, casts, values } = columnsOf(table, history, 3);
    await client.query({
      name: `${this.schema}.${table.name}.history`,
      text: `insert into ${this.schema}.${name(historyName(table))} (known_from, row_key, state${names})
             select a1::bigint, a2, a3${casts} from unnest($1::text[], $2::text[], $3::text[]${values.map((_, i) => `, $${i + 4}::text[]`).join('')})
               as given(a1, a2, a3${values.map((_, i) => `, a${i + 4}`).join('')})
             on conflict (known_from, row_key) do nothing`,
      values: [textArray(history.map(positionOf)), textArray(history.map(keyOf)), textArray(history.map(textOf)), ...values],
    });
  }

  private async upsertCurrent(client: PoolClient, { table, current }: TableWrites): Promise<void> {
    const all = [...current.values()];
    const target = `${this.schema}.${name(table.name)}`;
    const removed = all.filter(({ state }) => state === null).map(keyOf);
    if (removed.length > 0) await client.query(`delete from ${target} where row_key = any($1::text[])`, [textArray(removed)]);
    const kept = all.filter(({ state }) => state !== null);
    if (kept.length === 0) return;
    const { names, casts, values, updates } = columnsOf(table, kept, 3);
    await client.query({
      name: `${this.schema}.${table.name}.current`,
      text: `insert into ${target} as current (position, row_key, state${names})
             select a1::bigint, a2, a3${casts} from unnest($1::text[], $2::text[], $3::text[]${values.map((_, i) => `, $${i + 4}::text[]`).join('')})
               as given(a1, a2, a3${values.map((_, i) => `, a${i + 4}`).join('')})
             on conflict (row_key) do update set position = greatest(current.position, excluded.position), state = excluded.state${updates}`,
      values: [textArray(kept.map(positionOf)), textArray(kept.map(keyOf)), textArray(kept.map(textOf)), ...values],
    });
  }

  private async park(client: PoolClient, parked: readonly Parked[]): Promise<void> {
    if (parked.length === 0) return;
    await client.query(
      `insert into ${this.schema}.parked (projection, position, stream_id, reason)
       select $1, p::bigint, s, r from unnest($2::text[], $3::text[], $4::text[]) as given(p, s, r) on conflict do nothing`,
      [
        this.projection.name,
        textArray(parked.map(({ position }) => String(position))),
        textArray(parked.map(({ streamId }) => streamId)),
        textArray(parked.map(({ reason }) => reason)),
      ],
    );
  }
}

const positionOf = ({ position }: Written) => String(position);
const keyOf = ({ key }: Written) => key;
const textOf = ({ state }: Written) => (state === null ? null : JSON.stringify(state));

const columnText = (column: Column<object>, row: Written): string | null => {
  const value = row.state === null ? null : column.of(row.state, row);
  if (value === null) return null;
  return Array.isArray(value) ? arrayLiteral(value as readonly string[]) : String(value);
};

const columnsOf = ({ columns }: RowTable<object>, written: readonly Written[], before: number) => ({
  names: columns.map((column) => `, ${name(column.name)}`).join(''),
  casts: columns.map((column, i) => `, a${before + 1 + i}::${column.type}`).join(''),
  updates: columns.map((column) => `, ${column.name} = excluded.${column.name}`).join(''),
  values: columns.map((column) => textArray(written.map((row) => columnText(column, row)))),
});
