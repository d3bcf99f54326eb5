import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { PairRow } from '#read-store';
import { orders } from '#kernel/testing';
import {
  admitted,
  cameToEd,
  contact,
  drawn,
  ended,
  gapsOf,
  itemsOf,
  labelled,
  lookAt,
  ROSA,
  ROSA_ELSEWHERE,
  told,
  type Fact,
} from './consumer.spec-kit.js';

const VISIT = 'visit-00000000-0000-4000-8000-000000000001';
const CONTACT = 'contact-00000000-0000-4000-8000-000000000002';
const ENROLMENT = 'enrolment-00000000-0000-4000-8000-000000000003';
const TENANCY = 'tenancy-00000000-0000-4000-8000-000000000004';

/** The same statements, recorded in another order. */
const recordedAs = (events: readonly Fact[]): Fact[] =>
  events.map((event, i) => ({ ...event, position: i + 1, recordedAt: new Date(Date.UTC(2026, 8, 1) + i * 1000).toISOString() }));
const steady = (events: readonly Fact[]) => {
  const { lanes, gaps } = lookAt(events);
  return { lanes: lanes.map(({ items }) => items.map(({ late: _, ...item }) => item)), gaps };
};

test('a stay is a bar from admission to discharge, an ED visit a mark', () => {
  const view = lookAt([
    cameToEd(VISIT, '2026-03-01T14:00'),
    admitted(VISIT, '2026-03-01T16:00'),
    ended(VISIT, '2026-03-06T16:00'),
  ]);
  expect(drawn(view)).toEqual([
    'stay solid 2026-03-01 16:00 – 2026-03-06 16:00',
    'ed-visit solid 2026-03-01 14:00 – 2026-03-01 16:00',
  ]);
  expect(itemsOf(view)[0]?.title).toBe('Psychiatric stay, St. Mary’s');
});

test('a discharge whose admission was never seen is drawn, with an unknown start', () => {
  expect(drawn(lookAt([ended(VISIT, '2026-03-06T16:00')]))).toEqual(['stay solid ? – 2026-03-06 16:00']);
});

test('a visit about which its source is silent for long was last confirmed in on a day, its end unknown', () => {
  const [item] = itemsOf(lookAt([admitted(VISIT, '2026-03-01T16:00', { assertedAt: '2026-03-02T10:00:00.000Z' })]));
  expect([item?.end, item?.to?.text]).toEqual(['unknown', '2026-03-02']);
  expect(item?.details).toContainEqual({ term: 'Last confirmed in on', value: '2026-03-02' });
  expect(
    itemsOf(
      lookAt([admitted(VISIT, '2026-03-01T16:00', { assertedAt: '2026-03-02T10:00:00.000Z' })], {
        now: '2026-03-20T00:00:00.000Z',
      }),
    )[0]?.end,
  ).toBe('ongoing');
});

test('statements with distinct times of saying give the same timeline in every order of arrival', () => {
  const said = (n: number) => ({ assertedAt: `2026-03-0${n}T12:00:00.000Z` });
  const facts = [
    admitted(VISIT, '2026-03-01T16:00', said(1)),
    ended(VISIT, '2026-03-04T16:00', said(4)),
    told(VISIT, 'DischargeCancelled', {}, said(5)),
    ended(VISIT, '2026-03-06T16:00', said(6)),
    contact(CONTACT, '2026-03-08', said(8)),
  ];
  const expected = steady(recordedAs(facts));
  expect(expected.gaps).toHaveLength(1);
  for (const order of orders(facts)) expect(steady(recordedAs(order))).toEqual(expected);
});

test('any set of statements gives the same timeline in any order', () => {
  const type = fc.constantFrom(
    'HospitalAdmitted',
    'EdVisitStarted',
    'VisitEnded',
    'DischargeCancelled',
    'AdmissionCancelled',
    'ObservationStarted',
  );
  const fact = fc.record({ type, day: fc.integer({ min: 1, max: 28 }), stream: fc.constantFrom(VISIT, VISIT.replace('1', '9')) });
  const data = (of: string) => ({
    facilityId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001',
    ...(of === 'HospitalAdmitted' && { levelOfCare: 'unknown' }),
  });
  fc.assert(
    fc.property(fc.array(fact, { minLength: 1, maxLength: 7 }), fc.integer(), (facts, seed) => {
      const events = facts.map(({ type: of, day, stream }, i) =>
        told(stream, of, data(of), {
          at: `2026-03-${String(day).padStart(2, '0')}T10:00`,
          assertedAt: new Date(Date.UTC(2026, 3, 1, i)).toISOString(),
        }),
      );
      const shuffled = events.map((event, i) => ({ event, key: Math.sin(seed + i) })).sort((a, b) => a.key - b.key).map(({ event }) => event); // prettier-ignore
      expect(steady(recordedAs(shuffled))).toEqual(steady(recordedAs(events)));
    }),
    { numRuns: 300 },
  );
});

