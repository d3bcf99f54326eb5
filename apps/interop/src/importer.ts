import type { Answer, ExternalIdentifier } from '#contracts';
import type { Rejection } from '#kernel';

/** One command as a file's record leads to it: a plain body, as it would be posted to `/commands/<command>`. */
export interface ImportCommand {
  /** Context and name, as in its path: `hospital/report-admission`. */
  readonly command: string;
  /** A function where it names what the record's earlier commands led to. */
  readonly body: object | ((answers: readonly Answer[]) => object);
  /** Idempotency key within the source's scope; of a snapshot: record | assertedAt. */
  readonly key: string;
  /** A snapshot is repeated by an empty difference, and its body may differ on a repeat. */
  readonly snapshot?: boolean;
}

/** Where in the input something stands. `file` is a base name; `line` counts from 1. */
export interface At {
  readonly file: string;
  readonly line: number;
}

/** A record of the input with what it leads to. Reasons and remedies hold no value of the record: they go to the report file. */
export type SourceRecord = At & {
  /** What the source calls it: `ADT^A01`, `Encounter`, `Enrollment.csv`. Ignored ones are counted under it. */
  readonly kind: string;
} & (
    | {
        readonly commands: readonly ImportCommand[];
        /** Who the key belongs to: MSH-3|MSH-4, the bundle, the export's source. */
        readonly scope: string;
        /** Records of one lane are sent one after the other; others may overtake. */
        readonly lane?: string;
        /** It is about what was said of another person too: sent once all before it is recorded. */
        readonly afterAll?: boolean;
        /** Dates after receipt, or impossible, recorded as sent. */
        readonly implausible?: number;
      }
    | { readonly ignored: string }
    | { readonly refused: string; readonly remedy: string }
    /** The input ends, or stops being readable, before it should: what came before is kept, and the import fails. */
    | { readonly stopped: string; readonly remedy: string }
  );

/** What an importer may read: one file (gunzipped where its content is gzip), or a folder or archive of named files. */
export interface Input {
  /** As given on the command line; for messages to the person who runs it. */
  readonly path: string;
  /** Base names of what it holds; of a single file, its own. */
  readonly files: readonly string[];
  /** The first bytes of a file, inflated. */
  head(file: string): Promise<Buffer>;
  /** A file's bytes, inflated. */
  open(file: string): AsyncIterable<Buffer>;
  /** Compressed bytes taken in so far, and all that there are: for progress. */
  readonly progress: { readonly done: number; readonly total: number };
}

export interface ImportSettings {
  /** IANA zone of sources that send no offset. */
  readonly zone: string;
  /** The instant of receipt: what lies after it is implausible. */
  readonly receivedAt: string;
  /** What a source is called that does not name itself (a FHIR export); its folder's name unless told. */
  readonly source?: string;
}

/** Sends what has to be known before a record can be translated: organisations, programmes, facilities. */
export interface Desk {
  readonly settings: ImportSettings;
  /** The id of an organisation (programme, facility) of the source, registered on first use; each command is sent once. */
  register(command: ImportCommand, scope: string): Promise<string>;
  /** The id that stands for a record of the source, whether anything was recorded of it or not: a household, another stream. */
  idFor?(record: ExternalIdentifier): Promise<string>;
}

/** One format. */
export interface Importer {
  readonly format: string;
  /** By content, never by name alone. */
  recognizes(input: Input): Promise<boolean>;
  records(input: Input, desk: Desk): AsyncIterable<SourceRecord>;
}

/** The command door, as the edge uses it. Throws a `Problem` (with `details`) for what cannot be taken as sent, and faults. */
export interface Door {
  accept(
    command: string,
    body: object,
    sent: {
      readonly scope: string;
      readonly idempotencyKey: string;
      readonly snapshot: boolean;
      readonly enteredBy: string;
    },
  ): Promise<Answer | Rejection>;
  /** The id that stands for a source's record, reserved on first use. */
  idFor?(record: ExternalIdentifier): Promise<string>;
}

/** What an import came to; `read` is the sum of the four after it. */
export interface Summary {
  readonly read: number;
  readonly recorded: number;
  readonly repeated: number;
  readonly ignored: number;
  readonly refused: number;
  readonly events: number;
}

export interface ImportResult extends Summary {
  /** Records that hold a date after receipt, or one that does not exist; recorded as sent. */
  readonly implausible: number;
  /** Ignored records by what their source calls them. */
  readonly ignoredKinds: Readonly<Record<string, number>>;
  /** Inputs that could not be read, or not to their end. */
  readonly stopped: readonly string[];
  /** 0: all was read and nothing refused · 3: read to the end, with refusals · 1: an input could not be read to its end. */
  readonly exitCode: 0 | 1 | 3;
}
