import pg from 'pg';
import type { StoredEvent } from './port.js';
import { isLost, placeOf, settingsOf, unavailable, type Connection } from './postgres.connection.js';

type Row = readonly [
  position: string, stream: string, revision: string, id: string, type: string, person: string | null,
  recordedAt: string, body: string, sealed: string | null, hash: string,
]; // prettier-ignore

const SELECT = 'select position, stream_id, revision, id, type, person_id, recorded_at, body, sealed, hash from log.events';
export const PAGE = `${SELECT} where position > $1 and position <= $2 order by position limit $3`;
export const STREAM = `${SELECT} where stream_id = $1 and revision >= $2 order by revision`;
export const HEAD = `
  select l.log_id, l.epoch, coalesce(e.position, 0), e.hash, e.recorded_at
    from log.log l left join (select position, hash, recorded_at from log.events order by position desc limit 1) e on true`;

/** Every value as the server wrote it: what becomes of it is decided here, once, for speed. */
const AS_TEXT = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

const bytes = (hex: string) => Buffer.from(hex.slice(2), 'hex');

/** `2026-03-05 16:00:00.12+00` as `2026-03-05T16:00:00.120Z`. */
export const isoOf = (text: string): string => `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`;

/** Rows of one flush share their instant: it is rewritten once. */
const eventsOf = (rows: readonly Row[]): StoredEvent[] => {
  let [text, recordedAt] = ['', ''];
  return rows.map((row) => {
    if (row[6] !== text) recordedAt = isoOf((text = row[6]));
    return {
      position: Number(row[0]),
      streamId: row[1],
      revision: Number(row[2]),
      id: row[3],
      type: row[4],
      personId: row[5],
      recordedAt,
      body: row[7],
      sealed: row[8] === null ? null : bytes(row[8]),
      hash: bytes(row[9]),
    };
  });
};

/** A pool whose failures name the log, never a password. */
export class Reading {
  readonly pool: pg.Pool;

  constructor(private readonly connection: Connection) {
    this.pool = new pg.Pool({ max: 8, ...settingsOf(connection) });
    // Heard on each connection, lent out or idle: unheard, the error of one that breaks would end the process. The next query takes another.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => void client.on('error', () => undefined));
  }

  async rows<R>(text: string, values: readonly unknown[] = [], name?: string): Promise<readonly R[]> {
    try {
      const query = {
        text,
        values: [...values],
        rowMode: 'array' as const,
        types: AS_TEXT,
        ...(name === undefined ? {} : { name }),
      };
      return (await this.pool.query(query)).rows as R[];
    } catch (error) {
      throw isLost(error) ? unavailable(placeOf(this.connection), error) : error;
    }
  }

  async events(text: string, values: readonly unknown[], name: string): Promise<readonly StoredEvent[]> {
    return eventsOf(await this.rows<Row>(text, values, name));
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
