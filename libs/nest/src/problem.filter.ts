import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { faultProblem } from './fault.js';

/** Every refusal and every fault leaves as a problem (RFC 9457). A fault is logged by its kind and place, never by its words: they may be about a person. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { details, retryAfterSeconds } = faultProblem(thrown);
    if (details.status >= 500)
      this.log.error({ fault: kindOf(thrown), code: details.code, at: framesOf(thrown) }, 'A request failed');
    if (response.headersSent) {
      response.end();
      return;
    }
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
    response.status(details.status).type('application/problem+json').send(JSON.stringify(details));
  }
}

const kindOf = (thrown: unknown) => (thrown instanceof Error ? thrown.constructor.name : typeof thrown);
const framesOf = (thrown: unknown) =>
  thrown instanceof Error && !(thrown instanceof HttpException)
    ? thrown.stack?.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim()) // prettier-ignore
    : [];
