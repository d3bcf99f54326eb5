import * as contracts from '#contracts';
import { factCases, telling, withdrawAll, type FactRejection, type PeerSupportEvent } from '#contracts';
import { decider, restate, type Said } from '#kernel';
import * as commands from './contact.commands.js';

type RelationshipEvent = 'PeerSupportOffered' | 'PeerSupportAccepted' | 'PeerSupportDeclined' | 'PeerSupportEnded';
type ContactEvent = Exclude<PeerSupportEvent, { type: RelationshipEvent }>;

/** What has been said of one contact, or of one other thing that a peer saw or did. */
export interface Contact {
  /** Reached, tried in vain, or with someone else: one of them stands, the last that was said. */
  readonly outcome: Said<object>;
  readonly scheduled: Said<object>;
  readonly cancelled: Said<object>;
  readonly handoff: Said<object>;
  readonly accompanied: Said<object>;
  readonly notAtPlace: Said<object>;
  readonly supportGiven: Said<object>;
  readonly movedHere: Said<object>;
  readonly movedAway: Said<object>;
}
const words = decider<Contact, ContactEvent, FactRejection>();
const tells = telling(words);

/** One contact, from the plan to what came of it. All of it is report: nothing is refused for tidiness. */
export const contact = words.build({
  category: 'contact',
  initial: {
    outcome: [],
    scheduled: [],
    cancelled: [],
    handoff: [],
    accompanied: [],
    notAtPlace: [],
    supportGiven: [],
    movedHere: [],
    movedAway: [],
  },
  cases: [
    tells(commands.ReportPeerContact, 'outcome', ['PeerContactMade', contracts.PeerContactMadeData]),
    tells(commands.ReportContactAttempt, 'outcome', ['PeerContactAttempted', contracts.PeerContactAttemptedData]),
    tells(commands.ReportCollateralContact, 'outcome', ['CollateralContactMade', contracts.CollateralContactMadeData]),
    tells(commands.SchedulePeerContact, 'scheduled', ['PeerContactScheduled', contracts.PeerContactScheduledData]),
    tells(commands.CancelPeerContact, 'cancelled', ['PeerContactCancelled', contracts.PeerContactCancelledData]),
    tells(commands.ReportWarmHandoff, 'handoff', ['WarmHandoffMade', contracts.WarmHandoffMadeData]),
    tells(commands.ReportAccompaniment, 'accompanied', ['AccompaniedTo', contracts.AccompaniedToData]),
    tells(commands.ReportSupportGiven, 'supportGiven', ['SupportGivenToOthers', contracts.SupportGivenToOthersData]),
    words.when(commands.ReportNotAtPlace, (report, { notAtPlace }) =>
      restate(notAtPlace, report, words.record('NotAtPlaceReported', { placeKind: report.placeKind, place: report.whichPlace })),
    ),
    tells(commands.MoveContactHere, 'movedHere', ['ContactMovedHere', contracts.ContactMovedHereData]),
    words.when(commands.MoveContactAway, (report, { movedAway, ...contact }) => [
      ...restate(movedAway, report, words.record('ContactMovedAway', {})),
      ...withdrawAll(contact, 'wrong-person'),
    ]),
    ...factCases<Contact>(commands.ofContact),
  ],
  evolve: words.remember({
    PeerContactMade: 'outcome',
    PeerContactAttempted: 'outcome',
    CollateralContactMade: 'outcome',
    PeerContactScheduled: 'scheduled',
    PeerContactCancelled: 'cancelled',
    WarmHandoffMade: 'handoff',
    AccompaniedTo: 'accompanied',
    NotAtPlaceReported: 'notAtPlace',
    SupportGivenToOthers: 'supportGiven',
    ContactMovedHere: 'movedHere',
    ContactMovedAway: 'movedAway',
  }),
});
