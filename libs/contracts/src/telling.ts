import {
  labelsOf,
  restate,
  saidAt,
  type AnyEvent,
  type Asserting,
  type Case,
  type FactEvent,
  type Outcome,
  type Recorded,
  type Said,
  type Statement,
} from '#kernel';
import type { WithdrawalReason } from './fact.events.js';
import { dataOf } from './report-of.js';
import type { Report } from './report.js';

type DataOf<E extends AnyEvent, T extends E['type']> = Extract<E, { type: T }>['data'];
type ListOf<S> = { readonly [K in keyof S]: S[K] extends Said<object> ? K : never }[keyof S];
interface When<S, E extends AnyEvent, R extends string> {
  when<C extends object>(command: new () => C, run: (command: Readonly<C>, state: S) => Outcome<E | FactEvent, R>): Case<S, E, R>;
}

/**
 * For commands that say just what one event holds (`datedReportOf`): tells in which list of the state it is remembered, and as what
 * it is recorded. Where a list holds several things, `same` says which of its statements are about this one.
 */
export const telling =
  <S extends object, E extends AnyEvent, R extends string>({ when }: When<S, E, R>) =>
  <T extends E['type'], P extends DataOf<E, T>>(
    command: new () => Report & P,
    list: ListOf<S>,
    [type, payload]: readonly [T, new () => P],
    same?: (statement: Statement<object>, report: Readonly<Report & P>) => boolean,
  ): Case<S, E, R> =>
    when(command, (report, state) => {
      const said = state[list] as Said<object>;
      const event = { type, data: dataOf<P>(payload, report) };
      return retell(same ? said.filter((statement) => same(statement, report)) : said, report, event) as Outcome<
        E | FactEvent,
        R
      >;
    });

/**
 * What a report adds (the kernel's `restate`), save that what its source had deleted and now says again is no mere
 * confirmation of the deleted statement: it is said anew.
 */
export const retell = <E extends Recorded<AnyEvent>>(
  said: Said<object>,
  report: Asserting,
  event: E,
): readonly Recorded<AnyEvent>[] => {
  const outcome = restate(said, report, event);
  const repeated = (outcome[0]?.data as { readonly repeated?: readonly string[] } | undefined)?.repeated;
  const deleted = said.some(({ by, withdrawn }) => withdrawn === 'deleted-at-source' && repeated?.includes(by.id));
  return deleted ? [event] : outcome;
};

/** Whether a statement and a report speak of one record of their source; where neither names one, of one value of `field`. */
export const sameRecord =
  (field: string) =>
  ({ by, data }: Statement<object>, report: Report): boolean =>
    by.source.record === report.source.record &&
    (report.source.record !== undefined ||
      (data as Record<string, unknown>)[field] === (report as unknown as Record<string, unknown>)[field]);

/** Whether a statement and a report speak of one record of their source; where neither names one, of one moment. */
export const sameOccasion = ({ by }: Statement<object>, { source, occurred }: Report): boolean =>
  by.source.record === source.record && (source.record !== undefined || by.occurred?.start === occurred?.start);

const said = (state: object): Said<object> => (Object.values(state) as Said<object>[]).flat();

/** Each of these statements taken back, once, with the categories that it carries. */
const withdrawn = (statements: Said<object>, reason: WithdrawalReason): readonly Recorded<FactEvent>[] => {
  const last = new Map(statements.map((statement) => [statement.root, statement]));
  return [...last.values()].map((statement) => ({
    type: 'FactWithdrawn',
    data: { reason },
    occurred: null,
    supersedes: { eventId: statement.by.id, reason },
    labels: labelsOf(statement),
  }));
};

/** Takes back all that a source has said, until now, in one record (`source.record`), which it has deleted or cleared. */
export const withdrawRecord = (state: object, report: Report): readonly Recorded<FactEvent>[] => {
  const { system, record } = report.source;
  const own = said(state).filter(({ by, withdrawn: already }) => {
    return already === undefined && by.source.system === system && by.source.record === record && saidAt(by) <= saidAt(report);
  });
  return withdrawn(own, 'deleted-at-source');
};

/** Takes back everything that still stands, whoever said it. */
export const withdrawAll = (state: object, reason: WithdrawalReason): readonly Recorded<FactEvent>[] =>
  withdrawn(
    said(state).filter(({ withdrawn: already }) => already === undefined),
    reason,
  );
