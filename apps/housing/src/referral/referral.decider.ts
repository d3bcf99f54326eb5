import * as contracts from '#contracts';
import { factCases, telling, withdrawRecord, type FactRejection, type HousingEvent } from '#contracts';
import { decider, reject, Rejection, standing, standingUnless, type Case, type Said } from '#kernel';
import * as commands from './referral.commands.js';

type ReferralEvent = Extract<
  HousingEvent,
  {
    type:
      | 'HousingReferred' | 'ReferralResulted' | 'ApplicationSubmitted' | 'ApplicationDecided' | 'UnitMatched'
      | 'MatchWithdrawn' | 'UnitOffered' | 'OfferAccepted' | 'OfferDeclined'; // prettier-ignore
  }
>;
/** One way to one home; several may run at once, each on a stream of its own. */
export interface Referral {
  readonly referred: Said<object>;
  readonly resulted: Said<object>;
  readonly applied: Said<object>;
  readonly decided: Said<object>;
  readonly matched: Said<object>;
  readonly unmatched: Said<object>;
  readonly offered: Said<object>;
  /** Accepted or declined: one of them stands, the last that was said. */
  readonly answered: Said<object>;
}
type Refusal = FactRejection | 'unit-offer-unknown' | 'unit-offer-declined';
const words = decider<Referral, ReferralEvent, Refusal>();
const tells = telling(words);

const unknown = reject('unit-offer-unknown' as const, 'No unit was offered here; record the offer first.');
const declined = reject('unit-offer-declined' as const, 'The offer was declined; offer the unit again on a new referral.');
const wasDeclined = ({ answered }: Referral) => 'by' in (standing(answered)?.data ?? {});

/** An answer given here needs an offer that is open; an answer reported from elsewhere has been given. */
const toAnOffer = (answer: Case<Referral, ReferralEvent, Refusal>): typeof answer => ({
  command: answer.command,
  run: (command, state) => {
    const outcome = answer.run(command, state);
    const reported = (command as contracts.Report).source.system !== 'throughline';
    if (reported || outcome instanceof Rejection || outcome.length === 0) return outcome;
    if (!standing(state.offered)) return unknown;
    return wasDeclined(state) && command instanceof commands.AcceptUnitOffer ? declined : outcome;
  },
});

/** The match of a unit, unless it was taken back since. */
export const matchOf = ({ matched, unmatched }: Referral) => standingUnless(matched, unmatched);

/** From a referral, an application or a match to the answer to an offer. Moving in is a fact of the tenancy. */
export const referral = words.build({
  category: 'referral',
  initial: { referred: [], resulted: [], applied: [], decided: [], matched: [], unmatched: [], offered: [], answered: [] },
  cases: [
    tells(commands.ReportHousingReferral, 'referred', ['HousingReferred', contracts.HousingReferredData]),
    tells(commands.ReportReferralResult, 'resulted', ['ReferralResulted', contracts.ReferralResultedData]),
    tells(commands.ReportApplication, 'applied', ['ApplicationSubmitted', contracts.ApplicationSubmittedData]),
    tells(commands.ReportApplicationDecision, 'decided', ['ApplicationDecided', contracts.ApplicationDecidedData]),
    tells(commands.MatchUnit, 'matched', ['UnitMatched', contracts.UnitMatchedData]),
    tells(commands.WithdrawMatch, 'unmatched', ['MatchWithdrawn', contracts.MatchWithdrawnData]),
    tells(commands.OfferUnit, 'offered', ['UnitOffered', contracts.UnitOfferedData]),
    toAnOffer(tells(commands.AcceptUnitOffer, 'answered', ['OfferAccepted', contracts.OfferAcceptedData])),
    toAnOffer(tells(commands.DeclineUnitOffer, 'answered', ['OfferDeclined', contracts.OfferDeclinedData])),
    words.when(commands.ReportReferralRecordDeleted, (report, state) => withdrawRecord(state, report)),
    ...factCases<Referral>(commands.ofReferral),
  ],
  evolve: words.remember({
    HousingReferred: 'referred',
    ReferralResulted: 'resulted',
    ApplicationSubmitted: 'applied',
    ApplicationDecided: 'decided',
    UnitMatched: 'matched',
    MatchWithdrawn: 'unmatched',
    UnitOffered: 'offered',
    OfferAccepted: 'answered',
    OfferDeclined: 'answered',
  }),
});
