import { expect, test } from '@jest/globals';
import { LogUnavailable } from '#event-store';
import { KeysUnavailable } from '#keys';
import { isPassing, openEach } from './open-each.js';
import { testLog } from '#read-store/testing';

test('a log or a key database that is away passes; an event that cannot be opened does not', () => {
  expect([new LogUnavailable('x'), new KeysUnavailable('x'), new Error('x')].map(isPassing)).toEqual([true, true, false]);
});
test('while the keys are away no event counts as one that cannot be opened', async () => {
  const log = testLog();
  await log.tell({ streamId: 'pair-1', personId: null, type: 'PersonErased', data: {} });
  const away = () => Promise.reject(new KeysUnavailable('away'));
  await expect(openEach(away, await log.store.readAll(0, 10))).rejects.toThrow(KeysUnavailable);
});
