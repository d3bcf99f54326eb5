import { expect, test } from '@jest/globals';
import { missesOf, pageOf, tableOf, type Run } from './report.js';

const figure = (name: string, more = {}) => ({
  name, ours: 20_000, limit: 10_000, ratio: 2, p99ms: 1, limitP99ms: 2, rssMiB: 200, ...more,
}); // prettier-ignore
const run = (...figures: readonly ReturnType<typeof figure>[]): Run => ({
  machine: 'a machine', date: '2026-03-05', cost: { seal: 6, hash: 4, open: 5 }, figures,
}); // prettier-ignore

test('a figure falls short in its ratio, in the p99 that it is held to, and in memory', () => {
  expect(missesOf(figure('append.1', { ratio: 0.7, p99ms: 3 }))).toEqual([]);
  expect(missesOf(figure('append.1', { ratio: 0.69 }))).toEqual(['ratio 0.69, wanted 0.7']);
  expect(missesOf(figure('append.32', { p99ms: 3 }))).toEqual(['p99 3 ms, wanted at most 2 ms']);
  expect(missesOf(figure('rebuild.timeline', { rssMiB: 401 }))).toEqual(['401 MiB, wanted at most 400 MiB']);
});
test('the page names every miss, and says so where there is none', () => {
  expect(pageOf(run(figure('tail', { ratio: 0.5 })))).toContain('- `tail`: ratio 0.5, wanted 0.7.');
  expect(pageOf(run(figure('tail')))).toContain('Every figure reached what is wanted of it');
});
test('what secrecy costs an event is shown in microseconds and as a part of one core', () => {
  expect(tableOf(run(figure('append.8')))).toContain('10.0 µs (seal + hash), 20 %');
  expect(tableOf(run(figure('rebuild.timeline')))).toContain('5.0 µs (open), 10 %');
  expect(tableOf(run(figure('timeline.read')))).toContain('none');
});
test('figures stand in the order of what they are held to, whatever order they were measured in', () => {
  const names = tableOf(run(figure('tail'), figure('append.1'))).match(/^(tail|append\.1)/gm);
  expect(names).toEqual(['append.1', 'tail']);
});
