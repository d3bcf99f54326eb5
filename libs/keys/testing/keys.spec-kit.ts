import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Keys } from '#keys';

const because = { eventId: randomUUID(), personId: randomUUID() };
const idsOf = (found: ReadonlyMap<string, unknown>) => [...found.keys()].sort();

/** What every engine of the key port promises: titles, and how to try each on an open engine. */
export const keysKit: readonly (readonly [title: string, run: (keys: Keys) => Promise<void>])[] = [
  [
    'every key taken is another one, of 32 bytes, and can be found',
    async (keys) => {
      const taken = await Promise.all(Array.from({ length: 300 }, () => keys.take()));
      assert.equal(new Set(taken.map(({ id }) => id)).size, 300);
      assert.equal(new Set(taken.map(({ bytes }) => bytes.toString('hex'))).size, 300);
      assert.ok(taken.every(({ bytes }) => bytes.length === 32));
      const found = await keys.find(taken.map(({ id }) => id));
      for (const { id, bytes } of taken) assert.deepEqual(found.get(id)?.bytes, bytes);
    },
  ],
  [
    'an unknown key is absent',
    async (keys) => {
      const { id } = await keys.take();
      assert.deepEqual(idsOf(await keys.find([id, randomUUID()])), [id]);
      assert.equal((await keys.find([])).size, 0);
    },
  ],
  [
    'a dropped key is gone, its neighbours stay',
    async (keys) => {
      const [loser, winner] = [await keys.take(), await keys.take()];
      await keys.drop(loser.id);
      assert.deepEqual(idsOf(await keys.find([loser.id, winner.id])), [winner.id]);
    },
  ],
  [
    'a destroyed key is gone, also for whoever had just read it; destroying it again does no harm',
    async (keys) => {
      const [gone, kept] = [await keys.take(), await keys.take()];
      assert.equal((await keys.find([gone.id, kept.id])).size, 2);
      await keys.destroy([gone.id, gone.id], because);
      await keys.destroy([gone.id], because);
      assert.deepEqual(idsOf(await keys.find([gone.id, kept.id])), [kept.id]);
    },
  ],
];
