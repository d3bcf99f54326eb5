import { expect, test } from '@jest/globals';
import { standing, standingUnless } from '#kernel';
import { after, enveloped, orders, spec } from '#kernel/testing';
import {
  EndContactPoint, ErasePerson, RecordContactPoint, RecordIdentifier, ReportAddress, ReportDeath, ReportPersonDetails,
  RequestAccessRestriction, ResolveIdentityOverlay, WithdrawDeathReport,
} from './person.commands.js'; // prettier-ignore
import { deathOf, overlaysToReview, person, type Person } from './person.decider.js';
import { toldBefore } from './person-details.policy.js';

const { given } = spec(person);
const ADT = { system: 'hospital:st-marys' };
const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const said = <C extends object>(command: C, day: number | null, more: Partial<C> = {}): C =>
  Object.assign(command, { assertedAt: day === null ? null : at(day), source: ADT }, more);
const details = (day: number | null, more: Partial<ReportPersonDetails>) => said(new ReportPersonDetails(), day, more);
const name = (given: string, family = 'Marsh') => [{ use: 'usual', given, family }] as const as ReportPersonDetails['names'];
const F = { system: 'hl7:0001', code: 'F', mapped: 'female' } as const;
const M = { system: 'hl7:0001', code: 'M', mapped: 'male' } as const;
const rosa = { names: name('Rosa')!, birthDate: '1984-03-05', sex: F };
const stands = ({ details }: Person) => toldBefore(details, { assertedAt: null, source: ADT });
const types = (list: Person['details']) => list.map(({ by }) => by.type);

test('the first report of a person registers them, with the year of birth in the open', () =>
  given()
    .when(details(1, rosa))
    .then({ type: 'PersonRegistered', data: { identityLevel: 'named', ...rosa, birthYear: 1984 } }));
test('somebody of 97 is registered under the year of those who are 90', () =>
  given()
    .when(details(1, { birthDate: '1929-01-01' }))
    .then({ type: 'PersonRegistered', data: { identityLevel: 'named', birthDate: '1929-01-01', birthYear: 1936 } }));
test('a report that says something else records what differs', () =>
  given()
    .when(details(1, rosa), details(2, { ...rosa, names: name('Rosa', 'Reed')! }))
    .then({
      type: 'PersonDetailsChanged',
      data: {
        changedFields: ['names'],
        cleared: [],
        values: { identityLevel: 'named', ...rosa, names: name('Rosa', 'Reed') },
      },
    }));
test('a report that says the same again, later, confirms it', () =>
  given()
    .when(details(1, rosa), details(2, rosa))
    .thenState(({ details: list }) => expect(types(list)).toEqual(['PersonRegistered', 'FactConfirmed'])));
test('a name that changed and changed back is three facts', () => {
  const { state, recorded } = after(
    person,
    [details(1, rosa), details(2, { ...rosa, names: name('Rose') }), details(3, rosa)],
    2,
  );
  expect(types(state.details)).toEqual(['PersonRegistered', 'PersonDetailsChanged', 'PersonDetailsChanged']);
  expect(recorded).toEqual([3, 0]);
  const undated = after(
    person,
    [rosa, { ...rosa, names: name('Rose') }, rosa].map((of) => details(null, of)),
  );
  expect(undated.recorded).toEqual([3]);
});
test('a field that is emptied is not a field that is not mentioned', () => {
  const known = details(1, { ...rosa, pronouns: 'she/her' });
  given()
    .when(known, details(2, { sex: F }))
    .thenState((state) => expect(stands(state)).toMatchObject({ pronouns: 'she/her', birthDate: '1984-03-05' }));
  given()
    .when(known, details(2, { sex: F, cleared: ['pronouns'] }))
    .thenState((state) => expect(stands(state)).toMatchObject({ pronouns: null, birthDate: '1984-03-05' }));
});
test('a first report that says a field is empty registers the person and keeps that', () =>
  given()
    .when(details(1, { cleared: ['birthDate'] }))
    .then(
      { type: 'PersonRegistered', data: { identityLevel: 'named' } },
      {
        type: 'PersonDetailsChanged',
        data: { changedFields: ['birthDate'], cleared: ['birthDate'], values: { identityLevel: 'named' } },
      },
    ));
test('reports of a person stand as the last said of each field, in whatever order they arrive, and once', () => {
  const reports = [
    details(1, rosa),
    details(2, { names: name('Rose'), pronouns: 'she/her' }),
    details(3, { names: name('Rosa'), cleared: ['pronouns'] }),
    details(4, { names: name('Rosa'), cleared: ['pronouns'] }),
    details(5, { birthDate: '1984-05-03' }),
  ];
  for (const order of orders(reports)) {
    const { state, recorded } = after(person, order, 2);
    expect(stands(state)).toEqual({
      identityLevel: 'named',
      names: name('Rosa'),
      birthDate: '1984-05-03',
      sex: F,
      pronouns: null,
    });
    expect(recorded[1]).toBe(0);
  }
});
test('a report that comes late is compared with what was said before it, not after', () =>
  given()
    .when(details(1, rosa), details(3, { ...rosa, names: name('Rose') }), details(2, { ...rosa, sex: M }))
    .then({
      type: 'PersonDetailsChanged',
      data: { changedFields: ['sex'], cleared: [], values: { identityLevel: 'named', ...rosa, sex: M } },
    }));
test('what another source says of the same person is not compared with what this one said', () =>
  given()
    .when(details(1, rosa), said(new ReportPersonDetails(), 2, { ...rosa, source: { system: 'fhir:st-marys' } }))
    .thenState(({ details: list }) => expect(types(list)).toEqual(['PersonRegistered', 'PersonDetailsChanged'])));

