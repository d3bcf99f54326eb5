import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doorOf } from '../../apps/interop/src/door.js';
import { importFiles } from '../../apps/interop/src/import.js';
import { composed, type Composed } from './composed.js';

const EVA = '../shared/data/hmis-eva-demo/demo.zip';
const here = existsSync(EVA);
if (!here) process.stdout.write(`skipped: ${EVA} is not there\n`);

let service: Composed;
beforeAll(async () => {
  if (here) service = await composed();
}, 60_000);
afterAll(() => service?.end());

const imported = () =>
  importFiles([EVA], { door: doorOf(service.door, service.registry, service.identifiers), out: null, zone: 'America/Detroit' });
const counted = async (sql: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await service.store.pool.query<{ name: string; count: number }>(sql)).rows.map(({ name, count }) => [name, count]),
  );

(here ? test : test.skip)(
  'a whole export of thousands is told once, and says nothing new when it comes again',
  async () => {
    const began = Date.now();
    const first = await imported();
    process.stdout.write(`${first.read} rows, ${first.events} events in ${Math.round((Date.now() - began) / 1000)} s\n`);
    expect(first.stopped).toEqual([]);
    expect(first.refused).toBe(1);
    expect(await counted('select type as name, count(*)::int as count from log.events group by type')).toMatchObject({
      PersonRegistered: 4146,
      ProjectEntered: 4771,
      ProjectExited: 4295,
      MovedIn: 559,
      MoveInReported: 600,
    });
    const households = `select 'MovedIn' as name, count(distinct body::json->'data'->>'householdId')::int as count
      from log.events where type = 'MovedIn'`;
    expect(await counted(households)).toEqual({ MovedIn: 306 });
    const again = await imported();
    expect([again.recorded, again.events]).toEqual([0, 0]);
  },
  300_000,
);
