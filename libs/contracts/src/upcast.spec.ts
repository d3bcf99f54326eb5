import { IsIn, IsInt, IsOptional } from 'class-validator';
import { expect, jest, test } from '@jest/globals';
import { ERASED } from '#kernel';
import { event } from './catalogue.js';
import type { Unrecorded } from './codec.js';
import { IsPlainText } from './validators.js';

/** Third version: minutes were hours at first, and the note was called words. */
class WalkTaken {
  @IsInt() minutes!: number;
  @IsIn(['alone', 'together']) company!: string;
  @IsOptional() @IsPlainText(200) note?: string;
}
const walk = event(WalkTaken, {
  version: 3,
  upcast: {
    1: ({ hours, words, ...rest }: { hours: number; words?: string }) => ({
      ...rest,
      minutes: 60 * hours,
      ...(words !== undefined && { note: words }),
    }),
    2: (old: object) => ({ ...old, company: 'alone' }),
  },
  means: 'Someone took a walk.',
  labels: ['peer'],
  open: ['minutes', 'company'],
});
const gap = event(WalkTaken, {
  version: 2,
  means: 'Its first version cannot be read.',
  labels: [],
  open: ['minutes', 'company'],
});

const actual = await import('./events.js');
const { UnknownEvent } = actual;
const known: Readonly<Record<string, unknown>> = { WalkTaken: walk, GapTaken: gap };
jest.unstable_mockModule('./events.js', () => ({ ...actual, specOf: (type: string) => known[type] ?? actual.specOf(type) }));
const { decode, encode, versionIn } = await import('./codec.js');

const id = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const placed = {
  id, type: 'WalkTaken', streamId: `walk-${id}`, revision: 0, position: 1, personId: id, recordedAt: '2026-03-05T21:00:00.000Z',
}; // prettier-ignore
const told = {
  ...placed,
  schemaVersion: 3,
  occurred: null,
  assertedAt: null,
  asserted: { by: 'staff', how: 'observed' },
  enteredBy: 'test',
  organizationId: null,
  source: { system: 'test' },
  request: { tag: '', fingerprint: '' },
  labels: ['peer'],
  correlationId: id,
  causationId: null,
  data: { minutes: 90, company: 'together', note: 'along the river' },
} as const satisfies Unrecorded;
const { body } = encode(told);
/** As an older version of the code wrote it. */
const written = (v: number, data: object) => JSON.stringify({ ...(JSON.parse(body) as object), v, data });

test('an event is written in the newest version, and read back as it is', () => {
  expect(versionIn(body)).toBe(3);
  expect(decode(placed, body, encode(told).secret)).toMatchObject({ schemaVersion: 3, data: told.data });
});
test('an event of the first version passes every step to the newest, its sealed part included', () => {
  const read = decode(placed, written(1, { hours: 1.5 }), JSON.stringify({ data: { words: 'along the river' } }));
  expect(read).toMatchObject({ schemaVersion: 3 });
  expect(read.data).toEqual({ minutes: 90, company: 'alone', note: 'along the river' });
});
test('an event of the second version passes the last step alone', () => {
  expect(decode(placed, written(2, { minutes: 20 }), null).data).toEqual({ minutes: 20, company: 'alone' });
});
test('an old event whose key is destroyed is upcast without its sealed part, which reads erased under its newest name', () => {
  expect(decode(placed, written(1, { hours: 1 }), ERASED).data).toEqual({ minutes: 60, company: 'alone', note: ERASED });
});
test('a version without a way to the newest is a fault that names it, and a newer one is refused', () => {
  expect(() => decode({ ...placed, type: 'GapTaken' }, written(1, {}), null)).toThrow('GapTaken has no upcast from version 1');
  expect(() => decode(placed, written(4, {}), null)).toThrow(UnknownEvent);
});
