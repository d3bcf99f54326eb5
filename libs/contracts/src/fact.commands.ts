import { isDeepStrictEqual } from 'node:util';
import { ArrayNotEmpty, IsIn, IsNotEmptyObject, IsObject, IsUUID } from 'class-validator';
import { labelsOf, LABELS, reject, Rejection, statementOf, type Case, type Label, type Recorded, type FactEvent } from '#kernel';
import { specOf } from './events.js';
import { WITHDRAWAL_REASONS, type WithdrawalReason } from './fact.events.js';
import { Report } from './report.js';
import { problemsOf, schemaOf } from './schema.js';
import { IsPlainText } from './validators.js';

/** Puts single fields of a recorded fact right. */
export class CorrectFact extends Report {
  @IsUUID() eventId!: string;
  /** The fields that were wrong, with what they should have said. */
  @IsObject() @IsNotEmptyObject() changed!: Record<string, unknown>;
}
/** Says that a recorded fact should not have been said of this person, or at all. */
export class WithdrawFact extends Report {
  @IsUUID() eventId!: string;
  @IsIn(WITHDRAWAL_REASONS) reason!: WithdrawalReason;
}
/** Gives a recorded fact other categories; a reader needs all of them. */
export class RelabelEvent extends Report {
  @IsUUID() eventId!: string;
  @ArrayNotEmpty() @IsIn(LABELS, { each: true }) labels!: Label[];
}
/** Puts the consumer's own words beside a recorded fact. */
export class AttachStatement extends Report {
  @IsUUID() aboutEventId!: string;
  @IsPlainText(20_000) text!: string;
}

/** `fact-unknown`: the aggregate holds no such event. `correction-impossible`: the corrected fact would not be one. */
export type FactRejection = 'fact-unknown' | 'already-withdrawn' | 'correction-impossible';
type Found = NonNullable<ReturnType<typeof statementOf>>;
type Decided = readonly Recorded<FactEvent>[] | Rejection<FactRejection>;

const about = (state: object, eventId: string, field: string, run: (found: Found) => Decided): Decided => {
  const found = statementOf(state, eventId);
  return found ? run(found) : reject('fact-unknown', `No fact that can be amended was recorded under this ${field}.`, field);
};
const WITHDRAWN = 'This fact was withdrawn; record a new one instead.';

/** Splits a correction into what stands open and what is sealed, as the catalogue declares the corrected event. */
const correction = (type: string, changed: Record<string, unknown>) => {
  const { open } = specOf(type);
  const parted = (isOpen: boolean) =>
    Object.fromEntries(Object.entries(changed).filter(([field]) => open.includes(field) === isOpen));
  const sealed = parted(false);
  return { corrects: type, changed: parted(true), ...(Object.keys(sealed).length > 0 && { changedPrivately: sealed }) };
};

const problemWith = (type: string, data: object, changed: Record<string, unknown>) => {
  const known = schemaOf(type, 'opened').properties ?? {};
  const stranger = Object.keys(changed).find((field) => !Object.hasOwn(known, field));
  if (stranger !== undefined) return `${type} has no field of this name: ${stranger}.`;
  return problemsOf(type, { ...data, ...changed }).find((problem) =>
    Object.keys(changed).some((field) => problem.startsWith(field)),
  );
};

const correct = ({ eventId, changed }: CorrectFact, { type, statement }: Found): Decided => {
  if (statement.withdrawn !== undefined) return reject('already-withdrawn', WITHDRAWN, 'eventId');
  const data: Record<string, unknown> = { ...statement.data, ...statement.corrected };
  const problem = problemWith(type, data, changed);
  if (problem !== undefined) return reject('correction-impossible', problem, 'changed');
  const differs = Object.entries(changed).filter(([field, value]) => !isDeepStrictEqual(data[field], value));
  if (differs.length === 0) return [];
  const now = labelsOf(statement);
  const labels = [...new Set([...now, ...labelsDue(type, { ...data, ...changed })])];
  const event = { type: 'FactCorrected', data: correction(type, Object.fromEntries(differs)) } as const;
  const about = { occurred: null, supersedes: { eventId }, labels } as const;
  return [
    { ...event, ...about },
    ...(labels.length > now.length ? [{ type: 'EventRelabelled', data: { labels }, ...about } as const] : []),
  ];
};
/** What the corrected fact tells by its data: a correction may add categories, and takes none away. */
const labelsDue = (type: string, data: object): readonly Label[] => {
  const { labels } = specOf(type);
  return typeof labels === 'function' ? labels(data as never) : [];
};

