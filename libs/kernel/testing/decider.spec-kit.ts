import assert from 'node:assert/strict';
import { decide, fold, Rejection, type AnyEvent, type Decider, type Envelope, type FactEvent, type Recorded } from '#kernel';

/** What a test tells of an event's envelope; the rest is filled in. */
export type Told = Partial<Omit<Envelope, 'type'>>;

let count = 0;
const uuid = (n: number) => `00000000-0000-8000-8000-${n.toString(16).padStart(12, '0')}`;

/** An event as the log would hold it: unknown parts of the envelope are filled in with plain, growing values. */
export const enveloped = <E extends AnyEvent>(event: E, told: Told = {}): Envelope & E => {
  count += 1;
  const position = told.position ?? count;
  return {
    id: uuid(position),
    schemaVersion: 1,
    streamId: `test-${uuid(0)}`,
    revision: position,
    position,
    personId: uuid(1),
    occurred: null,
    assertedAt: null,
    recordedAt: new Date(Date.UTC(2026, 5, 1) + position * 1000).toISOString(),
    asserted: { by: 'source-record', how: 'documented' },
    enteredBy: 'test',
    organizationId: null,
    source: { system: 'test' },
    request: { tag: `tag-${position}`, fingerprint: '' },
    labels: [],
    correlationId: uuid(position),
    causationId: null,
    ...told,
    ...event,
  };
};

type Reporting = {
  readonly occurred?: Envelope['occurred'];
  readonly assertedAt?: string | null;
  readonly source?: Envelope['source'];
};

/** Puts what a decision recorded into the log, with the clocks of the command that it answers and the labels that its decider gives. */
const recorder =
  <S, E extends AnyEvent, R extends string>({ labels }: Decider<S, E, R>) =>
  (outcome: readonly Recorded<E | FactEvent>[], command: object, state: S) => {
    const { occurred = null, assertedAt = null, source = { system: 'test' } } = command as Reporting;
    return outcome.map((event) => {
      const told = { occurred, assertedAt, source, labels: labels?.(event, state) ?? event.labels ?? [], ...without(event) };
      return enveloped({ type: event.type, data: event.data }, told);
    });
  };
const without = ({ supersedes, occurred }: Told) => ({
  ...(supersedes && { supersedes }),
  ...(occurred !== undefined && { occurred }),
});

const bare = (events: readonly { readonly type: string; readonly data: object }[]) =>
  events.map(({ type, data }) => ({ type, data }));

/**
 * given · when · then for one decider. Built in: the command is given twice (commands arrive at least once, and a repeat
 * must add nothing), and each expected event passes through JSON, as it does in the log.
 */
export const spec = <S, E extends AnyEvent, R extends string>(d: Decider<S, E, R>) => {
  type Event = E | FactEvent;
  const recordedFrom = recorder(d);
  const given = (...history: readonly (Envelope & AnyEvent)[]) => ({
    /** Further commands put their events into the history before the last one is judged. */
    when: (...commands: readonly [object, ...object[]]) => {
      const before = [...history];
      for (const command of commands.slice(0, -1)) {
        const state = fold(d, before);
        const outcome = decide(d, command, state);
        assert.ok(!(outcome instanceof Rejection), `${command.constructor.name} was refused: ${(outcome as Rejection).code}`);
        before.push(...recordedFrom(outcome, command, state));
      }
      const command = commands.at(-1) as object;
      const outcome = decide(d, command, fold(d, before));
      const events = () => {
        assert.ok(
          !(outcome instanceof Rejection),
          `refused: ${(outcome as Rejection).code} ${(outcome as Rejection).detail ?? ''}`,
        );
        return outcome as readonly Recorded<Event>[];
      };
      const afterwards = () => fold(d, [...before, ...recordedFrom(events(), command, fold(d, before))]);
      return {
        /** Just these events, and a repeat of the command adds none. */
        then: (...expected: readonly { readonly type: Event['type']; readonly data: object }[]) => {
          assert.deepEqual(JSON.parse(JSON.stringify(bare(events()))), JSON.parse(JSON.stringify(bare(expected))));
          const repeat = decide(d, command, afterwards());
          assert.ok(!(repeat instanceof Rejection) || expected.length > 0);
          if (!(repeat instanceof Rejection)) assert.deepEqual(bare(repeat), [], 'a repeated command added events');
        },
        thenNothing: () => assert.deepEqual(bare(events()), []),
        thenRejected: (code: R) => {
          assert.ok(outcome instanceof Rejection, 'it was accepted');
          assert.equal(outcome.code, code);
        },
        /** What the aggregate remembers afterwards, for a look at what stands. */
        thenState: (check: (state: S) => void) => check(afterwards()),
      };
    },
  });
  return { given };
};

/** Every order of a few things. */
export const orders = <T>(things: readonly T[]): T[][] =>
  things.length < 2
    ? [[...things]]
    : things.flatMap((first, i) => orders(things.toSpliced(i, 1)).map((rest) => [first, ...rest]));

/** The state after reports that all were accepted, in the order given, each recorded before the next is decided. */
export const after = <S, E extends AnyEvent, R extends string>(
  d: Decider<S, E, R>,
  commands: readonly object[],
  passes = 1,
): { state: S; recorded: number[] } => {
  const history: (Envelope & AnyEvent)[] = [];
  const recorded: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    const start = history.length;
    for (const command of commands) {
      const state = fold(d, history);
      const outcome = decide(d, command, state);
      if (outcome instanceof Rejection) throw new Error(`${command.constructor.name} was refused: ${outcome.code}`);
      history.push(...recorder(d)(outcome, command, state));
    }
    recorded.push(history.length - start);
  }
  return { state: fold(d, history), recorded };
};
