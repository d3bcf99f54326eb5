import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answer, SearchView, TimelineView } from '#contracts';
import { opener, rebuildIdentifiers } from '#event-store';
import { ERASED } from '#kernel';
import { keyIdOf } from '#keys';
import { dataSourceOf, migrate, openPool, ProjectionRunner, type Pool, type Projection } from '#read-store';
import { tableDump } from '#read-store/testing';
import * as directory from '../../apps/directory/src/directory.module.js';
import { DIRECTORY } from '../../apps/directory/src/directory.rows.js';
import { doorOf } from '../../apps/interop/src/door.js';
import { importFiles } from '../../apps/interop/src/import.js';
import * as timeline from '../../apps/timeline/src/timeline.module.js';
import { TIMELINE } from '../../apps/timeline/src/timeline.rows.js';
import { ERASURES } from '../../apps/throughline/src/compose.js';
import { composed, type Composed } from './composed.js';

const HL7 = [
  'MSH|^~\\&|ADT|ST MARYS|TL|TL|20260301161500||ADT^A01|M-1|P|2.3',
  'EVN|A01|20260301161500',
  'PID|1||4711^^^ST MARYS^MR||Vanishing^Rosa||19920501|F',
  'PV1|1|I|5W^4^B||||||||||||||||V-1',
].join('\r');

let service: Composed;
let pool: Pool;
let keysPool: Pool;
beforeAll(async () => {
  service = await composed();
  [pool, keysPool] = [openPool(service.options.databaseUrl), openPool(service.options.keysUrl)];
}, 30_000);
afterAll(async () => {
  await Promise.all([pool.end(), keysPool.end()]);
  await service.end();
});

const post = async (command: string, body: object) => {
  const { body: answer, status: http } = await service.post(command, body);
  return { ...(answer as Answer & { readonly code?: string }), http };
};
const settled = async () => expect(await service.positions.reached((await service.store.head()).position, 10_000)).toBe(true);
const eventually = async (holds: () => Promise<boolean>) => {
  for (let i = 0; i < 200 && !(await holds()); i++) await new Promise((later) => setTimeout(later, 25));
  expect(await holds()).toBe(true);
};
const imported = async () => {
  const { dataDir } = service.options;
  const [file, report] = [join(dataDir, 'messages.hl7'), join(dataDir, 'report.tsv')];
  await writeFile(file, `${HL7}\r`);
  const result = await importFiles([file], { door: doorOf(service.door, service.registry, service.identifiers), out: null, report });
  await settled();
  return { ...result, report: await readFile(report, 'utf8') };
}; // prettier-ignore
const found = async (text: string) => ((await service.get(`/consumers?search=${text}`)).body as SearchView).found;
const eventsOf = async (personId: string) =>
  (await service.store.readAll(0, 1000)).filter((event) => event.personId === personId);
const keysOf = async (personId: string) => [
  ...new Set((await eventsOf(personId)).flatMap(({ sealed }) => (sealed ? [keyIdOf(sealed)] : []))),
];
const gone = async (ids: readonly string[]) => (await service.keys.find(ids)).size === 0;
const tag = () => service.identifiers.tag('ST MARYS', 'MR', '4711');
const rebuilt = async (projection: Projection, { MIGRATIONS }: Pick<typeof directory, 'MIGRATIONS'>) => {
  const schema = `again_${randomUUID().slice(0, 8)}`;
  const source = dataSourceOf(service.options.databaseUrl, schema, [], MIGRATIONS);
  await migrate(source);
  await source.destroy();
  const runner = new ProjectionRunner({ store: service.store, openPage: opener(service.keys), pool, projection, schema });
  runner.start();
  expect(await runner.waitFor((await service.store.head()).position, 10_000)).toBe(true);
  await runner.stop();
  return tableDump(pool, projection, schema);
};

let rosa = '';
let anna = '';
let visit = '';
let backup: readonly { readonly key_id: string; readonly wrapped: Buffer }[] = [];

test('a person who is known by import and by hand can be found before', async () => {
  expect(await imported()).toMatchObject({ refused: 0, recorded: 1 });
  rosa = (await found('vanishing'))[0]?.personId ?? '';
  const { record, identifier } = { record: { authority: 'ST MARYS', type: 'VN', value: 'V-9' }, identifier: { authority: 'ST MARYS', type: 'MR', value: '9' } }; // prettier-ignore
  const contact = { person: { personId: rosa }, occurred: { start: '2026-03-03' }, method: 'phone', setting: 'home', note: 'sealed words' }; // prettier-ignore
  expect((await post('peer-support/report-peer-contact', contact)).http).toBe(201);
  const admission = { occurred: { start: '2026-03-01' }, facilityId: randomUUID(), levelOfCare: 'acute-psychiatric', unit: '5W' };
  visit = (await post('hospital/report-admission', { ...admission, person: { personId: rosa } })).streamId;
  const names = [{ use: 'usual', given: 'Anna', family: 'Remaining' }];
  anna = (await post('people/report-person-details', { person: { identifier }, names })).personId as string;
  await post('hospital/report-admission', { ...admission, person: { identifier }, subject: { record } });
  await settled();
  expect((await found('remaining')).map(({ personId }) => personId)).toEqual([anna]);
  expect((await keysOf(rosa)).length).toBeGreaterThanOrEqual(4);
});

