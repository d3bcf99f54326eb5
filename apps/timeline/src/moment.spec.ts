import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { dayAfter, daysBetween, spanOfStart, type Occurred } from '#kernel';
import { occurred } from './consumer.spec-kit.js';
import { dayLater, daysFrom, spanOf } from './moment.js';

const ZONES = ['America/Detroit', 'UTC', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Sao_Paulo'];
const LENGTHS = [4, 7, 10, 16, 19];
const moments: fc.Arbitrary<Occurred> = fc
  .tuple(
    fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    fc.constantFrom(...LENGTHS),
    fc.constantFrom(...ZONES),
    fc.boolean(),
  )
  .map(([date, length, zone, sent]) => ({
    ...occurred(date.toISOString().slice(0, length), zone),
    ...(sent && length >= 16 && { offset: '-05:00' }),
  }));

test('a moment spans what the kernel says, on days of 23, 24 and 25 hours', () => {
  fc.assert(
    fc.property(moments, (moment) => expect(spanOf(moment)).toEqual(spanOfStart(moment))),
    { numRuns: 2000 },
  );
  for (const day of ['2026-03-08', '2026-11-01'])
    for (let hour = 0; hour < 24; hour++) {
      const moment = occurred(`${day}T${String(hour).padStart(2, '0')}:30`);
      expect(spanOf(moment)).toEqual(spanOfStart(moment));
    }
});

test('days are counted as the kernel counts them', () => {
  fc.assert(
    fc.property(moments, moments, fc.integer({ min: 0, max: 400 }), (a, b, days) => {
      expect(daysFrom(a, b)).toEqual(daysBetween(a, b));
      expect(dayLater(a, days)).toEqual(dayAfter(a, days));
    }),
    { numRuns: 2000 },
  );
});
