import { movable } from '#kernel';
import * as commands from './contact.commands.js';
import { contact } from './contact.decider.js';

/** A contact with another person: what tells it again for the right one. */
export const contactMove = movable({
  decider: contact,
  move: commands.MoveContact,
  here: { command: commands.MoveContactHere, event: 'ContactMovedHere', from: 'fromContactId' },
  away: { command: commands.MoveContactAway, event: 'ContactMovedAway' },
  amend: commands.ofContact,
  toldBy: {
    PeerContactMade: commands.ReportPeerContact,
    PeerContactAttempted: commands.ReportContactAttempt,
    CollateralContactMade: commands.ReportCollateralContact,
    PeerContactScheduled: commands.SchedulePeerContact,
    PeerContactCancelled: commands.CancelPeerContact,
    WarmHandoffMade: commands.ReportWarmHandoff,
    AccompaniedTo: commands.ReportAccompaniment,
    SupportGivenToOthers: commands.ReportSupportGiven,
    NotAtPlaceReported: {
      command: commands.ReportNotAtPlace,
      body: ({ placeKind, place }) => ({ placeKind, whichPlace: place }),
    },
    ContactMovedHere: null,
    ContactMovedAway: null,
  },
});
