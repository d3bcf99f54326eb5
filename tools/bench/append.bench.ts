import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { migrateLog, postgresStore } from '#event-store';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { compare, newRequest, type Figure, type Work } from './append.load.js';

/** The limit's table: the same columns and indexes, a serial for the position, no check of anything. */
const BARE = `
  drop schema if exists bare cascade;
  create schema bare;
  create table bare.events (
    position bigserial primary key, stream_id text collate "C" not null, revision integer not null, id uuid not null unique,
    type text collate "C" not null, person_id uuid, recorded_at timestamptz(3) not null default clock_timestamp(),
    body text collate "C" not null, sealed bytea, hash bytea not null check (octet_length(hash) = 32), unique (stream_id, revision));`;
const COLUMNS = 'stream_id, revision, id, type, person_id, body, sealed, hash';
const INSERT = {
  name: 'bare',
  text: `insert into bare.events (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8) returning position`,
};
const MOST_CONNECTIONS = 32;
const BULK = 500;

const insertOne =
  (pool: pg.Pool): Work =>
  async () => {
    const { streamId, personId, events } = newRequest(1);
    const { id, type, body, sealed, hash } = events[0]!;
    await pool.query({ ...INSERT, values: [streamId, 0, id, type, personId, body, sealed, hash] });
    return 1;
  };

const copyMany =
  (pool: pg.Pool): Work =>
  async () => {
    const { streamId, personId, events } = newRequest(BULK);
    const rows = events.map(({ id, type, body, sealed, hash }, revision) =>
      [
        streamId,
        revision,
        id,
        type,
        personId,
        body.replaceAll('\\', '\\\\'),
        `\\\\x${sealed!.toString('hex')}`,
        `\\\\x${hash.toString('hex')}`,
      ].join('\t'),
    );
    const client = await pool.connect();
    try {
      await pipeline(Readable.from([`${rows.join('\n')}\n`]), client.query(copyFrom(`copy bare.events (${COLUMNS}) from stdin`)));
    } finally {
      client.release();
    }
    return BULK;
  };

/** append.1 .8 .32 .512 beside a bare one-row insert at the same concurrency, bulk.500 beside COPY; in an empty database. */
export const appendFigures = async (url: string): Promise<readonly Figure[]> => {
  const store = postgresStore({ url });
  const append =
    (count: number): Work =>
    async () =>
      (await store.append(newRequest(count))).positions.length;
  const figures: Figure[] = [];
  const pooled = async <T>(max: number, work: (pool: pg.Pool) => Promise<T>) => {
    const pool = new pg.Pool({ connectionString: url, max });
    return work(pool).finally(() => pool.end());
  };
  await pooled(1, async (pool) => {
    const client = await pool.connect();
    await migrateLog(client);
    client.release();
    await pool.query(BARE);
  });
  for (const inFlight of [1, 8, 32, 512]) {
    const max = Math.min(inFlight, MOST_CONNECTIONS);
    figures.push(
      await pooled(max, (pool) => compare(`append.${inFlight}`, inFlight, { ours: append(1), limit: insertOne(pool) })),
    );
  }
  figures.push(await pooled(2, (pool) => compare(`bulk.${BULK}`, 2, { ours: append(BULK), limit: copyMany(pool) })));
  await store.close();
  return figures;
};
