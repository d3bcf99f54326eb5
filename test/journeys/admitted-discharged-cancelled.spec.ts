import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { composed, type Composed } from './composed.js';

const FACILITY = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const who = { person: { identifier: { authority: 'st-marys', type: 'MR', value: '4711' } } };
const visit = {
  ...who,
  subject: { record: { authority: 'st-marys', type: 'VN', value: 'V-1' } },
  source: { system: 'hospital:st-marys' },
};
const admission = {
  ...visit,
  assertedAt: '2026-03-01T21:05:00.000Z',
  occurred: { start: '2026-03-01T16:00' },
  facilityId: FACILITY,
  levelOfCare: 'acute-psychiatric',
  unit: '5 West',
};
const discharge = {
  ...visit,
  assertedAt: '2026-03-06T21:05:00.000Z',
  occurred: { start: '2026-03-06T16:00' },
  disposition: 'home',
};
const cancel = { ...visit, assertedAt: '2026-03-06T22:00:00.000Z' };

let service: Composed;
beforeAll(async () => {
  service = await composed();
}, 30_000);
afterAll(() => service.end());

test('a stay is admitted, its discharge reported and taken back, each recorded once', async () => {
  const admitted = await service.post('hospital/report-admission', admission, 'm1');
  expect([admitted.status, admitted.body.status]).toEqual([201, 'recorded']);
  const ended = await service.post('hospital/report-visit-end', discharge, 'm2');
  const cancelled = await service.post('hospital/cancel-discharge', cancel, 'm3');
  expect(new Set([admitted, ended, cancelled].map(({ body }) => body.streamId)).size).toBe(1);
  expect(cancelled.body.position).toBe(3);

  const again = await service.post('hospital/report-visit-end', discharge, 'm2');
  expect([again.status, again.body.status, again.body.position]).toEqual([200, 'repeated', 2]);
  const unchanged = await service.post('hospital/report-visit-end', discharge, 'm4');
  expect([unchanged.status, unchanged.body.status]).toEqual([200, 'unchanged']);

  const stream = await service.store.readStream(admitted.body.streamId);
  expect(stream.map(({ type }) => type)).toEqual(['HospitalAdmitted', 'VisitEnded', 'DischargeCancelled']);
  expect(new Set(stream.map(({ personId }) => personId))).toEqual(new Set([admitted.body.personId]));
});
test('neither identifiers nor free text stand in the log in plain', async () => {
  const events = await service.store.readAll(0, 100);
  const plain = events.map(({ body, sealed }) => body + (sealed?.toString('latin1') ?? '')).join('\n');
  expect(plain).toContain('acute-psychiatric');
  for (const secret of ['4711', 'V-1', '5 West', 'm1"']) expect(plain).not.toContain(secret);
});
test('the same key with another body is refused, and records nothing', async () => {
  const before = (await service.store.head()).position;
  const { status, body } = await service.post('hospital/report-visit-end', { ...discharge, disposition: 'shelter' }, 'm2');
  expect([status, body.code]).toEqual([409, 'idempotency-key-reused']);
  expect((await service.store.head()).position).toBe(before);
});
