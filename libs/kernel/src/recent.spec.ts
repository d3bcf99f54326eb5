import { expect, test } from '@jest/globals';
import { Recent } from './recent.js';

const recent = (most = 2) => {
  const time = { now: 0 };
  return { time, kept: new Recent<string>({ most, milliseconds: 100 }, () => time.now) };
};

test('a value lives for its time, however often it is used', () => {
  const { time, kept } = recent();
  kept.keep('a', 'one');
  time.now = 99;
  expect(kept.get('a')).toBe('one');
  time.now = 100;
  expect(kept.get('a')).toBeUndefined();
});
test('the longest unused goes first', () => {
  const { kept } = recent();
  kept.keep('a', 'one');
  kept.keep('b', 'two');
  kept.get('a');
  kept.keep('c', 'three');
  expect([kept.get('a'), kept.get('b'), kept.get('c'), kept.size]).toEqual(['one', undefined, 'three', 2]);
});
test('what was read before something was forgotten is not kept after it', () => {
  const { kept } = recent();
  const mark = kept.mark;
  kept.forget('a');
  kept.keep('a', 'stale', mark);
  expect(kept.get('a')).toBeUndefined();
  const later = kept.mark;
  kept.forgetAll();
  kept.keep('a', 'stale', later);
  expect(kept.size).toBe(0);
});
