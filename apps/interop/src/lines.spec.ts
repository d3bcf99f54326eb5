import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from './lines.js';

const read = async (chunks: readonly (string | Buffer)[]) => {
  const lines = [];
  for await (const line of linesOf((async function* () { for (const c of chunks) yield Buffer.from(c); })())) lines.push(line); // prettier-ignore
  return lines;
};

test('CR, LF and CRLF end lines alike, and an unended last line is told', async () => {
  expect((await read(['a\rb\r\nc\n\nd'])).map(({ text, terminated }) => [text, terminated])).toEqual([
    ['a', true],
    ['b', true],
    ['c', true],
    ['', true],
    ['d', false],
  ]);
});
test('lines are the same wherever the text is cut into chunks, within a character too', async () => {
  const whole = Buffer.from('é|1\r\nß\r\r\nü\n');
  const expected = await read([whole]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: whole.length }), { maxLength: 6 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
      const chunks = at
        .slice(1)
        .map((end, i) => whole.subarray(at[i], end))
        .filter((chunk) => chunk.length > 0);
      expect(await read(chunks)).toEqual(expected);
    }),
  );
});
