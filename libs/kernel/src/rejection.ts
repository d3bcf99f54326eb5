/** A refusal that the domain foresaw. Returned, never thrown: it is an answer, not a fault, and nobody retries it. */
export class Rejection<Code extends string = string> {
  constructor(
    /** Kebab-case, says what is wrong with the world: `visit-of-another-person`. Codes that end in `-unknown` mean "no such thing". */
    readonly code: Code,
    /** A sentence for people: what, where, how to mend it. Never holds personal data. */
    readonly detail?: string,
    /** The field of the command that is at fault, if one is. */
    readonly field?: string,
  ) {}
}
export const reject = <Code extends string>(code: Code, detail?: string, field?: string) => new Rejection(code, detail, field);
