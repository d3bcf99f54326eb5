import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, type Hashed } from './hash.js';

const event: Hashed = {
  id: '6ba7b810-9dad-81d1-80b4-00c04fd430c8',
  type: 'HospitalAdmitted',
  streamId: 'visit-6ba7b811-9dad-41d1-80b4-00c04fd430c8',
  personId: '6ba7b812-9dad-41d1-80b4-00c04fd430c8',
  body: '{"data":{"é":1}}',
  sealed: Buffer.from('sealed'),
};

test('the hash of an event is the same for ever', () => {
  expect(hashOf(event).toString('hex')).toBe('a62251825420b9c2a72eb34bc9f85b71363f92c2ac25b6c8426206b46d856627');
});

test('every field that the writer knows counts, and nothing runs together', () => {
  const others: Partial<Hashed>[] = [
    { id: event.id.replace('6', '7') },
    { type: 'HospitalAdmittedv', streamId: event.streamId.slice(1) },
    { personId: null },
    { body: `${event.body} ` },
    { body: '', sealed: Buffer.from(event.body) },
    { sealed: null },
    { sealed: Buffer.alloc(0) },
  ];
  const hashes = [event, ...others.map((other) => ({ ...event, ...other }))].map((each) => hashOf(each).toString('hex'));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the letter case of an id does not count: databases do not keep it', () => {
  expect(hashOf({ ...event, id: event.id.toUpperCase() })).toEqual(hashOf(event));
});

test('any two texts that differ hash differently, wherever the border between fields lies', () => {
  const parts = fc.tuple(fc.string(), fc.string());
  fc.assert(
    fc.property(parts, parts, ([type, body], [otherType, otherBody]) => {
      const alike = type === otherType && body === otherBody;
      expect(hashOf({ ...event, type, body }).equals(hashOf({ ...event, type: otherType, body: otherBody }))).toBe(alike);
    }),
  );
});
