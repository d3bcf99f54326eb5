import { isDeepStrictEqual } from 'node:util';
import { isErased, type AnyEvent, type Envelope, type Erased, type Label, type Supersedes } from './envelope.js';
import type { Occurred } from './occurred.js';

/** One thing that was said, and by whom. `root` names the first event of its line: a confirmation keeps it. */
export interface Statement<D> {
  readonly data: D;
  readonly by: Envelope;
  readonly root: string;
  readonly corrected?: Partial<D>;
  readonly withdrawn?: string;
  /** The categories it carries instead of those that it was recorded with. */
  readonly labels?: readonly Label[];
  /** The consumer's own words beside it, oldest first. */
  readonly words?: readonly (string | Erased)[];
}

/** All that has been said about one thing, in the order in which it was said. */
export type Said<D> = readonly Statement<D>[];

/** What a command says of its own origin: all that is needed to compare it with what was said before. */
export interface Asserting {
  readonly occurred?: Occurred | null;
  readonly assertedAt: string | null;
  readonly source: { readonly system: string };
}

/** A fact as a decider records it, before the runner stamps it. */
export type Recorded<E extends AnyEvent> = E extends AnyEvent
  ? {
      readonly type: E['type'];
      readonly data: E['data'];
      readonly supersedes?: Supersedes;
      readonly occurred?: Occurred | null;
      readonly labels?: readonly Label[];
    }
  : never;

export interface FactConfirmed {
  readonly type: 'FactConfirmed';
  readonly data: { readonly repeated: readonly string[] };
}
export interface FactCorrected {
  readonly type: 'FactCorrected';
  readonly data: { readonly corrects: string; readonly changed: object; readonly changedPrivately?: object | Erased };
}
export interface FactWithdrawn {
  readonly type: 'FactWithdrawn';
  readonly data: { readonly reason: string };
}
export interface EventRelabelled {
  readonly type: 'EventRelabelled';
  readonly data: { readonly labels: readonly Label[] };
}
export interface StatementAttached {
  readonly type: 'StatementAttached';
  readonly data: { readonly aboutEventId: string; readonly text: string | Erased };
}
/** What may be said of any fact, in every context. */
export type FactEvent = FactConfirmed | FactCorrected | FactWithdrawn | EventRelabelled | StatementAttached;

type Timed = { readonly assertedAt: string | null; readonly recordedAt?: string };

/** When a statement counts as said: the earlier of asserted and recorded; the latter where the former is unknown; last of all while neither is. */
export const saidAt = ({ assertedAt, recordedAt }: Timed): string => {
  if (recordedAt === undefined) return assertedAt ?? '~';
  return assertedAt === null || assertedAt > recordedAt ? recordedAt : assertedAt;
};

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** Statements fold by (said at, the source's sequence, position), so every order of arrival gives one state. */
export const bySaid = (a: Envelope, b: Envelope): number =>
  compare(saidAt(a), saidAt(b)) || compare(a.source.sequence ?? 0, b.source.sequence ?? 0) || compare(a.position, b.position);

/** The statement that stands: the last said that was not withdrawn, as corrected. */
export const standing = <D>(said: Said<D>): Statement<D> | undefined => {
  const last = said.findLast(({ withdrawn }) => withdrawn === undefined);
  return last?.corrected ? { ...last, data: { ...last.data, ...last.corrected } } : last;
};

/** What stands, unless it was taken back by something said after it; either may arrive first. */
export const standingUnless = <D>(said: Said<D>, takenBack: Said<unknown>): Statement<D> | undefined => {
  const [stated, undone] = [standing(said), standing(takenBack)];
  return stated && undone && bySaid(stated.by, undone.by) < 0 ? undefined : stated;
};

/** Plain data without absent (undefined, null) fields, at every depth: what is stored is what is compared. */
export const stated = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(stated) as T;
  const present = Object.entries(value).filter(([, field]) => field !== undefined && field !== null);
  return Object.fromEntries(present.map(([name, field]) => [name, stated(field)])) as T;
};

/** The categories that a statement carries now. */
export const labelsOf = ({ labels, by }: Statement<unknown>): readonly Label[] => labels ?? by.labels;

/** What a source said of a time: that it lay ahead was this system's judgement on the day of receipt, and passes with that day. */
const asTold = (occurred: Occurred | null) => occurred && { ...occurred, implausible: undefined };
const sameValue = (statement: Statement<object>, data: object, occurred: Occurred | null) =>
  isDeepStrictEqual([statement.data, asTold(statement.by.occurred)], [data, asTold(occurred)]);

const occurredOf = (event: { readonly occurred?: Occurred | null }, report: Asserting): Occurred | null =>
  stated(event.occurred === undefined ? (report.occurred ?? null) : event.occurred);
const hasCome = (before: Occurred | null, now: Occurred | null) => Boolean(before?.implausible && !now?.implausible);
const confirming = (last: Statement<object>): Recorded<FactConfirmed> => ({
  type: 'FactConfirmed',
  data: { repeated: [last.by.id] },
  labels: labelsOf(last),
});