test('her erasure destroys every key of hers and leaves those of others, and the ledger says so', async () => {
  backup = (await keysPool.query<(typeof backup)[number]>('select key_id, wrapped from keys.key')).rows;
  const before = await keysOf(rosa);
  expect((await post('people/erase-person', { person: { personId: rosa } })).http).toBe(201);
  await settled();
  await eventually(() => gone(before));
  const ledger = await readFile(join(service.options.dataDir, ERASURES), 'utf8');
  const { rows } = await keysPool.query<{ key_id: string }>('select key_id from keys.erasure');
  expect(before.every((id) => ledger.includes(id) && rows.some((row) => row.key_id === id))).toBe(true);
  expect(await gone(await keysOf(anna))).toBe(false);
  expect((await post('people/erase-person', { person: { personId: rosa } })).status).toBe('unchanged');
});

test('search no longer finds her, her timeline says that she was erased, and hers opens as erased', async () => {
  expect(await found('vanishing')).toEqual([]);
  const view = (await service.get(`/consumers/${rosa}/timeline`)).body as TimelineView;
  expect([view.erased, view.name, view.born, view.lanes.flatMap(({ items }) => items)]).toEqual([true, null, null, []]);
  const opened = await opener(service.keys)(await eventsOf(rosa));
  expect(opened.find(({ type }) => type === 'PeerContactMade')?.data).toMatchObject({ note: ERASED });
  expect(JSON.stringify(opened)).not.toMatch(/vanishing|sealed words|4711|V-1"|5W/i);
  expect((await found('remaining')).map(({ personId }) => personId)).toEqual([anna]);
});

test('an import of her messages does not make her anew: it is refused, and says why', async () => {
  const { position } = await service.store.head();
  const again = await imported();
  expect(again).toMatchObject({ recorded: 0, repeated: 0, refused: 1, events: 0 });
  expect(again.report).toContain('person-erased');
  expect((await service.store.head()).position).toBe(position);
  expect([await service.identifiers.find(tag()), (await service.identifiers.suppressed([tag()])).size]).toEqual([undefined, 1]);
  await rebuildIdentifiers(service);
  expect(await service.identifiers.find(tag())).toBeUndefined();
});

test('what is said of her later is refused on her old streams, and destroyed on a new one', async () => {
  const ended = {
    subject: { id: visit.slice(visit.indexOf('-') + 1) },
    occurred: { start: '2026-03-04' },
    disposition: 'home',
    destination: 'Elm',
  };
  expect(await post('hospital/report-visit-end', ended)).toMatchObject({ http: 409, code: 'person-erased' });
  const contact = { person: { personId: rosa }, occurred: { start: '2026-03-05' }, method: 'phone', setting: 'home', note: 'later words' }; // prettier-ignore
  const later = await post('peer-support/report-peer-contact', contact);
  await settled();
  const keys = await keysOf(rosa);
  await eventually(() => gone(keys));
  expect(later.http === 409 || (await service.store.readStream(later.streamId)).length > 0).toBe(true);
});

test('both views, folded again from nothing, equal the live ones, and hold nothing of her', async () => {
  const live = [await tableDump(pool, DIRECTORY, 'directory'), await tableDump(pool, TIMELINE, 'timeline')];
  expect([await rebuilt(DIRECTORY, directory), await rebuilt(TIMELINE, timeline)]).toEqual(live);
  expect(JSON.stringify(live)).not.toMatch(/vanishing|1992|sealed words|later words|4711/i);
});

test('a restored backup of the keys loses hers again at the next start', async () => {
  const hers = await keysOf(rosa);
  const restored = backup.filter(({ key_id }) => hers.includes(key_id));
  expect(restored.length).toBeGreaterThan(0);
  service = await service.restarted(async () => {
    for (const { key_id, wrapped } of restored)
      await keysPool.query('insert into keys.key (key_id, wrapped) values ($1, $2)', [key_id, wrapped]);
  });
  expect(await gone(hers)).toBe(true);
  expect(await gone(await keysOf(anna))).toBe(false);
});

test('once she consents anew she is someone new to the log', async () => {
  await service.identifiers.unsuppress([tag()]);
  expect(await imported()).toMatchObject({ recorded: 1, refused: 0 });
  const [anew] = await found('vanishing');
  expect(anew?.personId).not.toBe(rosa);
  expect(await gone(await keysOf(rosa))).toBe(true);
});
