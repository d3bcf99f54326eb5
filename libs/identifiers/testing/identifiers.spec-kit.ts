import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { IdentifierSuppressed, type Identifiers } from '#identifiers';

const fresh = (identifiers: Identifiers) => identifiers.tag('kit', randomUUID());

/** What every engine of the identifier port promises: titles, and how to try each on an open engine. */
export const identifiersKit: readonly (readonly [title: string, run: (identifiers: Identifiers) => Promise<void>])[] = [
  [
    'a tag is the same each time, and parts cannot run together',
    async (identifiers) => {
      assert.equal(identifiers.tag('st-marys', 'MR', '1'), identifiers.tag('st-marys', 'MR', '1'));
      assert.notEqual(identifiers.tag('st-marys', 'MR1'), identifiers.tag('st-marys', 'MR', '1'));
      assert.match(identifiers.tag('st-marys', 'MR', '1'), /^[\w-]{43}$/);
    },
  ],
  [
    'what has no stream of its own has an id that follows from its identifier',
    async (identifiers) => {
      assert.equal(identifiers.idOf('hmis:DEMO', 'HouseholdID', '1'), identifiers.idOf('hmis:DEMO', 'HouseholdID', '1'));
      assert.notEqual(identifiers.idOf('hmis:DEMO', 'HouseholdID', '1'), identifiers.idOf('hmis:DEMO', 'HouseholdID', '11'));
      assert.match(identifiers.idOf('a'), /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    },
  ],
  [
    'whoever comes first reserves the id, and everyone after gets it',
    async (identifiers) => {
      const tag = fresh(identifiers);
      assert.equal(await identifiers.find(tag), undefined);
      const ids = await Promise.all(Array.from({ length: 20 }, () => identifiers.reserve(tag, 'person')));
      assert.equal(new Set(ids).size, 1);
      assert.equal(await identifiers.find(tag), ids[0]);
    },
  ],
  [
    'many at once are answered in their order, known and new, one asked for twice',
    async (identifiers) => {
      const tags = Array.from({ length: 50 }, () => fresh(identifiers));
      const known = await identifiers.reserve(tags[7]!, 'stream');
      const asked = [...tags, tags[0]!].map((tag) => ({ tag, named: 'stream' as const }));
      const ids = await identifiers.reserveAll(asked);
      assert.deepEqual([ids[7], ids[50], new Set(ids).size], [known, ids[0], 50]);
      assert.deepEqual(await identifiers.reserveAll(asked), ids);
      assert.deepEqual(await identifiers.reserveAll([]), []);
    },
  ],
  [
    'a tag that was pointed elsewhere leads there, also for whoever had just found it',
    async (identifiers) => {
      const [tag, id] = [fresh(identifiers), randomUUID()];
      await identifiers.reserve(tag, 'stream');
      await identifiers.find(tag);
      await identifiers.point(tag, id, 'stream');
      assert.deepEqual([await identifiers.find(tag), await identifiers.reserve(tag, 'stream')], [id, id]);
    },
  ],
  [
    'many tags are pointed at once, of one that is named twice the last',
    async (identifiers) => {
      const [tag, other] = [fresh(identifiers), fresh(identifiers)];
      const [before, after] = [await identifiers.reserve(tag, 'stream'), randomUUID()];
      await identifiers.pointAll([before, after].flatMap((id) => [tag, other].map((one) => ({ tag: one, id, named: 'stream' }))));
      assert.deepEqual(await identifiers.reserveAll([tag, other].map((one) => ({ tag: one, named: 'stream' }))), [after, after]);
      await identifiers.pointAll([]);
    },
  ],
  [
    'every row that leads to an id is told, and gone once the id is forgotten; others stay',
    async (identifiers) => {
      const [one, alias, other] = [fresh(identifiers), fresh(identifiers), fresh(identifiers)];
      const id = await identifiers.reserve(one, 'person');
      const kept = await identifiers.reserve(other, 'person');
      await identifiers.point(alias, id, 'person');
      assert.deepEqual(new Set(await identifiers.leadingTo(id)), new Set([one, alias]));
      await identifiers.forget([id]);
      assert.deepEqual(await Promise.all([one, alias, other].map((tag) => identifiers.find(tag))), [undefined, undefined, kept]);
    },
  ],
  [
    'a suppressed identifier is reserved for nobody until consent is given anew',
    async (identifiers) => {
      const [erased, other] = [fresh(identifiers), fresh(identifiers)];
      await identifiers.suppress([erased, erased]);
      await identifiers.suppress([erased]);
      assert.deepEqual([...(await identifiers.suppressed([erased, other]))], [erased]);
      const known = await identifiers.reserve(other, 'person');
      await assert.rejects(identifiers.reserve(erased, 'person'), IdentifierSuppressed);
      await assert.rejects(
        identifiers.reserveAll([
          { tag: other, named: 'person' },
          { tag: erased, named: 'person' },
        ]),
        IdentifierSuppressed,
      );
      assert.deepEqual([await identifiers.find(erased), await identifiers.find(other)], [undefined, known]);
      await identifiers.unsuppress([erased]);
      assert.match(await identifiers.reserve(erased, 'person'), /^[\da-f-]{36}$/);
      assert.equal((await identifiers.suppressed([erased, other])).size, 0);
    },
  ],
];
