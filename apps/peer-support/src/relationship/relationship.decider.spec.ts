import { expect, test } from '@jest/globals';
import type { Report } from '#contracts';
import { Rejection } from '#kernel';
import { after, inAnyOrder, orders, spec } from '#kernel/testing';
import { AcceptPeerSupport, DeclinePeerSupport, EndPeerSupport, OfferPeerSupport } from './relationship.commands.js';
import { relationship, statusOf } from './relationship.decider.js';

const { given } = spec(relationship);
const on = (day: number) =>
  ({ start: `2026-03-${String(day).padStart(2, '0')}`, precision: 'day', zone: 'America/Detroit', basis: 'entered' }) as const;
const step = <C extends Report & { by: string }>(command: C, day: number, saidOn = day, system = 'throughline') =>
  Object.assign(command, {
    occurred: on(day),
    assertedAt: `2026-03-${String(saidOn).padStart(2, '0')}T12:00:00.000Z`,
    by: 'consumer',
    source: { system },
  });

const offer = step(new OfferPeerSupport(), 1);
const yes = step(new AcceptPeerSupport(), 3);
const no = step(new DeclinePeerSupport(), 2);
const end = step(new EndPeerSupport(), 9);

test('an offer is recorded as an offer', () =>
  given()
    .when(offer)
    .then({ type: 'PeerSupportOffered', data: { by: 'consumer' } }));
test('an offer may be accepted', () =>
  given()
    .when(offer, yes)
    .then({ type: 'PeerSupportAccepted', data: { by: 'consumer' } }));
test('what was never offered can be neither accepted, declined nor ended here', () => {
  for (const answer of [yes, no, end]) given().when(answer).thenRejected('offer-unknown');
});
test('a declined offer is not accepted: another is made', () => given().when(offer, no, yes).thenRejected('offer-declined'));
test('what was accepted is ended, not declined', () =>
  given().when(offer, yes, step(new DeclinePeerSupport(), 4)).thenRejected('support-accepted'));
test('what was not accepted cannot be ended', () => {
  given().when(offer, end).thenRejected('support-not-accepted');
  given().when(offer, no, end).thenRejected('support-not-accepted');
});
test('an ended relationship is not taken up again by an answer', () =>
  given().when(offer, yes, end, step(new AcceptPeerSupport(), 10)).thenRejected('support-ended'));
test('an answer that another system reports is never refused', () => {
  for (const command of [new AcceptPeerSupport(), new DeclinePeerSupport(), new EndPeerSupport()]) {
    expect(after(relationship, [step(command, 5, 5, 'peer-registry')]).recorded).toEqual([1]);
  }
});
test('a yes that is reported late does not undo an end that came after it', () => {
  const reports = [
    step(new OfferPeerSupport(), 1, 1, 'peer-registry'),
    step(new EndPeerSupport(), 9, 9, 'peer-registry'),
    step(new AcceptPeerSupport(), 3, 20, 'peer-registry'),
  ];
  for (const order of orders(reports)) expect(statusOf(after(relationship, order).state)).toBe('ended');
});
test('reports in any order give the same relationship, and a second pass records nothing', () => {
  const reported = (command: new () => Report & { by: string }, day: number) => (saidOn: number) =>
    step(new command(), day, saidOn, 'peer-registry');
  inAnyOrder(
    relationship,
    [
      reported(OfferPeerSupport, 1),
      reported(AcceptPeerSupport, 3),
      reported(AcceptPeerSupport, 12),
      reported(DeclinePeerSupport, 2),
      reported(EndPeerSupport, 9),
    ],
    statusOf,
  );
});
test('a refusal says what to do instead', () => {
  const refused = relationship.cases[1]?.run(yes, relationship.initial);
  expect(refused instanceof Rejection && refused.detail).toContain('record the offer first');
});
