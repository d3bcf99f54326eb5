import { expect, test } from '@jest/globals';
import type { Report } from '#contracts';
import { standing, standingUnless } from '#kernel';
import { after, inAnyOrder, orders, spec } from '#kernel/testing';
import {
  CancelPeerContact,
  MoveContactAway,
  MoveContactHere,
  ReportAccompaniment,
  ReportCollateralContact,
  ReportContactAttempt,
  ReportNotAtPlace,
  ReportPeerContact,
  SchedulePeerContact,
} from './contact.commands.js';
import { contact } from './contact.decider.js';

const { given } = spec(contact);
const at = (start: string) => ({ start, precision: 'minute', zone: 'America/Detroit', basis: 'entered' }) as const;
const said = <C extends Report>(command: C, day: number, more: Partial<C>) =>
  Object.assign(command, {
    occurred: at('2026-03-01T14:00'),
    assertedAt: `2026-03-${String(day).padStart(2, '0')}T20:00:00.000Z`,
    source: { system: 'recovery-centre' },
    ...more,
  });

const made = said(new ReportPeerContact(), 15, { method: 'in-person', setting: 'hospital', practices: ['shares-own-story'] });
const tried = said(new ReportContactAttempt(), 14, { method: 'phone', setting: 'by-phone-or-online', result: 'no-answer' });
const planned = said(new SchedulePeerContact(), 9, { expectedOn: '2026-03-10', method: 'in-person', setting: 'home' });
const cancelled = said(new CancelPeerContact(), 12, { reason: 'by-consumer' });

test('a contact is recorded as told, without the fields that nobody filled in', () =>
  given()
    .when(made)
    .then({
      type: 'PeerContactMade',
      data: { method: 'in-person', setting: 'hospital', practices: ['shares-own-story'] },
    }));
test('an attempt is recorded as effort, never as a contact', () =>
  given()
    .when(tried)
    .then({ type: 'PeerContactAttempted', data: { method: 'phone', setting: 'by-phone-or-online', result: 'no-answer' } }));
test('what was first told as an attempt and later as a contact was a contact, whichever arrives first', () => {
  for (const order of orders([tried, made])) {
    const { state, recorded } = after(contact, order, 2);
    expect(standing(state.outcome)?.data).not.toHaveProperty('result');
    expect(recorded).toEqual([2, 0]);
  }
});
test('a contact with someone else about the consumer is no contact with the consumer', () =>
  given()
    .when(said(new ReportCollateralContact(), 15, { withWhom: 'landlord', consumerAgreed: true }))
    .then({ type: 'CollateralContactMade', data: { withWhom: 'landlord', consumerAgreed: true } }));
test('that the consumer agreed is told by nobody is another thing than that they did not', () => {
  const collateral = (more: object) => said(new ReportCollateralContact(), 15, { withWhom: 'landlord', ...more });
  given()
    .when(collateral({}))
    .then({ type: 'CollateralContactMade', data: { withWhom: 'landlord' } });
  given()
    .when(collateral({ consumerAgreed: false }))
    .then({ type: 'CollateralContactMade', data: { withWhom: 'landlord', consumerAgreed: false } });
});
test('a cancelled plan stands no more, even where the cancellation arrives before the plan', () => {
  for (const order of orders([planned, cancelled])) {
    const { state } = after(contact, order);
    expect(standingUnless(state.scheduled, state.cancelled)).toBeUndefined();
  }
});
test('a planned contact that took place stands beside its plan', () =>
  given()
    .when(planned, made)
    .thenState(({ scheduled, outcome }) => expect([scheduled.length, outcome.length]).toEqual([1, 1])));
test('a note that was put right supersedes the earlier one of the same source', () =>
  given()
    .when(made, said(new ReportPeerContact(), 16, { method: 'phone', setting: 'hospital' }))
    .thenState(({ outcome }) => expect(outcome.at(-1)?.by.supersedes?.eventId).toBe(outcome[0]?.by.id)));
test('not being at a place is told with the place in words, apart from where it was reported', () =>
  given()
    .when(said(new ReportNotAtPlace(), 15, { placeKind: 'shelter', whichPlace: 'the shelter on Elm St' }))
    .then({ type: 'NotAtPlaceReported', data: { placeKind: 'shelter', place: 'the shelter on Elm St' } }));
test('going along to a court is recorded with its outcome', () =>
  given()
    .when(said(new ReportAccompaniment(), 15, { kind: 'court', outcome: 'took-place' }))
    .then({ type: 'AccompaniedTo', data: { kind: 'court', outcome: 'took-place' } }));

test('a contact that was of another person stands no more, and does not say where it went', () => {
  const away = said(new MoveContactAway(), 20, {});
  given()
    .when(made, away)
    .then({ type: 'ContactMovedAway', data: {} }, { type: 'FactWithdrawn', data: { reason: 'wrong-person' } });
  given()
    .when(made, away)
    .thenState(({ outcome, movedAway }) => {
      expect(standing(outcome)).toBeUndefined();
      expect(standing(movedAway)?.data).toEqual({});
    });
});
test('a contact that is written again for the right person tells since when it is known', () => {
  const data = { fromContactId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001', firstRecordedAt: '2026-03-02T08:00:00.000Z' };
  given()
    .when(said(new MoveContactHere(), 20, data))
    .then({ type: 'ContactMovedHere', data });
});
test('statements in any order give the same contact, and a second pass records nothing', () =>
  inAnyOrder(contact, [
    (day) => said(new ReportPeerContact(), day, { method: 'phone', setting: 'home' }),
    (day) => said(new ReportContactAttempt(), day, { method: 'phone', setting: 'home', result: 'left-message' }),
    (day) => said(new SchedulePeerContact(), day, { expectedOn: '2026-03-11', method: 'phone', setting: 'home' }),
    (day) => said(new CancelPeerContact(), day, { reason: 'rescheduled' }),
  ]));
