import type { Desk, ImportCommand, Importer, Input, SourceRecord } from '../importer.js';
import { client } from './hmis.client.js';
import { columnNamed, FILES, REQUIRED, type HmisFile } from './hmis.columns.js';
import { csvLines, CsvStopped, type Line } from './hmis.csv.js';
import { enrollment, exit, livingSituation, referral, service } from './hmis.enrolments.js';
import { HmisExport, Ignored, Refused } from './hmis.export.js';
import { organization, project } from './hmis.organizations.js';
import { BadValue, Row } from './hmis.row.js';

type Translated = readonly ImportCommand[] | Ignored | Refused;
type Translate = (row: Row, from: HmisExport) => Translated | Promise<Translated>;

/** In the order in which they are read: whatever a row refers to comes before it. */
const TRANSLATORS: readonly (readonly [HmisFile, Translate])[] = [
  ['Organization', organization],
  ['Project', project],
  ['Client', client],
  ['Enrollment', enrollment],
  ['Exit', exit],
  ['Services', service],
  ['CurrentLivingSituation', livingSituation],
  ['Event', referral],
];
const UNHASHED = '1';

/** A file of the export as rows; its header is checked before the first. */
class HmisTable {
  readonly unknown: string[] = [];
  missing: string | undefined;
  private columns: readonly string[] = [];

  constructor(
    readonly name: string,
    private readonly file: HmisFile,
    private readonly lines: AsyncIterable<Line>,
    private readonly zone: string,
  ) {}

  /** Rows as wide as the header; another width is a refusal. Throws `CsvStopped`. */
  async *rows(): AsyncGenerator<Row | { readonly line: number; readonly width: number }> {
    let header = true;
    for await (const { line, values } of this.lines) {
      if (header) {
        header = false;
        if (!this.read(values)) return;
      } else if (values.length !== this.columns.length) yield { line, width: values.length };
      else yield new Row(line, new Map(this.columns.map((column, at) => [column, values[at]!])), this.zone);
    }
    if (header) this.missing = REQUIRED[this.file].join(', ');
  }

  get width(): number {
    return this.columns.length;
  }

  private read(values: readonly string[]): boolean {
    this.columns = values.map((value) => columnNamed(this.file, value));
    const lacking = REQUIRED[this.file].filter((column) => !this.columns.includes(column));
    if (lacking.length > 0) this.missing = lacking.join(', ');
    this.unknown.push(...this.columns.filter((column) => !FILES[this.file].includes(column as never)));
    return lacking.length === 0;
  }
}

const fileNamed = (input: Input, file: HmisFile) =>
  input.files.find((name) => name.toLowerCase() === `${file.toLowerCase()}.csv`);

const table = (input: Input, file: HmisFile, zone: string): HmisTable | undefined => {
  const name = fileNamed(input, file);
  return name === undefined ? undefined : new HmisTable(name, file, csvLines(input.open(name)), zone);
};

const isRow = (row: Row | { readonly line: number; readonly width: number }): row is Row => row instanceof Row;

const implausible = (commands: readonly ImportCommand[], receivedAt: string): number =>
  commands.filter(({ body }) => {
    const start = (body as { occurred?: { start: string } }).occurred?.start;
    if (start === undefined) return false;
    const real = new Date(`${start}T00:00:00Z`).toJSON()?.slice(0, 10) === start;
    return !real || start > receivedAt.slice(0, 10);
  }).length;

const asRecord = (translated: Translated, row: Row, name: string, from: HmisExport): SourceRecord => {
  const at = { file: name, line: row.line, kind: name };
  if (translated instanceof Ignored) return { ...at, ignored: translated.reason };
  if (translated instanceof Refused) return { ...at, refused: translated.reason, remedy: translated.remedy };
  const lane = row.text('PersonalID') ?? row.text('OrganizationID');
  const wrong = implausible(translated, from.receivedAt);
  return {
    ...at,
    commands: translated,
    scope: from.authority,
    ...(lane !== undefined && { lane }),
    ...(wrong > 0 && { implausible: wrong }),
  };
};

/** What the desk would not register (an organisation, a project) keeps out the rows that need it, and no others. */
const isRefusal = (error: unknown): error is { readonly reason: string; readonly remedy: string } =>
  error instanceof Error && 'reason' in error && 'remedy' in error;

const translated = async (row: Row, translate: Translate, from: HmisExport): Promise<Translated> => {
  try {
    return await translate(row, from);
  } catch (error) {
    if (error instanceof BadValue) return new Refused(error.message, error.remedy);
    if (isRefusal(error)) return new Refused(error.reason, error.remedy);
    throw error;
  }
};

