import * as contracts from '#contracts';
import { factCases, telling, type FactRejection, type PeerSupportEvent } from '#contracts';
import { bySaid, compareOccurred, decider, reject, Rejection, standing, type Case, type Envelope, type Said } from '#kernel';
import * as commands from './relationship.commands.js';

type RelationshipEvent = Extract<
  PeerSupportEvent,
  { type: 'PeerSupportOffered' | 'PeerSupportAccepted' | 'PeerSupportDeclined' | 'PeerSupportEnded' }
>;
/** One offer and what came of it; to who declined, another may be made. */
export interface Relationship {
  readonly offered: Said<object>;
  readonly accepted: Said<object>;
  readonly declined: Said<object>;
  readonly ended: Said<object>;
}
type Status = keyof Relationship | 'none';
type Refusal = 'offer-unknown' | 'offer-declined' | 'support-accepted' | 'support-not-accepted' | 'support-ended';
type OneCase = Case<Relationship, RelationshipEvent, Refusal | FactRejection>;

const words = decider<Relationship, RelationshipEvent, Refusal | FactRejection>();
const tells = telling(words);

const byTime = (a: Envelope, b: Envelope) =>
  (a.occurred && b.occurred ? compareOccurred(a.occurred, b.occurred) : 0) || bySaid(a, b);

/** What happened last, in the world's order: a yes that is reported late does not undo an end. */
export const statusOf = (state: Relationship): Status => {
  const steps = (['offered', 'accepted', 'declined', 'ended'] as const).flatMap((status) => {
    const statement = standing(state[status]);
    return statement ? [{ status, by: statement.by }] : [];
  });
  return steps.sort((a, b) => byTime(a.by, b.by)).at(-1)?.status ?? 'none';
};

const unknown = reject('offer-unknown' as const, 'Nobody has offered peer support here; record the offer first.');
const declined = reject('offer-declined' as const, 'This offer was declined; make a new one, which may be accepted.');
const ended = reject('support-ended' as const, 'This relationship ended; make a new offer.');
const notAccepted = reject('support-not-accepted' as const, 'It was not accepted, so there is nothing to end.');
const accepted = reject('support-accepted' as const, 'It was accepted; end it instead of declining the offer.');

/** What is decided here has rules; what another system reports has happened, and is recorded as said. */
const unless = (refusals: { readonly [S in Status]?: Rejection<Refusal> }, step: OneCase): OneCase => ({
  command: step.command,
  run: (command, state) => {
    const outcome = step.run(command, state);
    const decidedHere = (command as contracts.Report).source.system === 'throughline';
    return (decidedHere && !(outcome instanceof Rejection) && outcome.length > 0 && refusals[statusOf(state)]) || outcome;
  },
});

/** Peer support as agreed between two people: offered, never assigned. */
export const relationship = words.build({
  category: 'peerSupport',
  initial: { offered: [], accepted: [], declined: [], ended: [] },
  cases: [
    tells(commands.OfferPeerSupport, 'offered', ['PeerSupportOffered', contracts.PeerSupportOfferedData]),
    unless(
      { none: unknown, declined, ended },
      tells(commands.AcceptPeerSupport, 'accepted', ['PeerSupportAccepted', contracts.PeerSupportAcceptedData]),
    ),
    unless(
      { none: unknown, accepted, ended },
      tells(commands.DeclinePeerSupport, 'declined', ['PeerSupportDeclined', contracts.PeerSupportDeclinedData]),
    ),
    unless(
      { none: unknown, offered: notAccepted, declined: notAccepted },
      tells(commands.EndPeerSupport, 'ended', ['PeerSupportEnded', contracts.PeerSupportEndedData]),
    ),
    ...factCases<Relationship>(commands.ofRelationship),
  ],
  evolve: words.remember({
    PeerSupportOffered: 'offered',
    PeerSupportAccepted: 'accepted',
    PeerSupportDeclined: 'declined',
    PeerSupportEnded: 'ended',
  }),
});
