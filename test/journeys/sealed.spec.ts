import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SealFile, SealKey, verify } from '#event-store';
import { composed, type Composed } from './composed.js';

let service: Composed;
beforeAll(async () => {
  service = await composed();
}, 30_000);
afterAll(() => service.end());

const eventually = async <T>(look: () => Promise<T>, until: (seen: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 100; tries++) {
    const seen = await look();
    if (until(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not come about in ten seconds');
};

test('what is recorded is sealed within seconds, in the database and outside, and a changed event is found', async () => {
  const person = { identifier: { authority: 'st-marys', type: 'MR', value: '1' } };
  const { body } = await service.post('hospital/cancel-discharge', { person, source: { system: 'hospital:st-marys' } });
  expect(body).toMatchObject({ status: 'recorded' });
  const { dataDir, secrets } = service.options;
  const file = new SealFile(join(dataDir, 'seals.jsonl'));
  await eventually(() => file.seals(), (seals) => seals.at(-1)?.to === body.position); // prettier-ignore
  expect(await readFile(file.path, 'utf8')).toContain('"signature"');

  const options = { store: service.store, key: new SealKey(secrets.seal), file };
  expect(await verify(options)).toEqual({ verified: body.position, sealedTo: body.position });
  // The log refuses changes; whoever owns the database can still make one.
  await service.store.pool.query(
    `begin; set local session_replication_role = replica;
     update log.events set recorded_at = recorded_at - interval '1 day' where position = 1; commit`,
  );
  expect((await verify(options)).misfit).toMatchObject({ position: 1 });
});
