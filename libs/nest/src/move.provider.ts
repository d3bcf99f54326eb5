import { Inject, type Provider, type Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { Answer, Report } from '#contracts';
import type { Movable, Rejection } from '#kernel';

/** What carries a move out. */
export interface Moves {
  move(kind: Movable, command: Report): Promise<Answer | Rejection>;
}
export const MOVES = Symbol('moves');

const movedBy = new WeakMap<object, Movable>();

/** The handler of the command that asks for a move of such streams to the right person. */
export const provideMove = (kind: Movable): Provider => {
  class Handler {
    constructor(readonly moves: Moves) {}
    execute(report: Report): Promise<Answer | Rejection> {
      return this.moves.move(kind, report);
    }
  }
  Object.defineProperty(Handler, 'name', { value: `${kind.move.name}Handler` });
  Inject(MOVES)(Handler, undefined, 0);
  CommandHandler(kind.move as unknown as Type<object> as never)(Handler);
  movedBy.set(Handler, kind);
  return Handler;
};

/** What a module offers to move. */
export const movesOf = (module: Type): readonly Movable[] => {
  const providers = (Reflect.getMetadata('providers', module) ?? []) as readonly object[];
  return providers.flatMap((provider) => movedBy.get(provider) ?? []);
};