const withdraw = ({ eventId, reason }: WithdrawFact, { statement }: Found): Decided => {
  if (statement.withdrawn === reason) return [];
  if (statement.withdrawn !== undefined)
    return reject('already-withdrawn', 'This fact was withdrawn for another reason.', 'eventId');
  const supersedes = { eventId, reason };
  return [{ type: 'FactWithdrawn', data: { reason }, occurred: null, supersedes, labels: labelsOf(statement) }];
};

const relabel = ({ eventId, labels }: RelabelEvent, { statement }: Found): Decided => {
  const now = labelsOf(statement);
  if (isDeepStrictEqual([...labels].sort(), [...now].sort())) return [];
  // Whoever may not read it under either set need not learn that it changed.
  const both = [...new Set([...now, ...labels])];
  return [{ type: 'EventRelabelled', data: { labels }, occurred: null, supersedes: { eventId }, labels: both }];
};

const attach = ({ aboutEventId, text }: AttachStatement, { statement }: Found): Decided =>
  statement.words?.includes(text)
    ? []
    : [
        {
          type: 'StatementAttached',
          data: { aboutEventId, text },
          labels: [...new Set([...labelsOf(statement), 'own-words' as const])],
        },
      ];

export interface FactCommands {
  readonly Correct: new () => CorrectFact;
  readonly Withdraw: new () => WithdrawFact;
  readonly Relabel: new () => RelabelEvent;
  readonly Attach: new () => AttachStatement;
}
const named = <C extends new () => Report>(command: C, name: string): C =>
  Object.defineProperty(command, 'name', { value: name });

/**
 * The commands about facts of one kind of aggregate, so that each names the stream it means: of `Visit`, they are
 * `CorrectVisitFact`, `WithdrawVisitFact`, `RelabelVisitFact` and `AttachStatementToVisit`.
 */
export const factCommands = (noun: string): FactCommands => {
  class Correct extends CorrectFact {
    @IsUUID() declare eventId: string;
  }
  class Withdraw extends WithdrawFact {
    @IsUUID() declare eventId: string;
  }
  class Relabel extends RelabelEvent {
    @IsUUID() declare eventId: string;
  }
  class Attach extends AttachStatement {
    @IsUUID() declare aboutEventId: string;
  }
  return {
    Correct: named(Correct, `Correct${noun}Fact`),
    Withdraw: named(Withdraw, `Withdraw${noun}Fact`),
    Relabel: named(Relabel, `Relabel${noun}Fact`),
    Attach: named(Attach, `AttachStatementTo${noun}`),
  };
};

type Of<S> = Case<S, never, FactRejection>;
const amending = <S extends object, C extends { readonly eventId: string }>(
  command: new () => C,
  run: (command: C, found: Found) => Decided,
): Of<S> => ({ command, run: (c, state) => about(state, (c as C).eventId, 'eventId', (found) => run(c as C, found)) });

/**
 * What may be said of any fact of an aggregate whose state is folded by the kernel's `remember`: spread these into its
 * `cases`, and `FactRejection` into its refusals.
 */
export const factCases = <S extends object>({ Correct, Withdraw, Relabel, Attach }: FactCommands): readonly Of<S>[] => [
  amending(Correct, correct),
  amending(Withdraw, withdraw),
  amending(Relabel, relabel),
  {
    command: Attach,
    run: (c, state) => {
      const command = c as AttachStatement;
      return about(state, command.aboutEventId, 'aboutEventId', (found) => attach(command, found));
    },
  },
];