const overlay = details(2, { names: name('Paul', 'Reed'), birthDate: '1961-01-01', sex: M });
test('two or more of name, birth date and sex that change at once are looked at by a person', () => {
  given()
    .when(details(1, rosa), overlay)
    .thenState((state) =>
      expect(overlaysToReview(state).map(({ data }) => data)).toEqual([{ fields: ['name', 'birthDate', 'sex'] }]),
    );
  given()
    .when(details(1, rosa), details(2, { ...rosa, names: name('Rosa', 'Reed') }))
    .thenState((state) => expect(overlaysToReview(state)).toEqual([]));
});
test('a person decides a suspicion, once, and only one that there is', () => {
  const id = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
  const suspected = enveloped({ type: 'IdentityOverlaySuspected', data: { fields: ['name', 'sex'] } }, { id });
  const resolve = said(new ResolveIdentityOverlay(), 3, { suspectedEventId: id, resolution: 'same-person' });
  given().when(resolve).thenRejected('overlay-unknown');
  given(suspected)
    .when(resolve)
    .then({ type: 'IdentityOverlayResolved', data: { suspectedEventId: id, resolution: 'same-person' } });
  given(suspected)
    .when(resolve)
    .thenState((state) => expect(overlaysToReview(state)).toEqual([]));
});

const identifier = (day: number, value: string, idType = 'MR') =>
  said(new RecordIdentifier(), day, { authority: 'st-marys', idType, value });
test('an identifier is recorded with what it is worth as evidence', () => {
  given()
    .when(identifier(1, '4711000'))
    .then({
      type: 'IdentifierRecorded',
      data: { authority: 'st-marys', idType: 'MR', value: '4711000', quality: 'as-sent', usableForMatching: true },
    });
  given()
    .when(identifier(1, '000-00-0000', 'SS'))
    .then({
      type: 'IdentifierRecorded',
      data: { authority: 'st-marys', idType: 'SS', value: '000-00-0000', quality: 'placeholder', usableForMatching: false },
    });
});
test('a second identifier stands beside the first', () =>
  given()
    .when(identifier(1, '4711000'), identifier(2, '4712000'))
    .thenState(({ identifiers }) => expect(identifiers.map(({ by }) => by.supersedes)).toEqual([undefined, undefined])));
test('an identifier whose authority repeats the number is refused: the authority stands open', () =>
  given()
    .when(said(new RecordIdentifier(), 1, { authority: 'urn:ssn:078-05-1120', idType: 'SS', value: '078051120' }))
    .thenRejected('authority-holds-number'));
test('a phone that was given up is not called, unless it is given again, whichever arrives first', () => {
  const phone = (day: number) => said(new RecordContactPoint(), day, { kind: 'mobile', value: '313-555-0100', okToText: true });
  const ended = said(new EndContactPoint(), 2, { kind: 'mobile', value: '313-555-0100', reason: 'out-of-service' });
  for (const order of orders([phone(1), ended])) {
    const { contacts, contactsEnded } = after(person, order).state;
    expect(standingUnless(contacts, contactsEnded)).toBeUndefined();
  }
  for (const order of orders([phone(1), ended, phone(3)])) {
    const { contacts, contactsEnded } = after(person, order).state;
    expect(standingUnless(contacts, contactsEnded)?.data).toMatchObject({ okToText: true });
  }
});
test('of an address only the first three digits of its zip code stand in the open', () =>
  given()
    .when(said(new ReportAddress(), 1, { kind: 'home', lines: '1 Elm St', zip: '48201-1234' }))
    .then({ type: 'AddressReported', data: { kind: 'home', lines: '1 Elm St', zip5: '48201', zip3: '482' } }));
test('a death that was reported and taken back does not stand, whichever arrives first', () => {
  const dead = said(new ReportDeath(), 1, { reporter: 'source-record' });
  const alive = said(new WithdrawDeathReport(), 2, { reporter: 'source-record' });
  for (const order of orders([dead, alive])) expect(deathOf(after(person, order).state)).toBeUndefined();
  expect(deathOf(after(person, [dead]).state)).toBeDefined();
});
test('two restrictions of different scope stand side by side', () => {
  const one = said(new RequestAccessRestriction(), 1, { scope: 'categories', categories: ['peer'] });
  const two = said(new RequestAccessRestriction(), 2, { scope: 'everything' });
  expect(after(person, [one, two]).state.restrictions.map(({ by }) => by.supersedes)).toEqual([undefined, undefined]);
});
test('a person is erased once, and nothing can be added afterwards', () => {
  given().when(new ErasePerson()).then({ type: 'PersonErased', data: {} });
  given().when(new ErasePerson(), new ErasePerson()).thenNothing();
  given().when(details(1, rosa), new ErasePerson(), identifier(2, '4711000')).thenRejected('person-erased');
});
test('what stands of a person is the last said, corrections included', () => {
  const registered = enveloped(
    { type: 'PersonRegistered', data: { identityLevel: 'named', birthDate: '1984-03-05' } },
    { source: ADT },
  );
  const corrected = enveloped(
    { type: 'FactCorrected', data: { corrects: 'PersonRegistered', changed: {}, changedPrivately: { birthDate: '1984-05-03' } } },
    { supersedes: { eventId: registered.id } },
  );
  given(registered, corrected)
    .when(details(2, { birthDate: '1984-03-05' }))
    .thenState(({ details: list }) => expect(standing(list)?.data).toMatchObject({ birthDate: '1984-05-03' }));
});

test('a person of whom nothing is told, not even a number, is not registered', () =>
  given()
    .when(Object.assign(new ReportPersonDetails(), { assertedAt: '2026-03-01T10:00:00.000Z', source: { system: 'throughline' } }))
    .thenRejected('nothing-said'));
