import { expect, test } from '@jest/globals';
import { holdsNumber, isEvidence, qualityOf } from './identifier.policy.js';

test.each([
  ['SS', '000-00-0000'], ['SS', '999999999'], ['SS', '123-45-6789'], ['SS', '666-12-3456'], ['SS', '078-05-0000'],
  ['MR', 'UNKNOWN'], ['MR', '00000000'], ['MR', '-'], ['SS', 'none'],
])('the filler %s %s stands for nobody in particular', (idType, value) => expect(qualityOf(idType, value)).toBe('placeholder')); // prettier-ignore

test.each([
  ['SS', 'XXX-XX-1234'], ['SSN', '***-**-1234'], ['SS', 'f4e2d1c0b9a8f7e6d5c4b3a2f1e0d9c8'], ['MR', '****1234'],
])('the mask or hash %s %s is not a value', (idType, value) => expect(qualityOf(idType, value)).toBe('masked')); // prettier-ignore

test('the last four digits of a number are a part of it', () => expect(qualityOf('SS', '1234')).toBe('partial'));
test.each([
  ['MR', '1590157853'], ['SS', '219-09-9998'], ['PersonalID', 'f4e2d1c0b9a8f7e6d5c4b3a2f1e0d9c8'], ['MR', '4'],
])('%s %s is taken as sent', (idType, value) => expect(qualityOf(idType, value)).toBe('as-sent')); // prettier-ignore

test('only what one person holds, whole and unmasked, is evidence of who somebody is', () => {
  expect((['as-sent', 'verified'] as const).every(isEvidence)).toBe(true);
  expect((['placeholder', 'masked', 'partial', 'temporary', 'shared'] as const).some(isEvidence)).toBe(false);
});

test('an authority that repeats the number would show it in the open', () => {
  expect(holdsNumber('urn:ssn:078-05-1120', '078051120')).toBe(true);
  expect(holdsNumber('https://hospital.example/people/4711-0815', '47110815')).toBe(true);
  expect(holdsNumber('SIMULATOR MRN', '4711-0815')).toBe(false);
  expect(holdsNumber('2.16.840.1.113883.4.1', '1138')).toBe(false);
});
