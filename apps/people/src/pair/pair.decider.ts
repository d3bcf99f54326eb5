import { factCases, type FactRejection, type PairEvent } from '#contracts';
import { decider, pairInOrder, reject, restate, type Asserting, type Recorded, type Said } from '#kernel';
import { DeclareRecordsDifferent, LinkRecords, PairFacts, UnlinkRecords } from './pair.commands.js';

/** What has been said of two records. Whether they are one person follows in the identity map, from all pairs together. */
interface Pair {
  readonly links: Said<object>;
  readonly unlinks: Said<object>;
  readonly different: Said<object>;
}
export type PairRejection = FactRejection | 'same-record' | 'link-unknown';

const { when, record, remember, build } = decider<Pair, PairEvent, PairRejection>();

type Named = { readonly personIds: readonly [string, string] };
const inOrder = ({ personIds: [a, b] }: Named) => [...pairInOrder(a, b)] as [string, string];
const sameRecord = ({ personIds: [a, b] }: Named) =>
  a === b ? reject('same-record', 'Both ids name one record; name two.', 'personIds') : undefined;

const newest = (said: Said<object>) => Math.max(0, ...said.map(({ by }) => by.position));
const notWithdrawn = (said: Said<object>) => said.filter(({ withdrawn }) => withdrawn === undefined);

/** Said once more after it was undone, it is said anew; the very same statement again adds nothing. */
const sayAnew = <E extends Recorded<PairEvent>>(said: Said<object>, since: number, report: Asserting, event: E) =>
  restate(said, report, event).length === 0
    ? []
    : restate(
        notWithdrawn(said).filter(({ by }) => by.position > since),
        report,
        event,
      );

const link = when(LinkRecords, (r, { links, unlinks }) => {
  const { basis, fieldAgreements, score, ruleVersion } = r;
  const event = record('RecordsLinked', { personIds: inOrder(r), basis, fieldAgreements, score, ruleVersion });
  // Only a reviewer's link is one again after an un-link: an import that repeats its own only confirms it.
  return sameRecord(r) ?? (basis === 'reviewer' ? sayAnew(links, newest(unlinks), r, event) : restate(links, r, event));
});

const unlink = when(UnlinkRecords, (r, { links, unlinks }) => {
  if (r.linkEventId !== undefined && !links.some(({ by }) => by.id === r.linkEventId)) {
    return reject('link-unknown', 'These two records have no link of this id.', 'linkEventId');
  }
  const linkEventId = r.linkEventId ?? notWithdrawn(links).find(({ by }) => by.position === newest(notWithdrawn(links)))?.root;
  const event = record('RecordsUnlinked', { personIds: inOrder(r), linkEventId, reason: r.reason });
  return sameRecord(r) ?? (saidThen(unlinks, r) ? [] : restate(unlinks, r, event));
});
/** An un-link said again, without a new time, does not undo a link that was made since. */
const saidThen = (unlinks: Said<object>, r: UnlinkRecords) =>
  unlinks.some(
    ({ by, data }) =>
      by.source.system === r.source.system &&
      (r.assertedAt === null || by.assertedAt === r.assertedAt) &&
      (data as { reason: string }).reason === r.reason,
  );

const declareDifferent = when(DeclareRecordsDifferent, (r, { different }) => {
  const event = record('RecordsDeclaredDifferent', { personIds: inOrder(r), reason: r.reason });
  return sameRecord(r) ?? sayAnew(different, 0, r, event);
});

/** Two records, said to be of one person or of two; its stream belongs to nobody, and its id follows from the two persons. */
export const pair = build({
  category: 'pair',
  personless: true,
  subjectOf: (command) => {
    const { personIds } = command as Partial<Named>;
    return personIds && pairInOrder(...personIds);
  },
  initial: { links: [], unlinks: [], different: [] },
  cases: [link, unlink, declareDifferent, ...factCases<Pair>(PairFacts)],
  evolve: remember({ RecordsLinked: 'links', RecordsUnlinked: 'unlinks', RecordsDeclaredDifferent: 'different' }),
});
