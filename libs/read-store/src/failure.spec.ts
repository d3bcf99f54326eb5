import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { failure } from './projection-status.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('what is waited for comes through, unless something goes wrong first or has gone wrong', async () => {
  const { unless, reject } = failure();
  expect(await unless(Promise.resolve('page'))).toBe('page');
  const waiting = unless(new Promise(() => undefined));
  reject(new Error('the lease was lost'));
  await expect(waiting).rejects.toThrow('the lease was lost');
  await expect(unless(Promise.resolve('page'))).rejects.toThrow('the lease was lost');
});
test('pages that came through are not held on to, however long nothing goes wrong', async () => {
  const { unless } = failure();
  const pages: WeakRef<object>[] = [];
  for (let n = 0; n < 20; n++) pages.push(new WeakRef(await unless(Promise.resolve({ n }))));
  await unless(Promise.resolve());
  await turn();
  collectGarbage();
  expect(pages.filter((page) => page.deref()).length).toBeLessThan(3);
});
