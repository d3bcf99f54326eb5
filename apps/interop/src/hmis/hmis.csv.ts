import { CsvError, parse } from 'csv-parse';

/** One line of values, in the file's own order, with the line on which it begins. */
export interface Line {
  readonly line: number;
  readonly values: readonly string[];
}
/** The file ends, or cannot be read on, at a line: what came before it is good. */
export class CsvStopped extends Error {
  constructor(
    readonly line: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

interface Parsed {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}
const LF = 0x0a;
const CR = 0x0d;
const CUT_SHORT = 'Ask for the file again: it was cut short, or not written to its end.';

const stopped = (error: unknown, line: number): Error => {
  if (!(error instanceof CsvError)) return error as Error;
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return new CsvStopped(line, 'cannot be read as CSV from here on', CUT_SHORT);
  return new CsvStopped(line, 'a quotation mark that opens in this row is never closed', CUT_SHORT);
};

/** Records as the parser finds them. Fed by hand: read as a stream, an error would take back the good rows still in its buffer. */
async function* parsed(bytes: AsyncIterable<Buffer>): AsyncGenerator<Parsed> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  let failure: Error | undefined;
  const over = new Promise<void>((resolve) => {
    parser.once('end', resolve);
    parser.once('error', (error: Error) => resolve(void (failure = error)));
  });
  const found = function* () {
    for (let next = parser.read() as Parsed | null; next !== null; next = parser.read() as Parsed | null) yield next;
  };
  for await (const chunk of bytes) {
    const taken = new Promise((resolve) => parser.write(chunk, resolve));
    yield* found();
    await Promise.race([taken, over]);
    if (failure) throw failure;
    yield* found();
  }
  const rest: Parsed[] = [];
  parser.on('data', (record: Parsed) => rest.push(record));
  parser.end();
  await over;
  yield* rest;
  if (failure) throw failure;
}

/** Every line but the last at once; the last when the file is known to be whole. */
async function* inLines(records: AsyncIterable<Parsed>, isWhole: (last: Line, width: number) => boolean): AsyncGenerator<Line> {
  let before = 0;
  let width = 0;
  let held: Line | undefined;
  try {
    for await (const { info, record } of records) {
      if (held) yield held;
      else width = record.length;
      held = { line: before + 1, values: record };
      before = info.lines;
    }
  } catch (error) {
    if (held) yield held;
    throw stopped(error, before + 1);
  }
  if (!held) return;
  if (!isWhole(held, width)) throw new CsvStopped(held.line, 'the file ends in the middle of this row', CUT_SHORT);
  yield held;
}

/** The lines of a CSV file, with or without quotes, BOM and CR. Throws `CsvStopped` where it ends in the middle of a row. */
export async function* csvLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let last: number | undefined;
  const watched = async function* () {
    for await (const chunk of bytes) {
      last = chunk.at(-1) ?? last;
      yield chunk;
    }
  };
  yield* inLines(parsed(watched()), ({ values }, width) => last === LF || last === CR || values.length === width);
}