const headerRecords = function* (held: HmisTable): Generator<SourceRecord> {
  const at = { file: held.name, line: 1, kind: held.name };
  if (held.missing !== undefined) {
    const remedy = 'Export the file again in HUD’s CSV format, FY2024 or FY2026.';
    yield { ...at, refused: `lacks the columns ${held.missing}: no row of it was read`, remedy };
  }
  for (const column of held.unknown) {
    yield { ...at, kind: 'unknown column', ignored: `${safeName(column)} is no column of HUD’s: it was not read` };
  }
};
/** A header is shown only where it looks like one. */
const safeName = (column: string) => (/^\w{1,60}$/.test(column) ? column : 'a column');

/** Rows that are being translated while those before them are sent: each may have to ask for ids. */
const AHEAD = 32;

async function* records(held: HmisTable, translate: Translate, from: HmisExport): AsyncGenerator<SourceRecord> {
  const at = { file: held.name, kind: held.name };
  const translatedRow = async (row: Row) => asRecord(await translated(row, translate, from), row, held.name, from);
  const ahead: Promise<SourceRecord>[] = [];
  let stopped: SourceRecord | undefined;
  try {
    for await (const row of held.rows()) {
      const record = isRow(row) ? translatedRow(row) : Promise.resolve(tooWide(row, held));
      // A fault is thrown where the row's turn comes, not before.
      record.catch(() => undefined);
      ahead.push(record);
      if (ahead.length > AHEAD) yield await ahead.shift()!;
    }
  } catch (error) {
    if (!(error instanceof CsvStopped)) throw error;
    stopped = { ...at, line: error.line, stopped: error.message, remedy: error.remedy };
  }
  for (const record of ahead) yield await record;
  if (stopped) yield stopped;
  yield* headerRecords(held);
}

const tooWide = ({ line, width }: { readonly line: number; readonly width: number }, held: HmisTable): SourceRecord => ({
  file: held.name,
  kind: held.name,
  line,
  refused: `has ${width} values where the header has ${held.width} columns`,
  remedy: 'Quote values that hold a comma or a line break.',
});

/** What Export.csv says of the whole; undefined where it says nothing that can be used. */
const exportOf = async (input: Input, desk: Desk): Promise<HmisExport | undefined> => {
  for await (const row of glance(table(input, 'Export', desk.settings.zone))) {
    const sourceId = row.text('SourceID');
    if (sourceId) return new HmisExport(sourceId, row.text('HashStatus') !== UNHASHED, desk);
  }
  return undefined;
};

/** The rows that can be read of a file, for a look before it is taken in. */
async function* glance(held: HmisTable | undefined): AsyncGenerator<Row> {
  try {
    for await (const row of held?.rows() ?? []) if (isRow(row)) yield row;
  } catch (error) {
    if (!(error instanceof CsvStopped)) throw error;
  }
}

/** Who is enrolled nowhere but with victim service providers: their rows in Client.csv come before their enrolments. */
const protect = async (input: Input, from: HmisExport): Promise<void> => {
  const elsewhere = new Set<string>();
  for await (const row of glance(table(input, 'Enrollment', from.zone))) {
    const theirs = from.victimServices.projects.has(row.text('ProjectID') ?? '');
    (theirs ? from.protectedClients : elsewhere).add(row.text('PersonalID') ?? '');
  }
  for (const personal of elsewhere) from.protectedClients.delete(personal);
};

async function* allRecords(input: Input, desk: Desk): AsyncGenerator<SourceRecord> {
  const name = fileNamed(input, 'Export') ?? 'Export.csv';
  const from = await exportOf(input, desk);
  if (!from) {
    const remedy =
      'Every HMIS export holds Export.csv with one row; without its SourceID nobody knows whose identifiers these are.';
    yield { file: name, line: 1, kind: name, stopped: 'holds no readable row with a SourceID', remedy };
    return;
  }
  yield { file: name, line: 2, kind: name, ignored: 'tells of the export itself' };
  for (const [file, translate] of TRANSLATORS) {
    if (file === 'Client' && from.victimServices.projects.size > 0) await protect(input, from);
    const held = table(input, file, from.zone);
    if (held) yield* records(held, translate, from);
  }
  const read = new Set(['Export', ...TRANSLATORS.map(([file]) => file)].map((file) => fileNamed(input, file as HmisFile)));
  for (const other of input.files.filter((file) => /\.csv$/i.test(file) && !read.has(file))) {
    yield { file: other, line: 1, kind: other, ignored: 'a file that is not read' };
  }
}

/** HUD's HMIS CSV, FY2024 and FY2026, as a folder or an archive. */
export const hmisImporter: Importer = {
  format: 'hmis-csv',
  recognizes: async (input) => {
    const name = fileNamed(input, 'Export');
    if (name === undefined) return fileNamed(input, 'Enrollment') !== undefined && fileNamed(input, 'Client') !== undefined;
    return (await input.head(name)).toString('utf8').includes('SourceID');
  },
  records: allRecords,
};
