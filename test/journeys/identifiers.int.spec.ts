import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answer } from '#contracts';
import { rebuildIdentifiers } from '#event-store';
import { openPool } from '#read-store';
import { doorOf } from '../../apps/interop/src/door.js';
import { importFiles } from '../../apps/interop/src/import.js';
import { FY2024 } from '../../apps/interop/testing/hmis-exports.js';
import { composed, type Composed } from './composed.js';

let service: Composed;
beforeAll(async () => void (service = await composed()), 30_000);
afterAll(() => service.end());

const named = (type: string, value: string) => ({ authority: 'st-marys', type, value });
const source = { system: 'hospital:st-marys' };
const occurred = { start: '2026-03-01T16:00' };
const person = { identifier: named('MR', '4711') };
const visit = { subject: { record: named('VN', 'V-1') } };
const assertedAt = '2026-03-01T22:00:00.000Z';
const facilityId = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';

/** By record, by request alone, and about a facility, which is nobody's. */
const MESSAGES: readonly (readonly [string, object])[] = [
  ['hospital/report-admission', { person, ...visit, source, occurred, facilityId, levelOfCare: 'acute-psychiatric', assertedAt }],
  ['peer-support/report-peer-contact', { person, source, occurred, method: 'phone', setting: 'home' }],
  ['people/report-person-details', { source, names: [{ use: 'usual', given: 'Nameless', family: 'Numberless' }] }],
  ['organizations/report-facility', { subject: { record: named('FAC', 'main') }, source, assertedAt, name: 'St Marys' }],
]; // prettier-ignore

type Told = Pick<Answer, 'status' | 'streamId' | 'personId'>;
const tell = async ([command, body]: (typeof MESSAGES)[number]): Promise<Told> => {
  const { body: answer, status: code } = await service.post(command, body, `key-${command}`);
  if (code >= 400) throw new Error(JSON.stringify(answer));
  const { status, streamId, personId } = answer as Answer;
  return { status, streamId, personId };
};
const tellAll = async (): Promise<readonly Told[]> => {
  const told: Told[] = [];
  for (const message of MESSAGES) told.push(await tell(message));
  return told;
};
const find = (type: string, value: string) => service.identifiers.find(service.identifiers.tag('st-marys', type, value));
const move = () =>
  tell(['hospital/move-visit', { ...visit, person: { identifier: named('MR', 'RIGHT') }, source, assertedAt: '2026-03-05T12:00:00.000Z' }]); // prettier-ignore

/** The service after a start with an empty identifier table. */
const lost = () =>
  service.restarted(async () => {
    const pool = openPool(service.options.databaseUrl);
    await pool.query('truncate identifiers.identifier');
    await pool.end();
  });

test('a lost identifier table is made again from the log: the same messages are repeats and reach the same ids', async () => {
  const told = await tellAll();
  await tell(['people/report-person-details', { person: { identifier: named('MR', 'RIGHT') }, source, names: [{ use: 'usual', family: 'Right' }] }]); // prettier-ignore
  const moved = await move();
  const led = await Promise.all([find('VN', 'V-1'), find('MR', '4711'), find('MR', 'RIGHT')]);
  expect(`visit-${led[0]}`).toBe(moved.streamId);
  service = await lost();
  expect(await find('MR', '4711')).toBeUndefined();

  const head = (await service.store.head()).position;
  expect(await rebuildIdentifiers(service)).toBeGreaterThan(5);
  expect(await Promise.all([find('VN', 'V-1'), find('MR', '4711'), find('MR', 'RIGHT')])).toEqual(led);
  expect(await Promise.all(MESSAGES.slice(1).map(tell))).toEqual(told.slice(1).map((one) => ({ ...one, status: 'repeated' })));
  expect((await move()).status).toBe('repeated');
  expect((await service.store.head()).position).toBe(head);
}, 30_000);

test('an HMIS export that is imported again after the loss records nothing', async () => {
  const folder = join(service.options.dataDir, 'hmis');
  await mkdir(folder);
  for (const [name, text] of Object.entries(FY2024)) await writeFile(join(folder, name), text);
  const imported = () =>
    importFiles([folder], {
      door: doorOf(service.door, service.registry, service.identifiers),
      out: null,
      report: join(service.options.dataDir, 'report.tsv'),
    });
  expect((await imported()).events).toBeGreaterThan(5);
  service = await lost();
  await rebuildIdentifiers(service);
  expect(await imported()).toMatchObject({ events: 0, recorded: 0 });
}, 30_000);
