import { expect, test } from '@jest/globals';
import { admitted, drawn, ended, itemsOf, lookAt, told } from './consumer.spec-kit.js';

const VISIT = 'visit-00000000-0000-4000-8000-000000000001';

test('a stay whose discharge came late says so, though its admission came in time', () => {
  const facts = [
    admitted(VISIT, '2026-03-01T16:00', { position: 1, recordedAt: '2026-03-01T21:05:00.000Z' }),
    ended(VISIT, '2026-03-03T16:00', { position: 2, recordedAt: '2026-03-08T21:05:00.000Z' }),
  ];
  expect(itemsOf(lookAt(facts))[0]?.late).toEqual({ recordedAt: '2026-03-08T21:05:00.000Z', days: 5 });
});

test('a planned discharge stands on the day for which it is planned', () => {
  const facts = [admitted(VISIT, '2026-03-01T16:00'), told(VISIT, 'DischargePlanned', { expectedOn: '2026-03-09' })];
  expect(drawn(lookAt(facts, { now: '2026-03-05T00:00:00.000Z' }))).toContain('other outlined 2026-03-09 – known');
});

test('an outpatient visit took place, and is not drawn as one who only tried', () => {
  const facts = [told(VISIT, 'VisitClassChanged', { class: 'outpatient', to: 'outpatient' })];
  expect(drawn(lookAt(facts)).join()).not.toContain('other light');
  expect(drawn(lookAt(facts)).join()).toContain('other solid');
});
