import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { Recent } from '#kernel';
import { checkValue, derivedId, tagOf } from './derive.js';
import { migrateIdentifiers } from './migrate.js';
import { IdentifiersUnavailable, IdentifierSuppressed, WrongIdentifierKey, type Identifiers, type Named } from './port.js';

export interface PostgresIdentifiersOptions {
  readonly url: string;
  /** The identifier key, 32 bytes; it cannot be rotated. */
  readonly key: Buffer;
  /** Most tags cached, about 300 bytes each; 20,000 unless told. */
  readonly mostCached?: number;
}

const CACHED_FOR = 10_000;

/** The identifier table in PostgreSQL, schema `identifiers` (made where missing). Throws `WrongIdentifierKey`, `IdentifiersUnavailable`. */
export const postgresIdentifiers = async (options: PostgresIdentifiersOptions): Promise<Identifiers> => {
  const pool = new Pool({
    connectionString: options.url,
    max: 8,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    application_name: 'throughline identifiers',
  });
  // Heard on each connection, lent out or idle: unheard, the error of one that breaks would end the process. The next query takes another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const identifiers = new PostgresIdentifiers(pool, options);
  try {
    await identifiers.start();
    return identifiers;
  } catch (error) {
    await pool.end();
    throw error;
  }
};

interface Wanted {
  readonly tag: string;
  readonly named: Named;
}
interface Row {
  readonly tag: Buffer;
  readonly id: string;
}
interface Reserved extends Wanted {
  readonly id: string;
}

// Inserted in the order of the tags: two callers with the same tags in another order would wait for each other.
const RESERVE = `
  with made as (
    insert into identifiers.identifier (tag, id, named)
    select * from unnest($1::bytea[], $2::uuid[], $3::text[]) as wanted (tag, id, named)
    where tag not in (select tag from identifiers.suppressed where tag = any($1)) order by tag
    on conflict do nothing
    returning tag, id)
  select tag, id from made
  union all
  select tag, id from identifiers.identifier where tag = any($1)
  union all
  select tag, null from identifiers.suppressed where tag = any($1)`;

const bytes = (tag: string) => Buffer.from(tag, 'base64url');

class PostgresIdentifiers implements Identifiers {
  private readonly cache: Recent<string>;

  constructor(
    private readonly pool: Pool,
    private readonly options: PostgresIdentifiersOptions,
  ) {
    this.cache = new Recent({ most: options.mostCached ?? 20_000, milliseconds: CACHED_FOR }, () => performance.now());
  }

  async start(): Promise<void> {
    await this.reached(() => migrateIdentifiers(this.pool));
    const own = checkValue(this.options.key);
    await this.query('insert into identifiers.key_check (value) values ($1) on conflict do nothing', [own]);
    const { rows } = await this.query<{ value: Buffer }>('select value from identifiers.key_check');
    if (rows[0]?.value.equals(own)) return;
    throw new WrongIdentifierKey(
      'The identifier key is not the one that this identifier table was made with: every known record would look new. ' +
        'Set THROUGHLINE_IDENTIFIER_KEY (or restore .data/secrets.json) to the key used when this database was made',
    );
  }

  tag(...parts: readonly string[]): string {
    return tagOf(this.options.key, parts);
  }

  idOf(...parts: readonly string[]): string {
    return derivedId(this.options.key, 'identifier', ...parts);
  }

  async reserve(tag: string, named: Named): Promise<string> {
    const [id] = await this.reserveAll([{ tag, named }]);
    return id as string;
  }

  async reserveAll(wanted: readonly Wanted[]): Promise<readonly string[]> {
    const ids = new Map<string, string>();
    const missing = new Map<string, Wanted>();
    for (const one of wanted) {
      const id = this.cache.get(one.tag);
      if (id) ids.set(one.tag, id);
      else if (!missing.has(one.tag)) missing.set(one.tag, one);
    }
    // Once more where a rival's row was committed after this statement began, and so could neither be made nor seen.
    while (missing.size > 0) {
      for (const [tag, id] of await this.insertOrRead([...missing.values()])) {
        ids.set(tag, id);
        missing.delete(tag);
      }
    }
    return wanted.map(({ tag }) => ids.get(tag) as string);
  }

