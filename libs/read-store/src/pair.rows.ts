import type { PairEvent } from '#contracts';
import { emptyIdentityMap, foldIdentity, type AnyEvent, type Envelope, type IdentityMap } from '#kernel';
import { rows, type Fact, type RowTable } from './projection.js';

/** One statement about whether two records are of one person, or that such a statement should not have been made. */
export interface PairRow {
  readonly id: string;
  readonly type: string;
  readonly position: number;
  readonly recordedAt: string;
  readonly personIds: readonly [string, string];
  readonly data: object;
  readonly supersedes?: Envelope['supersedes'];
}

const PAIR = new Set<string>(['RecordsLinked', 'RecordsUnlinked', 'RecordsDeclaredDifferent'] satisfies PairEvent['type'][]);

const step = (before: PairRow | undefined, { id, type, position, recordedAt, data, supersedes }: Fact): PairRow | null => {
  const personIds = PAIR.has(type) ? (data as PairEvent['data']).personIds : before?.personIds;
  return personIds ? { id, type, position, recordedAt, personIds, data, ...(supersedes && { supersedes }) } : null;
};

/** Links and what undoes them: the identity map is folded from these, at any position. */
export const pairRows: RowTable<object> = rows<PairRow>({
  name: 'pair',
  keeps: 'both',
  keys: ({ type, personId, streamId }) => (PAIR.has(type) || (type === 'FactWithdrawn' && personId === null) ? [streamId] : []),
  fold: step,
  columns: [
    { name: 'person_id', type: 'uuid', of: ({ personIds }) => personIds[0], index: 'btree' },
    { name: 'other_id', type: 'uuid', of: ({ personIds }) => personIds[1], index: 'btree' },
  ],
});

/** Who belongs together, as these rows say. */
export const identityOf = (pairs: readonly PairRow[]): IdentityMap =>
  [...pairs]
    .sort((a, b) => a.position - b.position)
    .reduce((map, pair) => foldIdentity(map, pair as unknown as Envelope & AnyEvent), emptyIdentityMap());

/**
 * SQL for everyone whom any statement, standing or not, ties to the persons asked for: whatever decides who belongs
 * together is among them. Defines `near(id)`; to stand first in a query. `asked` selects UUIDs.
 */
export const nearPersons = (schema: string, asked = '$1::uuid'): string =>
  `with recursive near(id) as (
     select ${asked}
     union
     select case when pair.person_id = near.id then pair.other_id else pair.person_id end
     from near join ${schema}.pair on pair.person_id = near.id or pair.other_id = near.id)`;
