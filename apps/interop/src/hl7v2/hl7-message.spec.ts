import { expect, test } from '@jest/globals';
import { Message } from './hl7-message.js';
import { hl7Time } from './hl7-time.js';
import { instantOf } from '../when.js';

const head = 'MSH|^~\\&|APP|FAC|||20260305160000-0500||ADT^A01^ADT_A01|1|P|2.5';
const given = { zone: 'America/Detroit', receivedAt: '2026-03-10T00:00:00.000Z' };

test('a message is read with the delimiters that it declares', () => {
  const odd = new Message(['MSH^~|\\&^SENDING^200M^^^20120918173931-0500^^ADT~A24^7^T^2.4', 'PID^1^^11111~~~FOO&&0363~NI|22222']);
  expect(odd.text('MSH', 3)).toBe('SENDING');
  expect(odd.text('MSH', 9, { component: 2 })).toBe('A24');
  expect(odd.text('PID', 3, { component: 4 })).toBe('FOO');
  expect(odd.text('PID', 3, { repetition: 1 })).toBe('22222');
});
test('escapes come out as what they stand for, and a lone escape character as itself', () => {
  const m = new Message([head, 'PID|1||A\\T\\E\\F\\B\\X41\\^^^\\S\\||C:\\temp']);
  expect(m.text('PID', 3)).toBe('A&E|BA');
  expect(m.text('PID', 3, { component: 4 })).toBe('^');
  expect(m.text('PID', 5)).toBe('C:\\temp');
});
test('a field sent as "" is cleared, which an empty one is not', () => {
  const m = new Message([head, 'PID|1||1||""|']);
  expect([m.cleared('PID', 5), m.cleared('PID', 6)]).toEqual([true, false]);
  expect(m.text('PID', 5)).toBeUndefined();
});

test.each([
  ['2026', '2026', undefined],
  ['202603', '2026-03', undefined],
  ['20260305', '2026-03-05', undefined],
  ['202603051600', '2026-03-05T16:00', undefined],
  ['20260305160030.1234-0215', '2026-03-05T16:00:30', '-02:15'],
])('%s is as precise as it is long', (text, start, offset) => {
  const at = hl7Time(text, 'PV1-44', given);
  expect([at?.start, at?.offset]).toEqual([start, offset]);
});
test('a time without an offset is read in the zone of its source', () => {
  expect(instantOf(hl7Time('20260305160000', 'EVN-2', given)!)).toBe('2026-03-05T21:00:00.000Z');
  expect(instantOf(hl7Time('20260305160000+0100', 'EVN-2', given)!)).toBe('2026-03-05T15:00:00.000Z');
});
test('a date after receipt, and one that does not exist, are implausible and kept as sent', () => {
  expect(hl7Time('20290801', 'PV1-44', given)).toMatchObject({ start: '2029-08-01', implausible: true });
  expect(hl7Time('20260231', 'PV1-44', given)).toMatchObject({ start: '2026-02', asSent: '2026-02-31', implausible: true });
});
test.each(['', 'yesterday', '2026-03-05', '20261305T'])('%j is no HL7 time', (text) =>
  expect(hl7Time(text, 'EVN-2', given)).toBeUndefined(),
);
