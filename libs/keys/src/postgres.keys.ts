import { randomBytes, randomUUID } from 'node:crypto';
import { Pool, type QueryResult } from 'pg';
import { Recent } from '#kernel';
import { KeyPool } from './key-pool.js';
import { ledgerFile, type Erasure } from './ledger.js';
import { migrateKeys } from './migrate.js';
import { KeysUnavailable, WrongMasterKey, type Keys, type StreamKey } from './port.js';
import { checkValue, isCheckValue, unwrap, wrap } from './wrap.js';

export interface PostgresKeysOptions {
  /** The database of the keys: one of its own, backed up apart from the log. */
  readonly url: string;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  /** The erasure ledger's copy outside the database, made where it is missing. */
  readonly ledgerFile: string;
  /** Most keys cached, about 300 bytes each; 10,000 unless told. */
  readonly mostCached?: number;
  /** Most keys made ahead in one batch; 1,024 unless told. */
  readonly largestBatch?: number;
}

const CACHED_FOR = 60_000;

/**
 * Keys in PostgreSQL, schema `keys` (made where missing). Opening it checks the master key, then re-applies the erasure
 * ledger: a key that a restored backup brought back is destroyed again. Keys made ahead and not used are deleted by
 * `close`; a crash leaves them behind, unused. Memory: at most two batches ahead and `mostCached` keys.
 * Throws `WrongMasterKey`, `KeysUnavailable`.
 */
export const postgresKeys = async (options: PostgresKeysOptions): Promise<Keys> => {
  const pool = new Pool({
    connectionString: options.url,
    max: 4,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    application_name: 'throughline keys',
  });
  // Heard on each connection, lent out or idle: unheard, the error of one that breaks would end the process. The next query takes another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const keys = new PostgresKeys(pool, options);
  try {
    await keys.start();
    return keys;
  } catch (error) {
    await pool.end();
    throw error;
  }
};

class PostgresKeys implements Keys {
  private readonly cache: Recent<StreamKey>;
  private readonly ahead: KeyPool;
  private readonly ledger: ReturnType<typeof ledgerFile>;

  constructor(
    private readonly pool: Pool,
    private readonly options: PostgresKeysOptions,
  ) {
    this.cache = new Recent({ most: options.mostCached ?? 10_000, milliseconds: CACHED_FOR }, () => performance.now());
    this.ahead = new KeyPool((count) => this.make(count), options.largestBatch ?? 1024);
    this.ledger = ledgerFile(options.ledgerFile);
  }

  async start(): Promise<void> {
    await this.reached(() => migrateKeys(this.pool));
    await this.checkMasterKey();
    await this.reapplyLedger();
  }

  async take(): Promise<StreamKey> {
    const key = await this.ahead.take();
    this.cache.keep(key.id, key);
    return key;
  }

  async find(ids: Iterable<string>): Promise<ReadonlyMap<string, StreamKey>> {
    const found = new Map<string, StreamKey>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const key = this.cache.get(id);
      if (key) found.set(id, key);
      else missing.push(id);
    }
    if (missing.length > 0) for (const key of await this.read(missing)) found.set(key.id, key);
    return found;
  }

  async drop(id: string): Promise<void> {
    await this.query('delete from keys.key where key_id = $1', [id]);
    this.cache.forget(id);
  }

  async destroy(ids: Iterable<string>, { eventId, personId }: { readonly eventId: string; readonly personId: string }) {
    const at = new Date().toISOString();
    const erasures = [...new Set(ids)].map((keyId) => ({ keyId, eventId, personId, at }));
    // The file first: what is in it is destroyed at the next start if the database fails now.
    this.ledger.add(erasures);
    await this.apply(erasures);
    this.cache.forgetAll();
  }

  async close(): Promise<void> {
    const unused = await this.ahead.drain();
    const ids = unused.map(({ id }) => id);
    // Unused keys that stay behind do no harm: a database that is gone must not keep a process from ending.
    if (ids.length > 0) await this.query('delete from keys.key where key_id = any($1)', [ids]).catch(() => undefined);
    this.cache.forgetAll();
    await this.pool.end();
  }

  private async make(count: number): Promise<readonly StreamKey[]> {
    const keys = Array.from({ length: count }, () => ({ id: randomUUID(), bytes: randomBytes(32) }));
    const wrapped = keys.map((key) => wrap(this.options.masterKey, key));
    await this.query('insert into keys.key (key_id, wrapped) select * from unnest($1::uuid[], $2::bytea[])', [
      keys.map(({ id }) => id),
      wrapped,
    ]);
    return keys;
  }

  private async read(ids: readonly string[]): Promise<readonly StreamKey[]> {
    const mark = this.cache.mark;
    const { rows } = await this.query<{ key_id: string; wrapped: Buffer }>({
      name: 'find keys',
      text: 'select key_id, wrapped from keys.key where key_id = any($1)',
      values: [ids],
    });
    const keys = rows.map((row) => unwrap(this.options.masterKey, row.key_id, row.wrapped));
    for (const key of keys) this.cache.keep(key.id, key, mark);
    return keys;
  }

  private async checkMasterKey(): Promise<void> {
    await this.query('insert into keys.master_check (value) values ($1) on conflict do nothing', [
      checkValue(this.options.masterKey),
    ]);
    const { rows } = await this.query<{ value: Buffer }>('select value from keys.master_check');
    if (rows[0] && isCheckValue(this.options.masterKey, rows[0].value)) return;
    throw new WrongMasterKey(
      'The master key is not the one that the keys in this database are wrapped with. ' +
        'Set THROUGHLINE_MASTER_KEY (or restore .data/secrets.json) to the key used when this database was made',
    );
  }

  private async reapplyLedger(): Promise<void> {
    const inFile = this.ledger.read();
    await this.apply(inFile);
    await this.query('delete from keys.key using keys.erasure where key.key_id = erasure.key_id');
    const known = new Set(inFile.map(({ keyId }) => keyId));
    const { rows } = await this.query<Erasure & { at: Date | string }>(
      'select key_id as "keyId", event_id as "eventId", person_id as "personId", at from keys.erasure',
    );
    this.ledger.add(rows.filter(({ keyId }) => !known.has(keyId)).map((row) => ({ ...row, at: new Date(row.at).toISOString() })));
  }

  /** Ledger and deletion in one statement, hence one transaction. */
  private async apply(erasures: readonly Erasure[]): Promise<void> {
    const column = (name: keyof Erasure) => erasures.map((erasure) => erasure[name]);
    await this.query(
      `with entered as (
         insert into keys.erasure (key_id, event_id, person_id, at)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
         on conflict do nothing)
       delete from keys.key where key_id = any($1)`,
      [column('keyId'), column('eventId'), column('personId'), column('at')],
    );
  }

  private query<R extends object>(query: string | { name: string; text: string; values: unknown[] }, values?: unknown[]) {
    return this.reached<QueryResult<R>>(() => this.pool.query<R>(query as string, values));
  }

  private async reached<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      const { host, pathname } = new URL(this.options.url);
      const { code, message } = cause as { code?: string; message: string };
      throw new KeysUnavailable(
        `The key database ${pathname.slice(1)} at ${host} did not do what was asked (${code ?? message}). Check that it runs and may be reached`,
        { cause },
      );
    }
  }
}
