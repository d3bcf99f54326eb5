import { expect, test } from '@jest/globals';
import { KeyPool } from './key-pool.js';

const poolOf = (largest = 64) => {
  const batches: number[] = [];
  const state = { failing: false };
  const make = async (count: number) => {
    await Promise.resolve();
    if (state.failing) throw new Error('no database');
    batches.push(count);
    return Array.from({ length: count }, (_, i) => ({ id: `${batches.length}-${i}`, bytes: Buffer.alloc(32) }));
  };
  return { pool: new KeyPool(make, largest), batches, state };
};

test('a burst gets each key once, from batches that grow up to the largest', async () => {
  const { pool, batches } = poolOf();
  const keys = await Promise.all(Array.from({ length: 300 }, () => pool.take()));
  expect(new Set(keys.map(({ id }) => id)).size).toBe(300);
  expect(batches.slice(0, 3)).toEqual([32, 64, 64]);
});
test('one after another, only the first waits for a batch', async () => {
  const { pool, batches } = poolOf();
  await pool.take();
  for (let i = 0; i < 200; i++) {
    const before = batches.length;
    await pool.take();
    expect(batches.length - before).toBeLessThanOrEqual(1);
  }
});
test('a failure reaches whoever waits, and the next one tries again', async () => {
  const { pool, state } = poolOf();
  state.failing = true;
  await expect(pool.take()).rejects.toThrow('no database');
  state.failing = false;
  await expect(pool.take()).resolves.toBeDefined();
});
test('what was never handed out is given back at the end', async () => {
  const { pool } = poolOf();
  await pool.take();
  expect(await pool.drain()).toHaveLength(31);
});
