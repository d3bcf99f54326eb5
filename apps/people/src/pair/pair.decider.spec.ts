import { expect, test } from '@jest/globals';
import { emptyIdentityMap, foldIdentity, linked, type AnyEvent, type Envelope } from '#kernel';
import { enveloped, spec } from '#kernel/testing';
import { DeclareRecordsDifferent, LinkRecords, UnlinkRecords } from './pair.commands.js';
import { pair } from './pair.decider.js';

const { given } = spec(pair);
const A = '0f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const B = '9f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0002';
const at = (day: number) => `2026-03-0${day}T12:00:00.000Z`;
const said = <C extends object>(command: C, day: number, more: Partial<C>): C =>
  Object.assign(command, { personIds: [B, A], assertedAt: at(day), source: { system: 'throughline' } }, more);
const link = (day: number, basis: LinkRecords['basis'] = 'reviewer') => said(new LinkRecords(), day, { basis });
const unlink = (day: number) => said(new UnlinkRecords(), day, { reason: 'not-the-same-person' });
const different = (day: number) => said(new DeclareRecordsDifferent(), day, { reason: 'twins' });
const types = (...lists: readonly (readonly { by: Envelope }[])[]) =>
  lists.flat().map(({ by }) => by).sort((a, b) => a.position - b.position).map(({ type }) => type); // prettier-ignore

test('a link names both records, the lesser id first', () =>
  given()
    .when(link(1))
    .then({ type: 'RecordsLinked', data: { personIds: [A, B], basis: 'reviewer' } }));
test('one record cannot be linked with itself', () =>
  given()
    .when(said(new LinkRecords(), 1, { personIds: [A, A], basis: 'reviewer' }))
    .thenRejected('same-record'));
test('the two records are one subject, in whichever order they are named', () => {
  expect(pair.subjectOf?.(link(1))).toEqual([A, B]);
  expect(pair.subjectOf?.(Object.assign(link(1), { personIds: [A, B] }))).toEqual([A, B]);
});
test('an un-link names the link that it undoes', () => {
  const linkedBefore = enveloped({ type: 'RecordsLinked', data: { personIds: [A, B], basis: 'identifier' } });
  given(linkedBefore)
    .when(unlink(2))
    .then({ type: 'RecordsUnlinked', data: { personIds: [A, B], linkEventId: linkedBefore.id, reason: 'not-the-same-person' } });
});
test('an un-link that comes before its link is recorded as said', () =>
  given()
    .when(unlink(2))
    .then({ type: 'RecordsUnlinked', data: { personIds: [A, B], reason: 'not-the-same-person' } }));
test('an un-link cannot name a link that was never made between the two', () =>
  given()
    .when(Object.assign(unlink(2), { linkEventId: B }))
    .thenRejected('link-unknown'));
test('a nightly import that says its link again confirms it, also after an un-link', () =>
  given()
    .when(link(1, 'identifier'), unlink(2), link(3, 'identifier'))
    .thenState(({ links, unlinks }) =>
      expect(types(links, unlinks)).toEqual(['RecordsLinked', 'RecordsUnlinked', 'FactConfirmed']),
    ));
test('a reviewer who links again after an un-link links anew', () =>
  given()
    .when(link(1), unlink(2), link(3))
    .thenState(({ links, unlinks }) =>
      expect(types(links, unlinks)).toEqual(['RecordsLinked', 'RecordsUnlinked', 'RecordsLinked']),
    ));
test('an old un-link that is sent again does not undo a newer link', () => {
  given().when(link(1), unlink(2), link(3), unlink(2)).thenNothing();
});
test('two records declared different are linked no more: the link is recorded, and has no effect', () =>
  given()
    .when(different(1), link(2))
    .thenState(({ links, different: declared }) => {
      expect(types(declared, links)).toEqual(['RecordsDeclaredDifferent', 'RecordsLinked']);
      const events = [...declared, ...links].map(({ by }) => by as Envelope & AnyEvent);
      expect(linked(events.reduce(foldIdentity, emptyIdentityMap()), A, B)).toBe(false);
    }));
