import { Inject, type Provider, type Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { Answer, Report } from '#contracts';
import type { AnyEvent, Decider, Envelope, Rejection } from '#kernel';

/** A decider whose state nobody outside it looks at. */
export type AnyDecider = Decider<never, AnyEvent>;

/** What runs a decision: the event store's runner, or a stand-in of a test. */
export interface Runner {
  run(decider: AnyDecider, command: Report): Promise<Answer | Rejection>;
  /** What is recorded of a stream, opened. */
  history(streamId: string): Promise<readonly (Envelope & AnyEvent)[]>;
}
export const DECIDER_RUNNER = Symbol('decider runner');

const decidedBy = new WeakMap<object, AnyDecider>();

/** One command handler per case, all of them calling the runner, so that a command needs no handler of its own. */
export const provideDecider = <S, E extends AnyEvent, R extends string>(decider: Decider<S, E, R>): Provider[] =>
  decider.cases.map(({ command }) => {
    const own = decider as unknown as AnyDecider;
    class Handler {
      constructor(readonly runner: Runner) {}
      execute(report: Report): Promise<Answer | Rejection> {
        return this.runner.run(own, report);
      }
    }
    Object.defineProperty(Handler, 'name', { value: `${command.name}Handler` });
    Inject(DECIDER_RUNNER)(Handler, undefined, 0);
    CommandHandler(command as unknown as Type<object> as never)(Handler);
    decidedBy.set(Handler, own);
    return Handler;
  });

/** The deciders that a module provides, each once. */
export const decidersOf = (module: Type): readonly AnyDecider[] => {
  const providers = (Reflect.getMetadata('providers', module) ?? []) as readonly object[];
  return [...new Set(providers.flatMap((provider) => decidedBy.get(provider) ?? []))];
};