test('known on a day before a late discharge was recorded, the person is still in', () => {
  const facts = [
    admitted(VISIT, '2026-03-01T16:00', { position: 1, recordedAt: '2026-03-01T21:00:00.000Z' }),
    ended(VISIT, '2026-03-03T16:00', { position: 2, recordedAt: '2026-03-08T21:00:00.000Z' }),
  ];
  expect(
    drawn(lookAt(facts, { knownOn: { at: '2026-03-05T12:00:00.000Z', position: 1 }, now: '2026-03-05T12:00:00.000Z' })),
  ).toEqual(['stay solid 2026-03-01 16:00 – ongoing']);
  expect(drawn(lookAt(facts))).toEqual(['stay solid 2026-03-01 16:00 – 2026-03-03 16:00']);
  expect(lookAt(facts).steps).toEqual(['2026-03-01T21:00:00.000Z', '2026-03-08T21:00:00.000Z']);
});

test('what was withdrawn as another person’s is left out at every moment of the past', () => {
  const wrong = contact(CONTACT, '2026-03-02', { position: 1 });
  const withdrawn = told(
    CONTACT,
    'FactWithdrawn',
    { reason: 'wrong-person' },
    { position: 2, supersedes: { eventId: wrong.id } },
  );
  const knownOn = { at: '2026-03-02T12:00:00.000Z', position: 1 };
  expect(drawn(lookAt([wrong, withdrawn], { knownOn }))).toEqual([]);
  const mistaken = told(
    CONTACT,
    'FactWithdrawn',
    { reason: 'entered-in-error' },
    { position: 2, supersedes: { eventId: wrong.id } },
  );
  expect(drawn(lookAt([wrong, mistaken], { knownOn }))).toHaveLength(1);
  expect(drawn(lookAt([wrong, mistaken]))).toEqual([]);
});

test('a moved visit is shown from when it was first recorded, and no longer where it was', () => {
  const old = 'visit-00000000-0000-4000-8000-00000000000f';
  const wrong = admitted(old, '2026-03-01T16:00', {
    position: 1,
    recordedAt: '2026-03-01T21:00:00.000Z',
    personId: ROSA_ELSEWHERE,
  });
  const facts = [
    wrong,
    admitted(VISIT, '2026-03-01T16:00', {
      position: 2,
      recordedAt: '2026-03-09T10:00:00.000Z',
      supersedes: { eventId: wrong.id },
    }),
    told(
      VISIT,
      'VisitMovedHere',
      { fromVisitId: old.slice(6), firstRecordedAt: '2026-03-01T21:00:00.000Z' },
      { position: 3, recordedAt: '2026-03-09T10:00:00.000Z' },
    ),
    told(old, 'VisitMovedAway', {}, { position: 4, personId: ROSA_ELSEWHERE }),
  ];
  const then = { knownOn: { at: '2026-03-05T12:00:00.000Z', position: 1 }, now: '2026-03-05T12:00:00.000Z' };
  expect(drawn(lookAt(facts, then))).toEqual(['stay solid 2026-03-01 16:00 – ongoing']);
  expect(drawn(lookAt(facts, { ...then, personId: ROSA_ELSEWHERE }))).toEqual([]);
  expect(drawn(lookAt(facts, { knownOn: { at: '2026-02-01T12:00:00.000Z', position: 0 } }))).toEqual([]);
});

const pair = (type: string, position: number, data: object = {}): PairRow => ({
  id: `pair-${position}`, type, position, recordedAt: '2026-03-01T00:00:00.000Z', personIds: [ROSA, ROSA_ELSEWHERE],
  data: { personIds: [ROSA, ROSA_ELSEWHERE], basis: 'reviewer', ...data },
}); // prettier-ignore