/**
 * What a report adds: nothing if its source said just this at that time (or does not tell when); a confirmation if it
 * says again, later, what it said last; otherwise the event, which supersedes what that source said before. A time that
 * lay ahead when it was first reported is no other time once it has passed; said again later, it is said anew, as one that has come.
 */
export const restate = <E extends { readonly type: string; readonly data: object; readonly occurred?: Occurred | null }>(
  said: Said<object>,
  report: Asserting,
  event: E,
): readonly (E | (E & { readonly supersedes: Supersedes }) | Recorded<FactConfirmed>)[] => {
  const occurred = occurredOf(event, report);
  const own = said.filter(({ by }) => by.source.system === report.source.system);
  const alike = own.filter((statement) => sameValue(statement, event.data, occurred));
  if (alike.some(({ by }) => report.assertedAt === null || by.assertedAt === report.assertedAt)) return [];
  const last = own.at(-1);
  if (!last || saidAt(report) < saidAt(last.by)) return [event];
  if (alike.includes(last) && !hasCome(last.by.occurred, occurred)) return [confirming(last)];
  return [{ ...event, supersedes: { eventId: last.by.id } }];
};

type Lists<S> = { readonly [K in keyof S]: S[K] extends Said<object> ? K : never }[keyof S];
type Fold<S> = (state: S, data: never, by: Envelope) => S;

const change = <S extends object>(state: S, lists: Iterable<keyof S>, edit: (said: Said<object>) => Said<object>): S => {
  let next = state;
  for (const list of new Set(lists)) {
    const said = state[list] as Said<object>;
    const edited = edit(said);
    if (edited !== said) next = { ...next, [list]: edited };
  }
  return next;
};

const amend = (
  said: Said<object>,
  target: string | undefined,
  amendment: (statement: Statement<object>) => Partial<Statement<object>>,
): Said<object> => {
  const root = said.find(({ by }) => by.id === target)?.root;
  return root === undefined ? said : said.map((s) => (s.root === root ? { ...s, ...amendment(s) } : s));
};

/** The statement that an event made, or confirmed, with the type of the event that made it; undefined where the state remembers no such event. */
export const statementOf = (
  state: object,
  eventId: string,
): { readonly type: string; readonly statement: Statement<object> } | undefined => {
  for (const said of Object.values(state).filter(Array.isArray) as Said<object>[]) {
    const statement = said.find(({ by }) => by?.id === eventId);
    if (statement) return { type: said.find(({ by }) => by.id === statement.root)?.by.type ?? statement.by.type, statement };
  }
  return undefined;
};

/**
 * The fold of a state that remembers, for each kind of event, all that has been said: its own events into the lists
 * named, and the facts about facts (confirmed, corrected, withdrawn, relabelled, commented) into the list that holds their target.
 */
export const remember = <S extends object, E extends AnyEvent>(into: { readonly [T in E['type']]: Lists<S> }) => {
  const lists = Object.values(into) as (keyof S)[];
  const add = (said: Said<object>, statement: Statement<object>) => [...said, statement].sort((a, b) => bySaid(a.by, b.by));
  const own = Object.fromEntries(
    Object.entries(into).map(([type, list]) => [
      type,
      (state: S, data: object, by: Envelope) => change(state, [list as keyof S], (said) => add(said, { data, by, root: by.id })),
    ]),
  );
  return {
    ...own,
    FactConfirmed: (state: S, { repeated }: FactConfirmed['data'], by: Envelope) =>
      change(state, lists, (said) => {
        const held = said.find((s) => repeated.includes(s.by.id));
        return held ? add(said, { ...held, by: { ...by, occurred: held.by.occurred } }) : said;
      }),
    FactCorrected: (state: S, { changed, changedPrivately }: FactCorrected['data'], by: Envelope) =>
      change(state, lists, (said) =>
        amend(said, by.supersedes?.eventId, ({ corrected }) => ({
          corrected: { ...corrected, ...changed, ...(isErased(changedPrivately) ? {} : changedPrivately) },
        })),
      ),
    FactWithdrawn: (state: S, { reason }: FactWithdrawn['data'], by: Envelope) =>
      change(state, lists, (said) => amend(said, by.supersedes?.eventId, () => ({ withdrawn: reason }))),
    EventRelabelled: (state: S, { labels }: EventRelabelled['data'], by: Envelope) =>
      change(state, lists, (said) => amend(said, by.supersedes?.eventId, () => ({ labels }))),
    StatementAttached: (state: S, { aboutEventId, text }: StatementAttached['data']) =>
      change(state, lists, (said) => amend(said, aboutEventId, ({ words = [] }) => ({ words: [...words, text] }))),
  } as unknown as { readonly [T in E['type'] | FactEvent['type']]: Fold<S> };
};
