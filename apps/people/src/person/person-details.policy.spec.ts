import { expect, test } from '@jest/globals';
import { openBirthYear, overlaid } from './person-details.policy.js';

const ON = '2026-05-01T00:00:00.000Z';

test('the year of birth stands open below the age of 90', () => expect(openBirthYear('1937-12-31', ON)).toBe(1937));
test('people of 90 and more share one year, so that nobody stands out by age', () =>
  expect(['1936-05-01', '1935', '1911-02', '1899-01-01'].map((born) => openBirthYear(born, ON))).toEqual([
    1936, 1936, 1936, 1936,
  ]));
test('without a date of birth, or a moment to reckon from, no year stands open', () => {
  expect(openBirthYear(undefined, ON)).toBeUndefined();
  expect(openBirthYear('1984', undefined)).toBeUndefined();
});

const names = (...of: readonly [string, string][]) => of.map(([given, family]) => ({ use: 'usual', given, family }));
const F = { system: 'hl7:0001', code: 'F', mapped: 'female' };
const M = { system: 'hl7:0001', code: 'M', mapped: 'male' };
const U = { system: 'hl7:0001', code: 'U', mapped: 'unknown' };
const rosa = { names: names(['Rosa', 'Marsh']), birthDate: '1984-03-05', sex: F };

test('another name, date of birth and sex at once look like another person', () =>
  expect(overlaid({ names: names(['Paul', 'Reed']), birthDate: '1961-01-01', sex: M }, rosa)).toEqual([
    'name',
    'birthDate',
    'sex',
  ]));
test('a name added beside the old one, a date made more precise and a sex filled in do not', () => {
  const before = { names: names(['Rosa', 'Marsh']), birthDate: '1984-03', sex: U };
  expect(overlaid({ names: names(['Rosa', 'Marsh'], ['Rosie', 'Marsh']), birthDate: '1984-03-05', sex: F }, before)).toEqual([]);
});
test('what is emptied, or was not known before, does not', () => {
  expect(overlaid({ names: null, birthDate: null }, rosa)).toEqual([]);
  expect(overlaid(rosa, {})).toEqual([]);
});
