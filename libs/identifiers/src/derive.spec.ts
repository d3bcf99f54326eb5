import { isUUID } from 'class-validator';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { derivedId, fingerprint, requestTag, tagOf } from './derive.js';

const key = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);
const parts = fc.array(fc.string(), { maxLength: 4 });

test('a derived id is a UUID of version 8, the same each time, another under another key', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const id = derivedId(key, ...given);
      expect(isUUID(id, 'all')).toBe(true);
      expect(id[14]).toBe('8');
      expect('89ab').toContain(id[19]);
      expect(derivedId(key, ...given)).toBe(id);
      expect(derivedId(other, ...given)).not.toBe(id);
    }),
  );
});
test('different parts never give the same tag or id, however they are cut', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      expect(tagOf(key, a)).not.toBe(tagOf(key, b));
      expect(derivedId(key, ...a)).not.toBe(derivedId(key, ...b));
    }),
  );
  expect(tagOf(key, ['a', 'bc'])).not.toBe(tagOf(key, ['ab', 'c']));
  expect(tagOf(key, ['1:a'])).not.toBe(tagOf(key, ['a']));
});
test('a value made for one purpose equals none made for another', () => {
  const values = [tagOf(key, ['a', 'b', 'c']), requestTag(key, 'a', 'b', 'c'), fingerprint(key, 'a')];
  expect(new Set([...values, tagOf(key, ['a'])]).size).toBe(4);
});
test('what is derived never changes: stored events stand on it', () => {
  expect(derivedId(key, 'api', 'key-1', 'visit-1', '0')).toBe('228674e8-ed77-8247-9cb8-44e43bab1abb');
  expect(tagOf(key, ['st-marys', 'MR', '12345'])).toBe('yjiMVlEtKLIqZagfLsPzaCBLTE2zQdZX9bc7MqxuBk0');
});
