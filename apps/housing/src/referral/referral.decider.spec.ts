import { expect, test } from '@jest/globals';
import type { Report } from '#contracts';
import { standing } from '#kernel';
import { after, orders, spec, inAnyOrder } from '#kernel/testing';
import {
  AcceptUnitOffer,
  DeclineUnitOffer,
  MatchUnit,
  OfferUnit,
  ReportHousingReferral,
  ReportReferralResult,
  WithdrawMatch,
} from './referral.commands.js';
import { matchOf, referral } from './referral.decider.js';

const { given } = spec(referral);
const on = (start: string) => ({ start, precision: 'day', zone: 'America/Detroit', basis: 'EventDate' }) as const;
const said = <C extends Report>(command: C, day: number, more: Partial<C> = {}, system = 'hmis:TEST') =>
  Object.assign(command, {
    occurred: on('2026-03-01'),
    assertedAt: `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    source: { system },
    ...more,
  });
const here = <C extends Report>(command: C, day: number, more: Partial<C> = {}) => said(command, day, more, 'throughline');
const referred = said(new ReportHousingReferral(), 1, { referralEvent: 14 });
const offered = here(new OfferUnit(), 5, { bedrooms: 1 });
const declined = here(new DeclineUnitOffer(), 6, { by: 'landlord', reason: 'unit-taken' });

test('a referral and its result may arrive in either order, the result without a date', () => {
  const result = said(new ReportReferralResult(), 3, { result: 1, occurred: undefined as never });
  for (const order of orders([referred, result])) {
    const { state, recorded } = after(referral, order, 2);
    expect([standing(state.referred)?.data, standing(state.resulted)?.data]).toEqual([{ referralEvent: 14 }, { result: 1 }]);
    expect(recorded).toEqual([2, 0]);
  }
});
test('a match that was withdrawn stands no more, whichever arrives first', () => {
  const reports = [said(new MatchUnit(), 2), said(new WithdrawMatch(), 3, { reason: 'unit-taken' })];
  for (const order of orders(reports)) expect(matchOf(after(referral, order).state)).toBeUndefined();
});
test('an offer is accepted, and nobody has moved in by that', () =>
  given().when(offered, here(new AcceptUnitOffer(), 6)).then({ type: 'OfferAccepted', data: {} }));
test('a declined offer says by whom and why', () =>
  given()
    .when(offered, declined)
    .then({ type: 'OfferDeclined', data: { by: 'landlord', reason: 'unit-taken' } }));
test('what was not offered is neither accepted nor declined here', () => {
  for (const answer of [here(new AcceptUnitOffer(), 6), declined]) given().when(answer).thenRejected('unit-offer-unknown');
});
test('an offer that was declined is not accepted afterwards', () =>
  given().when(offered, declined, here(new AcceptUnitOffer(), 7)).thenRejected('unit-offer-declined'));
test('an answer that another system reports is recorded, offer or no offer', () =>
  given().when(said(new AcceptUnitOffer(), 6)).then({ type: 'OfferAccepted', data: {} }));

test('statements in any order give the same referral, and a second pass records nothing', () =>
  inAnyOrder(referral, [
    (day) => said(new ReportHousingReferral(), day, { referralEvent: 14 }),
    (day) => said(new ReportHousingReferral(), day, { referralEvent: 13 }),
    (day) => said(new ReportReferralResult(), day, { result: 2 }),
    (day) => said(new MatchUnit(), day, { bedrooms: 2 }),
    (day) => said(new WithdrawMatch(), day),
    (day) => said(new AcceptUnitOffer(), day),
    (day) => said(new DeclineUnitOffer(), day, { by: 'consumer', reason: 'location' }),
  ]));
