import { expect, test } from '@jest/globals';
import { LogUnavailable } from '#event-store';
import type { Door } from '../../../interop/src/importer.js';
import { patient } from './patient-door.js';

const answer = { status: 'recorded' } as Awaited<ReturnType<Door['accept']>>;
const sent = { scope: 'hospital', idempotencyKey: '1', snapshot: false, enteredBy: 'import' };
const away = (times: number): Door & { asked: number } => ({
  asked: 0,
  accept() {
    if (++this.asked <= times) throw new LogUnavailable('away');
    return Promise.resolve(answer);
  },
});

test('a record waits for a database that comes back', async () => {
  const door = away(2);
  await expect(patient(door, () => undefined, [0, 0]).accept('hospital/report-admission', {}, sent)).resolves.toBe(answer);
  expect(door.asked).toBe(3);
});
test('a database that stays away is told at last, and many who wait for it say so once', async () => {
  const said: string[] = [];
  const door = patient(away(1_000), (line) => said.push(line), [0]);
  const all = await Promise.allSettled([1, 2, 3].map(() => door.accept('hospital/report-admission', {}, sent)));
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(said).toHaveLength(1);
});
test('what the door refuses is not asked again', async () => {
  let asked = 0;
  const door: Door = { accept: () => Promise.reject(new Error(`refused ${++asked}`)) };
  await expect(patient(door, () => undefined, [0]).accept('hospital/report-admission', {}, sent)).rejects.toThrow('refused 1');
});
