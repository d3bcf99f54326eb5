import { expect, test } from '@jest/globals';
import { admitted, cameToEd, contact, ended, gapsOf, lookAt, told } from './consumer.spec-kit.js';

const VISIT = 'visit-00000000-0000-4000-8000-000000000001';
const NEXT = 'visit-00000000-0000-4000-8000-000000000005';
const CONTACT = 'contact-00000000-0000-4000-8000-000000000002';
const stay = [admitted(VISIT, '2026-03-01T16:00'), ended(VISIT, '2026-03-06T16:00')];

test('a contact within seven days of leaving meets the clock; the day of leaving counts', () => {
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-06T18:00')]))).toEqual([['met', 0]]);
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-06')]))).toEqual([['met', 0]]);
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-13T20:30')]))).toEqual([['met', 7]]);
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-14T00:05')]))).toEqual([['missed', 8]]);
});

test('a contact while the person was still in does not meet the clock', () => {
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-04T10:00')]))).toEqual([['missed', null]]);
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-06T15:59')]))).toEqual([['missed', null]]);
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-06', {}, { duringVisitId: VISIT.slice(6) })]))).toEqual([
    ['missed', null],
  ]);
});

test('neither an attempt nor a contact with someone else meets it', () => {
  const attempt = told(
    CONTACT,
    'PeerContactAttempted',
    { method: 'phone', setting: 'home', result: 'no-answer' },
    { at: '2026-03-07' },
  );
  const collateral = told(CONTACT, 'CollateralContactMade', { withWhom: 'family', consumerAgreed: true }, { at: '2026-03-07' });
  expect(gapsOf(lookAt([...stay, attempt, collateral]))).toEqual([['missed', null]]);
});

test('days are those of the place that was left: a Friday evening in Detroit is day seven, though day eight in UTC', () => {
  const left = [admitted(VISIT, '2026-05-01T16:00'), ended(VISIT, '2026-05-08T16:00')];
  expect(gapsOf(lookAt([...left, contact(CONTACT, '2026-05-15T20:30')]))).toEqual([['met', 7]]);
  expect(gapsOf(lookAt([...left, contact(CONTACT, '2026-05-16T00:30', { zone: 'UTC' })]))).toEqual([['met', 7]]);
});

test('a clock change within the seven days moves nothing, and an ED visit over midnight starts its clock on the day of leaving', () => {
  const night = [cameToEd(VISIT, '2026-03-07T23:30'), ended(VISIT, '2026-03-08T03:30')];
  const view = lookAt([...night, contact(CONTACT, '2026-03-15T23:59')]);
  expect(gapsOf(view)).toEqual([['met', 7]]);
  expect(view.gaps[0]?.due).toEqual({ day: '2026-03-15', at: Date.parse('2026-03-16T04:00:00.000Z') });
  expect(gapsOf(lookAt([...night, contact(CONTACT, '2026-03-16T00:01')]))).toEqual([['missed', 8]]);
});

test('until the seventh day is over the clock runs', () => {
  expect(gapsOf(lookAt(stay, { now: '2026-03-14T03:59:00.000Z' }))).toEqual([['running', null]]);
  expect(gapsOf(lookAt(stay, { now: '2026-03-14T04:00:00.000Z' }))).toEqual([['missed', null]]);
});

test('nothing is missed while a source of contacts may still tell of one', () => {
  const [gap] = lookAt(stay, { completeTo: '2026-03-10T00:00:00.000Z' }).gaps;
  expect([gap?.state, gap?.because, gap?.completeTo]).toEqual([
    'not-seen-yet',
    'the sources of contacts are complete only to 2026-03-10',
    '2026-03-10T00:00:00.000Z',
  ]);
  expect(gapsOf(lookAt(stay, { completeTo: null }))).toEqual([['not-seen-yet', null]]);
});

test('what lies before any source of contacts was connected is not called missed', () => {
  const [gap] = lookAt(stay, { since: '2026-06-01T00:00:00.000Z' }).gaps;
  expect([gap?.state, gap?.because]).toEqual(['not-seen-yet', 'no source of contacts was connected then']);
});

test('a re-admission before the seven days are over voids the clock, and starts another when it ends', () => {
  const back = [admitted(NEXT, '2026-03-09T10:00'), ended(NEXT, '2026-03-20T10:00')];
  const view = lookAt([...stay, ...back, contact(CONTACT, '2026-03-21')]);
  expect(gapsOf(view)).toEqual([['not-applicable', null], ['met', 1]]); // prettier-ignore
  expect(view.gaps[0]?.because).toMatch('admitted again');
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03-08'), ...back]))[0]).toEqual(['met', 2]);
});

test('a transfer to another hospital starts no clock of its own', () => {
  const transfer = [
    admitted(VISIT, '2026-03-01T16:00'),
    ended(VISIT, '2026-03-06T16:00', {}, { disposition: 'psychiatric-hospital' }),
  ];
  const on = [admitted(NEXT, '2026-03-06T18:00'), ended(NEXT, '2026-03-12T18:00')];
  expect(gapsOf(lookAt([...transfer, ...on, contact(CONTACT, '2026-03-13')]))).toEqual([['not-applicable', null], ['met', 1]]); // prettier-ignore
});

test('a discharge that was cancelled, that is implausible, or that ended in death starts no clock', () => {
  expect(gapsOf(lookAt([...stay, told(VISIT, 'DischargeCancelled', {})]))).toEqual([]);
  const end = ended(VISIT, '2027-03-06');
  expect(gapsOf(lookAt([stay[0]!, { ...end, occurred: { ...end.occurred!, implausible: true } }]))).toEqual([]);
  expect(gapsOf(lookAt([stay[0]!, ended(VISIT, '2026-03-06', {}, { disposition: 'died' })]))).toEqual([['not-applicable', null]]);
});

test('a contact whose day is not known exactly neither meets the clock nor lets it be missed', () => {
  expect(gapsOf(lookAt([...stay, contact(CONTACT, '2026-03')]))).toEqual([['not-seen-yet', 0]]);
});

test('the words of a gap are about the system, never about the person', () => {
  const { gaps, summary } = lookAt(stay);
  expect(gaps[0]?.title).toBe('No one made contact within 7 days');
  expect(summary).toBe(
    'This person: 1 hospital stay, no emergency department visits, no contacts with a peer; after 1 of 1 times leaving, no one made contact within 7 days.',
  );
});
