import { LABELS, type Label } from '#kernel';

/** Who asks. Until there is sign-in, one named role on this machine alone. */
export interface Reader {
  readonly role: string;
}
export const DEVELOPMENT_READER: Reader = { role: 'development' };

export type Purpose = 'care';
/** What kind of reading it is. */
export type What = 'search' | 'timeline' | 'why' | 'stream';

/** One reading of what is said of persons. Names no one and quotes nothing. */
export interface Reading {
  readonly reader: Reader;
  readonly purpose: Purpose;
  readonly what: What;
  readonly personIds: readonly string[];
}

/** What may be shown: everything that carries no label outside `categories`. What may not is shaped as never recorded. */
export interface Shown {
  readonly categories: ReadonlySet<Label>;
  /** Nothing is held back. */
  readonly all: boolean;
  shows(labels: readonly Label[]): boolean;
}

/** The constant line that stands on every view, whether or not something is held back. */
export const NOTICE = 'Some information may not be shared with you.';

const shown = (categories: ReadonlySet<Label>): Shown => ({
  categories,
  all: LABELS.every((label) => categories.has(label)),
  shows: (labels) => labels.every((label) => categories.has(label)),
});

/** Which categories each role may be shown, for which purpose. */
export type Policy = (reading: Reading) => Iterable<Label>;

/** The development role sees everything; any other, nothing. */
export const developmentPolicy: Policy = ({ reader }) => (reader.role === DEVELOPMENT_READER.role ? LABELS : []);

/** Where readings are written down, before the answer leaves. */
export interface Trail {
  record(reading: Reading, position: number): Promise<void>;
}

/** The one gate: every reading of a person passes it, and is on record before it is answered. */
export class Access {
  constructor(
    private readonly trail: Trail,
    private readonly policy: Policy = developmentPolicy,
  ) {}

  /** What a reader may be shown. Not yet on record: a view that is sent has to be. */
  decide(reading: Reading): Shown {
    return shown(new Set(this.policy(reading)));
  }

  /** Writes down who read of whom, for what, as of which position of the log. Resolves once it is written. */
  record(reading: Reading, position: number): Promise<void> {
    return this.trail.record(reading, position);
  }
}
