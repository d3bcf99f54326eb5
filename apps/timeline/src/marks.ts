import { createHash } from 'node:crypto';
import { nearPersons } from '#read-store';

/**
 * Marks tell rows apart without reading them: where a mark is the same, so are they. `told` is of one consumer's rows, and of
 * the names of places. Statements and pairs are only ever added to, so that their number and the sum of their positions
 * tell; persons change in place, and are told by what they hold. `sources` is of how far each source has sent.
 */
export interface Marks {
  readonly told: string;
  readonly sources: string;
}
export type MarksRow = readonly [logId: string, position: string, epoch: string, told: string, sources: string | null];
type Kind = 'version' | 'pair' | 'person' | 'source';
type Row = readonly [kind: string, key: string, position: string, personId: string | null, state: string];

export const hashOf = (text: string): string => createHash('md5').update(text).digest('hex');

/** The marks of today for a person ($1), and the sources where theirs is not the one given ($2); in one statement, hence as of one position. */
export const marksQuery = (schema: string): string => `${nearPersons(schema)},
  near_ones(ids) as materialized (select array(select id from near)),
  heard(text) as materialized (select concat('[', string_agg(state, ',' order by row_key), ']') from ${schema}.source)
  select log_id, position::text, epoch::text, concat_ws(' ', log_id || '.' || epoch,
      (select coalesce(max(changed), 0) from ${schema}.place),
      (select concat(count(*), '.', coalesce(sum(known_from), 0)) from ${schema}.statement where person_id = any((select ids from near_ones)::uuid[])),
      (select concat(count(*), '.', coalesce(sum(known_from), 0)) from ${schema}.pair_history
        where person_id = any((select ids from near_ones)::uuid[]) or other_id = any((select ids from near_ones)::uuid[])),
      (select md5(coalesce(string_agg(row_key || state, '' order by row_key), '')) from ${schema}.person where row_key = any((select ids from near_ones)::text[]))),
    (select text from heard where md5(text) <> $2)
  from ${schema}.checkpoint`;

/** The same marks, of rows that were read. */
export const marksOf = (log: string, changed: string, of: (kind: Kind) => readonly Row[]): Marks => {
  const told = (kind: Kind) => `${of(kind).length}.${of(kind).reduce((sum, row) => sum + Number(row[2]), 0)}`;
  const byKey = (kind: Kind) => [...of(kind)].sort((a, b) => (a[1] < b[1] ? -1 : 1));
  const persons = byKey('person').map(([, key, , , state]) => key + state);
  const sources = byKey('source').map((row) => row[4]);
  return {
    told: [log, changed, told('version'), told('pair'), hashOf(persons.join(''))].join(' '),
    sources: hashOf(`[${sources.join(',')}]`),
  };
};