test('linked records are one timeline, and an un-link gives both back as they were', () => {
  const facts = [contact(CONTACT, '2026-03-02'), contact(CONTACT.replace('2', '3'), '2026-03-03', { personId: ROSA_ELSEWHERE })];
  const linked = [pair('RecordsLinked', 1)];
  const unlinked = [...linked, pair('RecordsUnlinked', 2, { reason: 'not-the-same-person' })];
  expect(itemsOf(lookAt(facts, { pairs: linked })).map(({ personId }) => personId)).toEqual([ROSA, ROSA_ELSEWHERE]);
  expect(lookAt(facts, { pairs: linked }).records.map(({ personId }) => personId)).toEqual([ROSA, ROSA_ELSEWHERE]);
  for (const personId of [ROSA, ROSA_ELSEWHERE]) {
    expect(lookAt(facts, { pairs: unlinked, personId })).toEqual(lookAt(facts, { personId }));
    expect(itemsOf(lookAt(facts, { pairs: unlinked, personId }))).toHaveLength(1);
  }
});

test('what a reader may not be shown is shaped as never recorded', () => {
  const stay = [admitted(VISIT, '2026-03-01T16:00'), ended(VISIT, '2026-03-06T16:00')];
  const rest = [contact(CONTACT, '2026-03-08')];
  expect(lookAt([...stay, ...rest], { shows: labelled(['hospital-mental-health']) })).toEqual(lookAt(rest));
  const during = contact(CONTACT, '2026-03-08', {}, { setting: 'home', minutes: 30 });
  const [shown] = itemsOf(lookAt([during], { shows: labelled(['location']) }));
  expect(shown?.details.map(({ term }) => term)).toEqual(['How', 'Minutes']);
});

test('a relabelled fact is withheld under its new categories, from the beginning', () => {
  const made = contact(CONTACT, '2026-03-08');
  const relabelled = told(
    CONTACT,
    'EventRelabelled',
    { labels: ['peer', 'specially-protected'] },
    { supersedes: { eventId: made.id } },
  );
  expect(drawn(lookAt([made, relabelled], { shows: labelled(['specially-protected']) }))).toEqual([]);
});

test('an erased record shows that it was erased, and nothing of what it held', () => {
  const view = lookAt([contact(CONTACT, '2026-03-08')], {
    persons: new Map([[ROSA, { erased: true, organizationId: null, said: [] }]]),
  });
  expect([view.erased, view.name, itemsOf(view), view.gaps, view.steps]).toEqual([true, null, [], [], []]);
});

test('a home outlives the programme: after an exit to permanent housing it was reported, not observed', () => {
  const [entered, movedIn, exited] = [
    told(ENROLMENT, 'ProjectEntered', { projectId: ROSA, projectType: 3 }, { at: '2026-01-10' }),
    told(TENANCY, 'MovedIn', { enrolmentId: ENROLMENT.slice(10), projectType: 3 }, { at: '2026-02-01' }),
    told(ENROLMENT, 'ProjectExited', { destination: 435 }, { at: '2026-06-30' }),
  ];
  expect(drawn(lookAt([entered, movedIn]))).toEqual([
    'enrolment solid 2026-01-10 – ongoing',
    'tenancy solid 2026-02-01 – ongoing',
  ]);
  expect(drawn(lookAt([entered, movedIn, exited]))).toEqual([
    'enrolment solid 2026-01-10 – 2026-06-30',
    'tenancy solid 2026-02-01 – 2026-06-30',
    'reported-housed hatched 2026-06-30 – unknown',
  ]);
  const seen = told(TENANCY, 'HousingStatusConfirmed', { status: 'still-there', knownHow: 'visit' }, { at: '2026-09-01' });
  expect(drawn(lookAt([entered, movedIn, exited, seen]))).toContain('tenancy solid 2026-02-01 – ongoing');
});

test('a reported situation is hatched and never a stay', () => {
  const reported = told(
    ENROLMENT,
    'LivingSituationReported',
    { code: 204, asOf: '2026-01-10', beforeEntry: true },
    { at: '2026-01-10' },
  );
  expect(drawn(lookAt([reported]))).toEqual(['reported-situation hatched 2026-01-10 – known']);
  expect(gapsOf(lookAt([reported]))).toEqual([]);
});

test('nights in a shelter that follow one another are one bar', () => {
  const night = (nightOf: string) => told(ENROLMENT, 'ShelterNightStayed', { nightOf }, { at: nightOf });
  const view = lookAt(['2026-03-07', '2026-03-08', '2026-03-09', '2026-03-20'].map(night));
  expect(drawn(view)).toEqual(['shelter-night solid 2026-03-07 – 2026-03-09', 'shelter-night solid 2026-03-20 – 2026-03-20']);
});
