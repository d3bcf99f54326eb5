import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { compareOccurred, dayAfter, daysBetween, precisionOf, spanOfEnd, spanOfStart, type Occurred } from './occurred.js';

const DETROIT = 'America/Detroit';
const at = (start: string, more: Partial<Occurred> = {}): Occurred => ({
  start,
  precision: precisionOf(start) ?? 'day',
  zone: DETROIT,
  basis: 'EVN-6',
  ...more,
});
const HOUR = 3_600_000;
const hours = ({ from, until }: { from: number; until: number }) => (until - from) / HOUR;

test('a discharge on Friday 16:00 and a visit the next Friday 20:30 in Detroit are 7 days, though 8 in UTC', () => {
  expect(daysBetween(at('2026-03-13T16:00'), at('2026-03-20T20:30'))).toEqual({ least: 7, most: 7 });
  const inUtc = { zone: 'UTC' };
  expect(daysBetween(at('2026-03-13T20:00', inUtc), at('2026-03-21T00:30', inUtc))).toEqual({ least: 8, most: 8 });
});
test('days are counted in the zone of the place where the index event happened', () => {
  const visit = at('2026-03-21T00:30', { zone: 'UTC' });
  expect(daysBetween(at('2026-03-13T16:00'), visit)).toEqual({ least: 7, most: 7 });
});
test('a visit just before midnight of the day itself is day 0, and just after it day 1', () => {
  expect(daysBetween(at('2026-03-13T16:00'), at('2026-03-13T23:59'))).toEqual({ least: 0, most: 0 });
  expect(daysBetween(at('2026-03-13T16:00'), at('2026-03-14T00:00'))).toEqual({ least: 1, most: 1 });
});
test('a week in which the clocks change has seven days, though not 168 hours', () => {
  expect(daysBetween(at('2026-03-06T16:00'), at('2026-03-13T16:00'))).toEqual({ least: 7, most: 7 });
  expect(daysBetween(at('2026-10-30T16:00'), at('2026-11-06T16:00'))).toEqual({ least: 7, most: 7 });
  expect(spanOfStart(at('2026-03-13T16:00')).from - spanOfStart(at('2026-03-06T16:00')).from).toBe(167 * HOUR);
});
test('a day on which the clocks change has 23 or 25 hours', () => {
  expect(['2026-03-08', '2026-03-09', '2026-11-01'].map((day) => hours(spanOfStart(at(day))))).toEqual([23, 24, 25]);
});
test('an offset that the source sent decides which of two equal hours is meant', () => {
  const [first, second] = ['-04:00', '-05:00'].map((offset) => spanOfStart(at('2026-11-01T01:30', { offset })).from);
  expect(second! - first!).toBe(HOUR);
});
test('a date without a time is never turned into midnight: it is any instant of the day', () => {
  expect(hours(spanOfStart(at('2026-03-05')))).toBe(24);
  expect(daysBetween(at('2026-03-05'), at('2026-03-05'))).toEqual({ least: 0, most: 0 });
});
test('of a month or a year only an interval of days is known', () => {
  expect(daysBetween(at('2026-02'), at('2026-03-10'))).toEqual({ least: 10, most: 37 });
  expect(daysBetween(at('2026-03-10'), at('2026'))).toEqual({ least: -68, most: 296 });
  expect(hours(spanOfStart(at('2024'))) / 24).toBe(366);
});
test('a date read in another zone may fall on either of two days', () => {
  expect(daysBetween(at('2026-03-05T16:00'), at('2026-03-06', { zone: 'UTC' }))).toEqual({ least: 0, most: 1 });
});
test('the end is where the source says it is, and the start where it says none', () => {
  const stay = at('2026-03-05T16:00', { end: '2026-03-09' });
  expect(spanOfEnd(stay)).toEqual(spanOfStart(at('2026-03-09')));
  expect(spanOfEnd(at('2026-03-05'))).toEqual(spanOfStart(at('2026-03-05')));
});
test('the seventh day after a discharge ends at midnight of its own zone, clock change or not', () => {
  const { day, from, until } = dayAfter(at('2026-03-03T23:30'), 7);
  expect(day).toBe('2026-03-10');
  expect({ from, until }).toEqual(spanOfStart(at('2026-03-10')));
});
test('of two dates the one that may have begun earlier comes first, then the more exact one', () => {
  const sorted = ['2026-03-05T16:00', '2026', '2026-03', '2026-03-05', '2025-12-31']
    .map((start) => at(start))
    .sort(compareOccurred);
  expect(sorted.map(({ start }) => start)).toEqual(['2025-12-31', '2026', '2026-03', '2026-03-05', '2026-03-05T16:00']);
});
test.each(['2026-02-30', '2026-13', '2026-3-5', '2026-W01', '2026-03-05T24:00', '2026-03-05 16:00', '', '20260305'])(
  '%j names no moment that there is',
  (text) => expect(precisionOf(text)).toBeUndefined(),
);
test('days counted forth and back are the same days, whatever is known of either date', () => {
  const text = fc
    .tuple(
      fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2039-12-31T00:00:00Z'), noInvalidDate: true }),
      fc.constantFrom(4, 7, 10),
    )
    .map(([date, length]) => at(date.toISOString().slice(0, length)));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [forth, back] = [daysBetween(a, b), daysBetween(b, a)];
      expect(forth.least + back.most).toBe(0);
      expect(forth.least).toBeLessThanOrEqual(forth.most);
    }),
  );
});

test('a text has a precision just where the calendar knows its moment', () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
  const local = fc
    .tuple(fc.integer({ min: 1000, max: 9999 }), two(14), two(33), two(26), two(62))
    .map(([year, month, day, hour, minute]) => `${year}-${month}-${day}T${hour}:${minute}`);
  const known = (text: string) => {
    try {
      return Boolean(Temporal.PlainDateTime.from(text, { overflow: 'reject' }));
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(local, (text) => (precisionOf(text) === 'minute') === known(text)),
    { numRuns: 5_000 },
  );
  fc.assert(
    fc.property(local, (text) => (precisionOf(text.slice(0, 10)) === 'day') === known(text.slice(0, 10))),
    { numRuns: 5_000 },
  );
  expect(['2026', '2026-13', '2026-1', '2026-W01', '', '2026-03-05T16:00:61'].map(precisionOf)).toEqual([
    'year',
    ...Array(5).fill(undefined),
  ]);
});
