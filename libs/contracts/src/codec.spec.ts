import { expect, test } from '@jest/globals';
import { ERASED } from '#kernel';
import { decode, encode, InvalidPayload, type Unrecorded } from './codec.js';
import { UnknownEvent } from './events.js';

const admitted = {
  id: '0d8ba1a1-5c2f-8b53-9d4e-0a6f3f1b2c01',
  type: 'HospitalAdmitted',
  schemaVersion: 1,
  streamId: 'visit-6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001',
  personId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0002',
  occurred: { start: '2026-03-01T16:00', precision: 'minute', zone: 'America/Detroit', basis: 'EVN-6' },
  assertedAt: '2026-03-01T21:05:00.000Z',
  asserted: { by: 'source-record', how: 'documented' },
  enteredBy: 'hl7',
  performers: [{ role: 'attending', raw: 'Planted Doctor' }, { role: 'nurse' }],
  place: { kind: 'hospital', raw: 'Planted Ward 4' },
  organizationId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0003',
  source: { system: 'hospital:st-marys', message: 'PLANTED-MSG', record: 'PLANTED-VISIT', sequence: 3 },
  reservedUnder: { stream: { authority: 'st-marys', type: 'VN', value: 'PLANTED-VN' } },
  request: { tag: 'tag', fingerprint: 'print' },
  labels: ['hospital-mental-health'],
  correlationId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0004',
  causationId: null,
  data: { facilityId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0005', levelOfCare: 'acute-psychiatric', unit: 'Planted Unit' },
} as const satisfies Unrecorded;
const placed = { ...admitted, revision: 0, position: 7, recordedAt: '2026-03-01T21:06:00.000Z' };

test('an event comes back from the log as it went in', () => {
  const { body, secret } = encode(admitted);
  expect(decode(placed, body, secret)).toEqual(placed);
});

test('what is not declared open never stands in the open part', () => {
  const { body, secret } = encode(admitted);
  expect(body).not.toMatch(/planted/i);
  expect(secret?.match(/planted/gi)).toHaveLength(6);
});

test('an event whose key is destroyed keeps its open fields, and reads erased in all others', () => {
  const { body } = encode(admitted);
  const read = decode(placed, body, ERASED);
  const { facilityId, levelOfCare } = admitted.data;
  expect(read.data).toEqual({ facilityId, levelOfCare, unit: ERASED, bed: ERASED, visitNumber: ERASED, asSent: ERASED });
  expect(read.place).toEqual({ kind: 'hospital', raw: ERASED });
  expect(read.source).toEqual({ system: 'hospital:st-marys', sequence: 3 });
  expect(read).not.toHaveProperty('reservedUnder');
});

test('an event that is not what the catalogue declares is refused by field, without its values', () => {
  const wrong = { ...admitted, data: { facilityId: 'Planted Name', levelOfCare: 'acute-psychiatric', ssn: '078-05-1120' } };
  expect(() => encode(wrong)).toThrow(InvalidPayload);
  expect(() => encode(wrong)).toThrow(/facilityId must match format "uuid"/);
  expect(() => encode(wrong)).not.toThrow(/Planted|078/);
});

test('a correction may only change open fields in the open', () => {
  const corrected = {
    ...admitted,
    type: 'FactCorrected',
    data: { corrects: 'HospitalAdmitted', changed: { unit: 'Planted Unit' } },
  };
  expect(() => encode(corrected)).toThrow(/changed.unit is not an open field of HospitalAdmitted/);
  const right = { ...corrected, data: { corrects: 'HospitalAdmitted', changed: {}, changedPrivately: { unit: 'Planted Unit' } } };
  expect(encode(right).body).not.toMatch(/Planted Unit/);
});

test('a correction changes a field only to what the corrected event could hold', () => {
  const of = (data: object) => ({
    ...admitted,
    type: 'FactCorrected',
    data: { corrects: 'HospitalAdmitted', changed: {}, ...data },
  });
  const words = 'Planted words about a person';
  expect(() => encode(of({ changed: { serviceCode: words } }))).toThrow(/serviceCode must match pattern/);
  expect(() => encode(of({ changedPrivately: { unit: 7 } }))).toThrow(/unit must be string/);
  expect(() => encode(of({ changed: { serviceCode: 'PSY' }, changedPrivately: { unit: words } }))).not.toThrow();
});

test('no event may lose all its categories: everyone could read it', () => {
  expect(() => encode({ ...admitted, type: 'EventRelabelled', data: { labels: [] } })).toThrow(InvalidPayload);
  expect(() => encode({ ...admitted, type: 'EventRelabelled', data: { labels: ['hospital-medical'] } })).not.toThrow();
});

test('no sentence stands in the open part of an envelope', () => {
  const words = 'Seen by Planted Name at home';
  const shown: readonly Partial<Unrecorded>[] = [
    { enteredBy: words },
    { correlationId: words },
    { occurred: { ...admitted.occurred, basis: words } },
    { place: { kind: words } },
    { source: { system: `${words}\n${words}` } },
    { performers: [{ role: words }] },
    { performers: [{ credentials: words }] },
    { supersedes: { eventId: admitted.id, reason: words } },
  ];
  for (const more of shown) {
    expect(() => encode({ ...admitted, ...more })).toThrow(/no word that may stand in the open/);
    expect(() => encode({ ...admitted, ...more })).not.toThrow(/Planted/);
  }
  const usual = {
    source: { system: "hl7:ADT/St. Mary's (main)" },
    performers: [{ role: 'attending', credentials: 'LMSW, CPRS' }],
  };
  expect(() => encode({ ...admitted, ...usual })).not.toThrow();
});

test('a type or version from a newer service is refused by name', () => {
  const { body } = encode(admitted);
  expect(() => decode({ ...placed, type: 'TeleportArrived' }, body, null)).toThrow(UnknownEvent);
  expect(() => decode(placed, body.replace('"v":1', '"v":9'), null)).toThrow(
    /HospitalAdmitted version 9 is newer than version 1/,
  );
});
