import { describeEventStore } from '#event-store/testing';
import { expect, test } from '@jest/globals';
import { request } from '../testing/events.js';
import { memoryStore } from './memory.store.js';

describeEventStore('a log in memory', {
  capabilities: [],
  open: async () => {
    const store = memoryStore();
    return { store, close: () => store.close() };
  },
});

test('a clock that is set back does not take the log along', async () => {
  let now = Date.parse('2026-03-05T16:00:00.000Z');
  const store = memoryStore({ clock: () => now });
  const before = await store.append(request());
  now -= 60_000;
  expect((await store.append(request())).recordedAt).toBe(before.recordedAt);
});
