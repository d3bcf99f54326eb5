import { linked, type IdentityMap } from '#kernel';
import { identityOf, nearPersons, textArray, type PairRow, type PersonRow, type Pool } from '#read-store';
import { soughtGrams } from './name-words.js';

/** Where a page begins: after the person at this name and id, or after this much activity. */
export interface PageStart {
  readonly name: string;
  readonly personId: string;
}
export interface Found {
  readonly personId: string;
  readonly sortName: string;
}
interface PersonEntry {
  readonly row_key: string;
  readonly state: string;
}

/** The directory's rows. */
export class DirectoryReads {
  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  async position(): Promise<number> {
    const { rows } = await this.pool.query<{ position: string }>(`select position from ${this.schema}.checkpoint`);
    return Number(rows[0]?.position ?? 0);
  }

  /** Persons of whom every word sought is part of a name or birth date, by name. */
  async matching(words: readonly string[], after: PageStart | null, limit: number): Promise<readonly Found[]> {
    const { rows } = await this.pool.query<Found>({
      name: `${this.schema}.search`,
      text: `select row_key as "personId", coalesce(name, '') collate "C" as "sortName" from ${this.schema}.person
        where grams @> $1::text[] and not erased and ($3::text is null or (coalesce(name, '') collate "C", row_key) > ($3, $4))
          and not exists (select 1 from unnest($2::text[]) as sought(word) where not exists (
            select 1 from unnest(words) as held(word) where case when length(sought.word) < 3 then starts_with(held.word, sought.word) else strpos(held.word, sought.word) > 0 end))
        order by coalesce(name, '') collate "C", row_key limit $5`,
      values: [
        textArray([...new Set(words.flatMap(soughtGrams))]),
        textArray(words),
        after?.name ?? null,
        after?.personId ?? null,
        limit,
      ],
    });
    return rows;
  }

  /** Persons of whom something was recorded last. */
  async recent(before: number | null, limit: number): Promise<readonly (Found & { readonly newest: number })[]> {
    const { rows } = await this.pool.query<{ personId: string; newest: string }>(
      `select a.row_key as "personId", a.newest from ${this.schema}.activity a join ${this.schema}.person p on p.row_key = a.row_key and not p.erased
       where $1::bigint is null or a.newest < $1 order by a.newest desc limit $2`,
      [before, limit],
    );
    return rows.map(({ personId, newest }) => ({ personId, sortName: '', newest: Number(newest) }));
  }

  /** Who belongs with these persons. */
  async identity(personIds: readonly string[]): Promise<IdentityMap> {
    const { rows } = await this.pool.query<{ state: string }>(
      `${nearPersons(this.schema, 'unnest($1::text[])::uuid')}
       select state from ${this.schema}.pair_history where person_id = any(array(select id from near)) or other_id = any(array(select id from near))`,
      [textArray(personIds)],
    );
    return identityOf(rows.map(({ state }) => JSON.parse(state) as PairRow));
  }

  async persons(personIds: readonly string[]): Promise<ReadonlyMap<string, PersonRow>> {
    const { rows } = await this.pool.query<PersonEntry>(
      `select row_key, state from ${this.schema}.person where row_key = any($1::text[])`,
      [textArray(personIds)],
    );
    return new Map(rows.map(({ row_key, state }) => [row_key, JSON.parse(state) as PersonRow]));
  }

  async activity(personIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ row_key: string; newest: string }>(
      `select row_key, newest from ${this.schema}.activity where row_key = any($1::text[])`,
      [textArray(personIds)],
    );
    return new Map(rows.map(({ row_key, newest }) => [row_key, Number(newest)]));
  }

  async placeNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<{ row_key: string; name: string }>(
      `select row_key, name from ${this.schema}.place where name is not null and row_key = any($1::text[])`,
      [textArray(ids)],
    );
    return new Map(rows.map(({ row_key, name }) => [row_key, name]));
  }

  async streamsOf(personId: string): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ row_key: string }>(
      `select row_key from ${this.schema}.stream where person_id = $1 order by row_key`,
      [personId],
    );
    return rows.map(({ row_key }) => row_key);
  }

  async erased(): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ row_key: string }>(
      `select row_key from ${this.schema}.person where erased order by row_key`,
    );
    return rows.map(({ row_key }) => row_key);
  }

  /** Whether two records are of one consumer today. */
  async linked(a: string, b: string): Promise<boolean> {
    return a === b || linked(await this.identity([a]), a, b);
  }
}
