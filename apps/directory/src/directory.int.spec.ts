import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Access, DEVELOPMENT_READER } from '#access';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { inMemoryIdentifiers } from '#identifiers/testing';
import { ERASED, pairInOrder } from '#kernel';
import { dataSourceOf, migrate, openPool, ProjectionRunner, type Pool } from '#read-store';
import { tableDump, testLog } from '#read-store/testing';
import { openDirectory, MIGRATIONS, type Directory } from './directory.module.js';
import { DIRECTORY } from './directory.rows.js';

const log = testLog();
const identifiers = inMemoryIdentifiers();
let database: FreshDatabase;
let pool: Pool;
let directory: Directory;
beforeAll(async () => {
  database = await freshDatabase('directory');
  pool = openPool(database.url);
  const access = new Access({ record: () => Promise.resolve() });
  directory = await openDirectory({ databaseUrl: database.url, store: log.store, keys: log.keys, identifiers, access });
  directory.runner.start();
  directory.erasures.start();
}, 30_000);
afterAll(async () => {
  await directory.close();
  await pool.end();
  await database.drop();
});

const caughtUp = async () => expect(await directory.runner.waitFor((await log.store.head()).position, 5000)).toBe(true);
const person = async (given: string, family: string, more: object = {}) => {
  const personId = randomUUID();
  const names = [{ use: 'usual', given, family }];
  await log.tell({
    streamId: `person-${personId}`,
    personId,
    type: 'PersonRegistered',
    data: { identityLevel: 'named', names, ...more },
  });
  return personId;
};
const link = async (a: string, b: string) => {
  const personIds = pairInOrder(a, b);
  await log.tell({
    streamId: `pair-${randomUUID()}`,
    personId: null,
    type: 'RecordsLinked',
    data: { personIds, basis: 'reviewer' },
  });
};
const search = async (text: string, more: { readonly limit?: number; readonly from?: string } = {}) => {
  await caughtUp();
  return directory.service.search({ text, limit: 25, reader: DEVELOPMENT_READER, ...more });
};
const rebuilt = async () => {
  const source = dataSourceOf(database.url, `again_${randomUUID().slice(0, 8)}`, [], MIGRATIONS);
  await migrate(source);
  await source.destroy();
  const schema = (source.options as { schema: string }).schema;
  const runner = new ProjectionRunner({ ...log, pool, projection: DIRECTORY, schema, pageSize: 3 });
  runner.start();
  await runner.waitFor((await log.store.head()).position, 10_000);
  await runner.stop();
  return tableDump(pool, DIRECTORY, schema);
};

test('pages of a search name each consumer once, under the first of the linked records that match', async () => {
  const ids = [];
  for (const letter of 'abcdefg') ids.push(await person('Quentin', `Paged${letter}`));
  await link(ids[1]!, ids[4]!);
  await link(ids[0]!, ids[6]!);
  const seen: string[] = [];
  let from: string | undefined;
  for (let pages = 0; pages < 9; pages++) {
    const page = await search('paged', { limit: 2, ...(from && { from }) });
    seen.push(...page.found.map(({ name }) => name ?? ''));
    from = page.next;
    if (!page.more) break;
  }
  expect(seen).toEqual(['Quentin Pageda', 'Quentin Pagedb', 'Quentin Pagedc', 'Quentin Pagedd', 'Quentin Pagedf']);
});

test('a former name finds a person too, and a corrected one no longer does', async () => {
  const personId = await person('Mira', 'Wrongly');
  const [registered] = await log.store.readStream(`person-${personId}`);
  const names = [{ use: 'usual', given: 'Mira', family: 'Rightly' }, { use: 'maiden', given: 'Mira', family: 'Olderly' }]; // prettier-ignore
  await log.tell({
    streamId: `person-${personId}`,
    personId,
    type: 'FactCorrected',
    data: { corrects: 'PersonRegistered', changed: {}, changedPrivately: { names } },
    supersedes: { eventId: registered!.id },
  });
  expect((await search('olderly')).found).toMatchObject([{ name: 'Mira Rightly' }]);
  expect((await search('wrongly')).found).toEqual([]);
});

test('two records are linked only while the links say so', async () => {
  const [a, b, c] = [await person('A', 'Chain'), await person('B', 'Chain'), await person('C', 'Chain')];
  await link(a, b);
  await link(b, c);
  await caughtUp();
  expect(await directory.service.linked(a, c)).toBe(true);
  expect(await directory.service.linked(a, randomUUID())).toBe(false);
});

test('an erasure reaches every key and identifier of a person, also of what is recorded later, and a rebuild shows the same', async () => {
  const personId = await person('Vanishing', 'Point', { birthDate: '1980-01-01' });
  const tag = identifiers.tag('st-marys', 'MR', '99');
  await identifiers.point(tag, personId, 'person');
  const identifier = { authority: 'st-marys', idType: 'MR', value: '99', quality: 'as-sent', usableForMatching: true };
  const [contact, later] = [`contact-${randomUUID()}`, `contact-${randomUUID()}`];
  const made = { method: 'phone', setting: 'home', note: 'sealed words' };
  await log.tell(
    { streamId: `person-${personId}`, personId, type: 'IdentifierRecorded', data: identifier },
    { streamId: contact, personId, type: 'PeerContactMade', data: made, at: '2026-03-05' },
    { streamId: `person-${personId}`, personId, type: 'PersonErased', data: {} },
    { streamId: later, personId, type: 'PeerContactMade', data: made, at: '2026-03-06' },
  );
  await caughtUp();
  await directory.erasures.idle();
  expect((await search('vanishing')).found).toEqual([]);
  expect(await identifiers.find(tag)).toBeUndefined();
  expect(await identifiers.suppressed([tag])).toEqual(new Set([tag]));
  for (const stream of [`person-${personId}`, contact, later])
    expect((await log.keys.find([log.keyOf(stream)!.id])).size).toBe(0);
  const [opened] = await log.openPage(await log.store.readStream(later));
  expect((opened!.data as { note: unknown }).note).toEqual(ERASED);
  const live = await tableDump(pool, DIRECTORY, 'directory');
  expect(JSON.stringify(live)).not.toMatch(/vanishing|1980/i);
  expect(await rebuilt()).toEqual(live);
});
