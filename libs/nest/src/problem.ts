import type { Rejection } from '#kernel';

/** What is wrong with one field, and how to mend it. */
export interface FieldError {
  /** Plain path: `occurred.start`, `performers[0].role`. */
  readonly field: string;
  readonly message: string;
  readonly remedy?: string;
}

/** RFC 9457 problem details, with the members that Throughline adds. Holds no personal data that the request did not. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy?: string;
  readonly field?: string;
  readonly errors?: readonly FieldError[];
  readonly near?: readonly string[];
  /** Where in a text: for malformed JSON. */
  readonly at?: { readonly position: number; readonly line: number; readonly column: number };
}

type More = Partial<Pick<ProblemDetails, 'remedy' | 'field' | 'errors' | 'near' | 'at'>> & {
  readonly retryAfterSeconds?: number;
};

/** A refusal at the edge; thrown, because it ends the request wherever it is noticed. */
export class Problem extends Error {
  readonly details: ProblemDetails;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, detail: string, { retryAfterSeconds, ...more }: More = {}) {
    super(detail);
    this.name = 'Problem';
    this.retryAfterSeconds = retryAfterSeconds;
    this.details = { type: `urn:throughline:problem:${code}`, title: titleOf(code), status, code, detail, ...more };
  }
}

const titleOf = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');

/** A refusal that the domain foresaw, as HTTP says it: `…-unknown` is 404, all else 409. */
export const problemOf = ({ code, detail, field }: Rejection): Problem =>
  new Problem(code.endsWith('-unknown') ? 404 : 409, code, detail ?? `${titleOf(code)}.`, field === undefined ? {} : { field });

export const validationProblem = (errors: readonly FieldError[]): Problem => {
  const fields = errors.length === 1 ? `field ${errors[0]!.field}` : `${errors.length} fields`;
  const detail = `Nothing was recorded: ${fields} cannot be taken as sent.`;
  return new Problem(400, 'invalid-command', detail, { remedy: 'Mend the fields listed in "errors" and send it again.', errors });
};
