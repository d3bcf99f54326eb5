import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keyIdOf, open, seal, UnsealFailed, type Aad } from './seal.js';

const key = { id: randomUUID(), bytes: randomBytes(32) };
const aad: Aad = { eventId: randomUUID(), personId: randomUUID(), type: 'PeerContactMade', schemaVersion: 1 };
const NOTE = 'Walked to the clinic together; she would rather be called Jo.';

test('any text opens as it was sealed, and names its key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sealed = seal(text, key, aad);
      expect(open(sealed, key, aad)).toBe(text);
      expect(keyIdOf(sealed)).toBe(key.id);
    }),
  );
});
test('no two blobs of one text are alike', () => {
  const sealed = Array.from({ length: 2000 }, () => seal(NOTE, key, aad).toString('hex'));
  expect(new Set(sealed).size).toBe(2000);
  expect(new Set(sealed.map((hex) => hex.slice(34, 58))).size).toBe(2000);
});
test.each<[string, Partial<Aad>]>([
  ['event', { eventId: randomUUID() }],
  ['person', { personId: null }],
  ['type', { type: 'PeerContactAttempted' }],
  ['version', { schemaVersion: 2 }],
])('a blob moved to another %s does not open', (_what, other) => {
  expect(() => open(seal(NOTE, key, aad), key, { ...aad, ...other })).toThrow(UnsealFailed);
});
test('parts of what it is bound to cannot run together', () => {
  const sealed = seal(NOTE, key, { ...aad, type: 'A1', schemaVersion: 1 });
  expect(() => open(sealed, key, { ...aad, type: 'A', schemaVersion: 11 })).toThrow(UnsealFailed);
});
test('a changed byte anywhere, a cut, another key: none opens, and the message tells only the event', () => {
  const sealed = seal(NOTE, key, aad);
  const damaged = Array.from(sealed.keys(), (at) => Buffer.from(sealed.map((byte, i) => (i === at ? byte ^ 1 : byte))));
  const cut = [0, 1, 20, 44, sealed.length - 1].map((length) => sealed.subarray(0, length));
  for (const blob of [...damaged, ...cut]) expect(() => open(blob, key, aad)).toThrow(new UnsealFailed(aad.eventId));
  expect(() => open(sealed, { ...key, bytes: randomBytes(32) }, aad)).toThrow(UnsealFailed);
  expect(new UnsealFailed(aad.eventId).message).not.toContain('Jo');
});
