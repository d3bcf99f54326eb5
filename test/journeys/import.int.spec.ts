import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doorOf } from '../../apps/interop/src/door.js';
import { importFiles } from '../../apps/interop/src/import.js';
import { composed, type Composed } from './composed.js';
import { adt, file, hl7 } from './import-files.js';

let service: Composed;
beforeAll(async () => {
  service = await composed();
}, 60_000);
afterAll(() => service.end());

test('messages of three hundred visits are on the log once, however often they are imported', async () => {
  const visits = Array.from({ length: 300 }, (_, i) => ({ mrn: `M${i}`, visit: `V${i}`, name: `FAMILY${i}^GIVEN` }));
  const messages = visits.flatMap((told) => [
    adt('A01', { ...told, start: '20260301120000' }),
    adt('A03', { ...told, at: '20260306160000', end: '20260306150000' }),
  ]);
  const path = await file('visits.hl7', hl7(...messages));
  const door = doorOf(service.door, service.registry, service.identifiers);
  const take = () => importFiles([path], { door, out: null, zone: 'America/Detroit' });
  const begun = performance.now();
  const first = await take();
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(`${Math.round(600 / seconds)} messages a second, ${Math.round(first.events / seconds)} events a second\n`);
  expect(first).toMatchObject({ read: 600, recorded: 600, refused: 0, exitCode: 0 });
  const { position } = await service.store.head();
  expect(await take()).toMatchObject({ read: 600, recorded: 0, repeated: 600, events: 0 });
  expect((await service.store.head()).position).toBe(position);
}, 120_000);
