import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical, faultOf, parseJson } from './json-text.js';
import type { Problem } from './problem.js';

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('a text has no fault exactly where it is JSON, however it was damaged', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', 'x', '\u0001', '1', '\\'), (json, at, put) => {
      const place = at % (json.length + 1);
      const damaged = json.slice(0, place) + put + json.slice(place + (put === '' ? 1 : 0));
      expect(faultOf(json)).toBeUndefined();
      expect(faultOf(damaged) === undefined).toBe(parses(damaged));
    }),
    { numRuns: 2000 },
  );
});
test.each([
  ['{"a": 1,}', 8],
  ['{"a": tru}', 6],
  ['[1, 2', 5],
  ['', 0],
  ['{} {}', 3],
  ['{"a" 1}', 5],
])('%s stops being JSON at %d', (text, position) => expect(faultOf(text)).toBe(position));

test('malformed JSON is answered with line and column, and without quoting the text', () => {
  const send = () => parseJson(Buffer.from('{\n  "note": "Alma" oops }'));
  expect(send).toThrow('line 2, column 18');
  expect(send).not.toThrow('Alma');
});
test('bytes that are not UTF-8 are refused', () => {
  expect(() => parseJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow('not UTF-8');
});
test('the order of members does not change what a body says', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: 2 })).toBe(canonical({ a: 2, b: [1, { c: 'x', d: null }] }));
  expect(canonical({ a: 1 })).not.toBe(canonical({ a: '1' }));
});
test('a problem carries where it is', () => {
  let problem: unknown;
  try {
    parseJson(Buffer.from('['));
  } catch (thrown) {
    problem = thrown;
  }
  expect((problem as Problem).details).toMatchObject({ status: 400, at: { position: 1, line: 1, column: 2 } });
});
