import { isUnavailable } from '#nest';
import type { Door, Importer, ImportResult, Input, Summary } from './importer.js';
import { fhirImporter } from './fhir/fhir.importer.js';
import { hl7Importer } from './hl7v2/hl7.importer.js';
import { hmisImporter } from './hmis/hmis.importer.js';
import { InputRefused, openInput } from './input.js';
import { Intake } from './intake.js';
import { Progress } from './progress.js';
import { Report } from './report.js';

export interface ImportOptions {
  readonly door: Door;
  /** Where to list, one a line, what was refused or ignored and why; no value of a record stands in it. */
  readonly report?: string;
  /** Where to draw progress; nowhere unless told. */
  readonly progress?: NodeJS.WritableStream;
  /** Print the summary as one last line of JSON instead of sentences. */
  readonly json?: boolean;
  /** Stops the import between two records; what was recorded stays, and the same files may be imported again. */
  readonly signal?: AbortSignal;
  /** Where the summary goes: standard output unless told; null for nowhere. */
  readonly out?: NodeJS.WritableStream | null;
  /** The zone of sources that send no offset. */
  readonly zone?: string;
  /** The instant of receipt; now unless told. */
  readonly receivedAt?: string;
  /** What a source is called that does not name itself. */
  readonly source?: string;
  readonly enteredBy?: string;
}

export const IMPORTERS: readonly Importer[] = [hl7Importer, fhirImporter, hmisImporter];
const KINDS = 'HL7 v2 messages, FHIR R4 NDJSON (a file or a folder), or an HMIS CSV export (a folder or a zip)';

const importerOf = async (input: Input): Promise<Importer> => {
  if (input.files.length === 0) throw new InputRefused(`${input.path} holds no files: nothing was imported.`);
  for (const importer of IMPORTERS) if (await importer.recognizes(input)) return importer;
  const heads = await Promise.all(input.files.slice(0, 1).map((file) => input.head(file)));
  const what = heads.some((head) => head.includes(0)) ? 'is a binary file' : heads.every((head) => head.length === 0) ? 'is empty' : 'is of a kind that is not known'; // prettier-ignore
  throw new InputRefused(`${input.path} ${what}: nothing of it was imported. What can be imported is ${KINDS}.`);
};

const importInput = async (path: string, intake: Intake): Promise<void> => {
  try {
    const input = await openInput(path);
    const importer = await importerOf(input);
    await intake.take(importer.records(input, intake), input);
  } catch (error) {
    if (error instanceof InputRefused) return intake.stop(error.message);
    if (!isUnavailable(error)) throw error;
    intake.stop(`${path}: ${error.message}. Run it again later: what was recorded is not recorded twice.`);
  }
};

/**
 * Brings files of any known kind in through the door, good neighbours of bad records included, and says what came of
 * them. May be run again on the same files: nothing new is recorded. A door that is down stops it where it is.
 */
export const importFiles = async (paths: readonly string[], options: ImportOptions): Promise<ImportResult> => {
  const report = new Report(options.report);
  const progress = new Progress(options.progress);
  const intake = new Intake({
    door: options.door,
    report,
    progress,
    settings: {
      zone: zoneOf(options),
      receivedAt: receiptOf(options),
      ...(options.source !== undefined && { source: options.source }),
    },
    enteredBy: options.enteredBy ?? 'import',
    ...(options.signal && { signal: options.signal }),
  });
  try {
    for (const path of paths) await importInput(path, intake);
  } finally {
    progress.end();
    await report.close();
  }
  const result = intake.result();
  tell(result, options);
  return result;
};

const zoneOf = ({ zone = 'UTC' }: ImportOptions) => zone;
const receiptOf = ({ receivedAt = new Date().toISOString() }: ImportOptions) => receivedAt;
const tell = (result: ImportResult, options: ImportOptions): void => {
  const { out = process.stdout, json } = options;
  out?.write(json ? `${jsonLine(result)}\n` : sentences(result, options));
};

const jsonLine = ({ read, recorded, repeated, ignored, refused, events }: Summary) =>
  JSON.stringify({ read, recorded, repeated, ignored, refused, events });

const sentences = (r: ImportResult, { report }: ImportOptions): string => {
  const kinds = Object.entries(r.ignoredKinds).map(([kind, count]) => `${count} × ${kind}`);
  const lines = [
    `${r.read} records read: ${r.recorded} recorded, ${r.repeated} known already, ${r.ignored} ignored, ${r.refused} refused; ${r.events} events.`,
    ...(kinds.length > 0 ? [`Ignored: ${kinds.join(', ')}.`] : []),
    ...(r.implausible > 0
      ? [`${r.implausible} records hold dates that lie ahead or do not exist: recorded as sent, and marked.`]
      : []),
    ...r.stopped.map((stop) => `Not read to the end: ${stop}`),
    ...(report && r.ignored + r.refused + r.stopped.length > 0
      ? [`Each ignored or refused record, with line and reason: ${report}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
};
