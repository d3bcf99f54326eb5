import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from './problem.js';

/** How far the views have come in the log. */
export interface Positions {
  /** `<logId>.<epoch>.<position>`: a position as it is told outside. */
  cursorOf(position: number): string;
  /** True as soon as every view that is read here has reached the position; false where none of that came about in time. */
  reached(position: number, timeoutMs: number): Promise<boolean>;
}

const WAIT_MS = 5000;

/** The position in `?after=`: bare, or in a cursor of this log. Throws a problem for anything else. */
export const positionIn = (after: unknown, positions: Positions): number => {
  const digits = typeof after === 'string' ? /^(?:\S+\.)?(\d{1,15})$/.exec(after)?.[1] : undefined;
  if (digits === undefined) {
    throw new Problem(400, 'malformed-cursor', 'The cursor in ?after= is not one.', {
      field: 'after',
      remedy: 'Send the "cursor" or the "position" of an answer, as it was.',
    });
  }
  if (after !== digits && after !== positions.cursorOf(Number(digits))) {
    throw new Problem(409, 'cursor-of-another-log', 'This cursor was taken from another log, or before the log was restored.', {
      field: 'after',
      remedy: 'Read without ?after=.',
    });
  }
  return Number(digits);
};

/** Any read with `?after=` waits until what it reads has come that far; not for ever. */
export class AwaitPosition implements NestInterceptor {
  constructor(
    private readonly positions: Positions,
    private readonly waitMs = WAIT_MS,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const { method, query } = context.switchToHttp().getRequest<Request>();
    if (method === 'GET' && query['after'] !== undefined) await this.wait(positionIn(query['after'], this.positions));
    return next.handle();
  }

  private async wait(position: number): Promise<void> {
    if (await this.positions.reached(position, this.waitMs)) return;
    throw new Problem(504, 'view-behind', `The view did not reach position ${position} within ${this.waitMs / 1000} seconds.`, {
      remedy: 'Read again a little later, or without ?after=.',
      retryAfterSeconds: 5,
    });
  }
}
