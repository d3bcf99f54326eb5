import { createHash } from 'node:crypto';
import type { Keys, StreamKey } from '#keys';

/** Keys that end with the test. They are made from a counter, so that a test is the same each time. */
export const inMemoryKeys = (): Keys => {
  const keys = new Map<string, StreamKey>();
  let made = 0;
  return {
    async take() {
      made += 1;
      const id = `00000000-0000-4000-8000-${made.toString(16).padStart(12, '0')}`;
      const key = { id, bytes: createHash('sha256').update(id).digest() };
      keys.set(id, key);
      return key;
    },
    async find(ids) {
      return new Map(Array.from(ids, (id) => keys.get(id)).flatMap((key) => (key ? [[key.id, key]] : [])));
    },
    async drop(id) {
      keys.delete(id);
    },
    async destroy(ids) {
      for (const id of ids) keys.delete(id);
    },
    async close() {},
  };
};
