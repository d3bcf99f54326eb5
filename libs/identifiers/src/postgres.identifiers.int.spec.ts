import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { identifiersKit } from '#identifiers/testing';
import type { Identifiers } from './port.js';
import { postgresIdentifiers } from './postgres.identifiers.js';

const key = randomBytes(32);
let database: FreshDatabase;
let one: Identifiers;
let other: Identifiers;

beforeAll(async () => {
  database = await freshDatabase('identifiers');
  [one, other] = await Promise.all([opened(), opened()]);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await database.drop();
});
const opened = () => postgresIdentifiers({ url: database.url, key });

test.each(identifiersKit)('PostgreSQL: %s', (_title, run) => run(one));

test('rivals who reserve the same tags in any order get the same ids', async () => {
  for (let round = 0; round < 20; round++) {
    const wanted = Array.from({ length: 100 }, () => ({ tag: one.tag(randomUUID()), named: 'person' as const }));
    const [a, b, c] = await Promise.all([
      one.reserveAll(wanted),
      other.reserveAll(wanted.toReversed()),
      Promise.all(wanted.map(({ tag }) => other.reserve(tag, 'person'))),
    ]);
    expect(b.toReversed()).toEqual(a);
    expect(c).toEqual(a);
  }
});
test('what was reserved is there after a restart', async () => {
  const tag = one.tag('st-marys', 'MR', '1');
  const id = await one.reserve(tag, 'person');
  const later = await opened();
  expect(await later.find(tag)).toBe(id);
  await later.close();
});
test('a wrong identifier key stops the start and tells the remedy', async () => {
  await expect(postgresIdentifiers({ url: database.url, key: randomBytes(32) })).rejects.toThrow('THROUGHLINE_IDENTIFIER_KEY');
});
test('a database that cannot be reached is named', async () => {
  await expect(postgresIdentifiers({ url: 'postgres://nobody@127.0.0.1:1/none', key })).rejects.toThrow('none at 127.0.0.1:1');
});
