import type { AnyEvent, Envelope, Enveloped, Label } from './envelope.js';
import type { Rejection } from './rejection.js';
import { remember, stated, type FactEvent, type Recorded, type Said } from './statement.js';

export type Class<T> = new (...args: never[]) => T;
export type Outcome<E extends AnyEvent, R extends string = never> = readonly Recorded<E>[] | Rejection<R>;

/** What each event does to the state: an event left out does not compile. Must not fail. */
export type Evolve<S, E extends AnyEvent> = {
  readonly [T in E['type']]: (state: S, data: Extract<E, { type: T }>['data'], by: Envelope) => S;
};

/** One command and the decision that answers it. */
export interface Case<S, E extends AnyEvent, R extends string = string> {
  readonly command: Class<object>;
  // A method, so that cases of different commands fit into one list.
  run(command: object, state: S): Outcome<E | FactEvent, R>;
}

/** One aggregate: what it can be asked, and what it remembers. Pure. */
export interface Decider<S, E extends AnyEvent, R extends string = string> {
  /** First part of its stream ids; holds no `-`. */
  readonly category: string;
  readonly initial: S;
  readonly cases: readonly Case<S, E, R>[];
  readonly evolve: Evolve<S, E | FactEvent>;
  /** Labels that depend on what is known of the aggregate; where absent, or undefined, the catalogue's stand. */
  readonly labels?: (event: { readonly type: string; readonly data: object }, state: S) => readonly Label[] | undefined;
  /** Its streams are about nobody: organisations, programmes, links of a pair. */
  readonly personless?: true;
  /** Where no subject is named, the stream's id is derived from these parts instead (a pair of persons, in order): the same parts, the same stream. */
  readonly subjectOf?: (command: object) => readonly string[] | undefined;
}

type DataOf<E extends AnyEvent, T extends E['type']> = Extract<E, { type: T }>['data'];
type NoneBut<Shape, Given> = Given & { readonly [K in Exclude<keyof Given, keyof Shape>]: never };

/** The words in which an aggregate is written; `S` is its state, `E` its events, `R` its refusals. */
export const decider = <S extends object, E extends AnyEvent, R extends string = never>() => ({
  when: <C extends object>(
    command: Class<C>,
    run: (command: Readonly<C>, state: S) => Outcome<E | FactEvent, R>,
  ): Case<S, E, R> => ({
    command,
    run: run as (command: object, state: S) => Outcome<E | FactEvent, R>,
  }),
  /** Builds an event: a field that its payload does not declare is a compile error here, and absent fields stay absent. */
  record: <T extends E['type'], const D extends DataOf<E, T>>(
    type: T,
    data: NoneBut<DataOf<E, T>, D>,
    more?: Omit<Recorded<E>, 'type' | 'data'>,
  ) => ({ type, data: stated(data), ...more }) as unknown as Recorded<Extract<E, { type: T }>>,
  remember: (into: { readonly [T in E['type']]: { readonly [K in keyof S]: S[K] extends Said<object> ? K : never }[keyof S] }) =>
    remember<S, E>(into) as unknown as Evolve<S, E | FactEvent>,
  build: (spec: Decider<S, E, R>) => spec,
});

/** The state after a history. An event of another type than the decider's own is the caller's fault: it throws, by name. */
export const fold = <S, E extends AnyEvent, R extends string>(
  { evolve, initial, category }: Decider<S, E, R>,
  history: Iterable<Enveloped<E | FactEvent> | (Envelope & AnyEvent)>,
  from: S = initial,
): S => {
  let state = from;
  for (const event of history) {
    const step = (evolve as Record<string, ((s: S, data: object, by: Envelope) => S) | undefined>)[event.type];
    if (!step) throw new Error(`A ${category} stream holds ${event.type}, which it does not know how to fold`);
    state = step(state, event.data, event);
  }
  return state;
};

/** The answer to a command in a state. */
export const decide = <S, E extends AnyEvent, R extends string>(
  { cases, category }: Decider<S, E, R>,
  command: object,
  state: S,
): Outcome<E | FactEvent, R> => {
  const found = cases.find((c) => command instanceof c.command);
  if (!found) throw new Error(`${command.constructor.name} is not a command of ${category}`);
  return found.run(command, state);
};
