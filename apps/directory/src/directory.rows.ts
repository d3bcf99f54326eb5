import { bornOf, namesOf, pairRows, personRows, placeRows, rows, type PersonRow, type Projection } from '#read-store';
import { gramsOf, wordsOf } from './name-words.js';

const WHY = 'words of the names and the birth date, so that a person is found by a part of them';

export const searchWords = (person: PersonRow): readonly string[] => [
  ...new Set([...namesOf(person), bornOf(person) ?? ''].flatMap(wordsOf)),
];

const people = personRows([
  { name: 'words', type: 'text[]', of: searchWords, personal: WHY },
  {
    name: 'grams',
    type: 'text[]',
    of: (person) => [...new Set(searchWords(person).flatMap(gramsOf))],
    index: 'gin',
    personal: WHY,
  },
]);

/** Which streams are about a person: what an erasure has to reach. */
const streams = rows<{ readonly since: number }>({
  name: 'stream',
  keeps: 'current',
  keys: ({ personId, streamId }) => (personId ? [streamId] : []),
  fold: (before, { position }) => before ?? { since: position },
  columns: [{ name: 'person_id', type: 'uuid', of: (_, { personId }) => personId, index: 'btree' }],
});

/** When anything was last recorded of a person. */
const activity = rows<{ readonly newest: number }>({
  name: 'activity',
  keeps: 'current',
  keys: ({ personId }) => (personId ? [personId] : []),
  fold: (before, { position }) => (before && before.newest >= position ? before : { newest: position }),
  columns: [{ name: 'newest', type: 'bigint', of: ({ newest }) => newest, index: 'btree' }],
});

export const DIRECTORY: Projection = { name: 'directory@1', tables: [people, pairRows, placeRows, streams, activity] };
