import { HttpException } from '@nestjs/common';
import {
  Conflict,
  CursorOfAnotherLog,
  InvalidEvent,
  LogUnavailable,
  RevisionConflict,
  StreamOfAnotherPerson,
} from '#event-store';
import { Problem } from './problem.js';

/** Codes of connections that break, and SQLSTATE classes 08 (connection), 53 (resources), 57 (operator): sent again later, the request may succeed. */
const AWAY = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOENT|EHOSTUNREACH|08...|53...|57...)$/;

interface Parts {
  readonly status?: number;
  readonly type?: string;
  readonly code?: string;
}

const unavailable = () =>
  new Problem(503, 'log-unavailable', 'The database cannot be reached just now. Nothing of this request was half recorded.', {
    remedy: 'Send the same request again, under the same idempotency key.',
    retryAfterSeconds: 5,
  });
const conflict = () =>
  new Problem(409, 'conflict', 'Others were writing the same record at the same moment.', {
    remedy: 'Send the same request again, under the same idempotency key.',
    retryAfterSeconds: 1,
  });

const BY_CLASS: readonly (readonly [abstract new (...args: never[]) => Error, () => Problem])[] = [
  [LogUnavailable, unavailable],
  [RevisionConflict, conflict],
  [Conflict, conflict],
  [
    StreamOfAnotherPerson,
    () =>
      new Problem(409, 'record-of-another-person', 'This record is about another person than the one named.', {
        field: 'person',
      }),
  ],
  [
    InvalidEvent,
    () => new Problem(400, 'cannot-be-stored', 'The database refused a value of this request. Nothing was recorded.'),
  ],
  [
    CursorOfAnotherLog,
    () =>
      new Problem(409, 'cursor-of-another-log', 'This cursor was taken from another log, or before the log was restored.', {
        remedy: 'Read again from the beginning.',
      }),
  ],
];

const BY_STATUS: Readonly<Record<number, readonly [code: string, detail: string, remedy: string]>> = {
  400: ['bad-request', 'The request cannot be understood.', 'See /docs for what may be sent.'],
  404: ['no-such-address', 'Nothing stands at this address.', 'See /docs for the addresses there are.'],
  405: ['method-not-allowed', 'This address does not take this method.', 'See /docs for the addresses there are.'],
  413: ['body-too-large', 'The body is larger than 1 MiB.', 'Send less in one request; a note may be cut into several.'],
  415: ['unsupported-media-type', 'The body is encoded in a way that is not taken.', 'Send JSON as UTF-8, plain or gzipped.'],
};

const ofStatus = (status: number): Problem => {
  const [code, detail, remedy] = BY_STATUS[status] ?? ['refused', 'The request was refused.', 'See /docs for what may be sent.'];
  return new Problem(status, code, detail, { remedy });
};

/** Whether a fault is a database that cannot be reached just now: the same thing may be tried again. */
export const isUnavailable = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && (AWAY.test((thrown as Parts).code ?? '') || /Unavailable$/.test(thrown.constructor.name));

const statusOf = (thrown: Error) => (thrown instanceof HttpException ? thrown.getStatus() : ((thrown as Parts).status ?? 500));

const fault = () =>
  new Problem(500, 'fault', 'Something went wrong here. Nothing of this request was half recorded.', {
    remedy: 'Send the same request again under the same idempotency key; if it stays so, the log of the program tells where.',
  });

/** What was thrown, as HTTP says it. Of an unforeseen fault nothing is told. */
export const faultProblem = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown;
  if (!(thrown instanceof Error)) return fault();
  const known = BY_CLASS.find(([kind]) => thrown instanceof kind);
  if (known) return known[1]();
  const status = statusOf(thrown);
  if (status >= 400 && status < 500) return ofStatus(status);
  return isUnavailable(thrown) ? unavailable() : fault();
};