  async find(tag: string): Promise<string | undefined> {
    const cached = this.cache.get(tag);
    if (cached) return cached;
    const mark = this.cache.mark;
    const { rows } = await this.query<Row>('select id from identifiers.identifier where tag = $1', [bytes(tag)]);
    if (rows[0]) this.cache.keep(tag, rows[0].id, mark);
    return rows[0]?.id;
  }

  point(tag: string, id: string, named: Named): Promise<void> {
    return this.pointAll([{ tag, id, named }]);
  }

  async pointAll(reserved: readonly Reserved[]): Promise<void> {
    const rows = [...new Map(reserved.map((row) => [row.tag, row])).values()];
    await this.query(
      `insert into identifiers.identifier (tag, id, named)
       select * from unnest($1::bytea[], $2::uuid[], $3::text[]) as said (tag, id, named) order by tag
       on conflict (tag) do update set id = excluded.id, named = excluded.named`,
      [rows.map(({ tag }) => bytes(tag)), rows.map(({ id }) => id), rows.map(({ named }) => named)],
    );
    for (const { tag } of rows) this.cache.forget(tag);
  }

  async leadingTo(id: string): Promise<readonly string[]> {
    const { rows } = await this.query<Row>('select tag from identifiers.identifier where id = $1', [id]);
    return rows.map(({ tag }) => tag.toString('base64url'));
  }

  async forget(ids: readonly string[]): Promise<void> {
    await this.query('delete from identifiers.identifier where id = any($1)', [ids]);
    this.cache.forgetAll();
  }

  async suppress(tags: readonly string[]): Promise<void> {
    await this.query('insert into identifiers.suppressed (tag) select unnest($1::bytea[]) on conflict do nothing', [
      tags.map(bytes),
    ]);
  }
  async suppressed(tags: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.query<Row>('select tag from identifiers.suppressed where tag = any($1)', [tags.map(bytes)]);
    return new Set(rows.map(({ tag }) => tag.toString('base64url')));
  }
  async unsuppress(tags: readonly string[]): Promise<void> {
    await this.query('delete from identifiers.suppressed where tag = any($1)', [tags.map(bytes)]);
  }

  async close(): Promise<void> {
    this.cache.forgetAll();
    await this.pool.end();
  }

  private async insertOrRead(wanted: readonly Wanted[]): Promise<readonly (readonly [tag: string, id: string])[]> {
    const mark = this.cache.mark;
    const { rows } = await this.query<Omit<Row, 'id'> & { readonly id: string | null }>({
      name: 'reserve identifiers',
      text: RESERVE,
      values: [wanted.map(({ tag }) => bytes(tag)), wanted.map(() => randomUUID()), wanted.map(({ named }) => named)],
    });
    if (rows.some(({ id }) => id === null))
      throw new IdentifierSuppressed('An identifier of someone who was erased names nobody');
    return rows.map(({ tag, id }) => {
      const text = tag.toString('base64url');
      this.cache.keep(text, id as string, mark);
      return [text, id as string] as const;
    });
  }
  private query<R extends object>(query: string | { name: string; text: string; values: unknown[] }, values?: unknown[]) {
    return this.reached(() => this.pool.query<R>(query as string, values));
  }
  private async reached<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      const { host, pathname } = new URL(this.options.url);
      const { code, message } = cause as { code?: string; message: string };
      throw new IdentifiersUnavailable(
        `The identifier table in database ${pathname.slice(1)} at ${host} did not do what was asked (${code ?? message}). Check that it runs and may be reached`,
        { cause },
      );
    }
  }
}
