import type { Desk, Importer, Input, SourceRecord } from '../importer.js';
import { Truncated } from '../input.js';
import { linesOf, type Line } from '../lines.js';
import { SaidInFile, translate, type RawMessage, type Sender } from './hl7-translate.js';

/** MSH, or the head of a batch or file, with whatever separator it declares. */
const STARTS = /^(MSH|FHS|BHS)[^A-Za-z0-9\s]/;
const isHl7 = (head: Buffer) => STARTS.test(head.toString('utf8').replace(/^\uFEFF/, '').replace(/^[\s\u000b\u001c]+/, '')); // prettier-ignore

type Read =
  | { readonly message: RawMessage; readonly cut: boolean }
  | { readonly stray: number }
  | { readonly stopped: string; readonly line: number };

const SEGMENT = /^[A-Z][A-Z0-9]{2}[^A-Za-z0-9]/;
const USED = /^(MSH|EVN|PID|PV1|PV2|MRG)/;

const FRAMING = /^[\uFEFF\u000b\u001c]+|\u001c+$/g;
const ENVELOPE = /^(FHS|BHS|BTS|FTS)([^A-Za-z0-9]|$)/;
const CLOSED_BY: Readonly<Record<string, string>> = { FHS: 'FTS', BHS: 'BTS' };

/** Gathers lines into messages; envelopes are stepped over, and blank lines and MLLP framing too. */
class Gathering {
  private segments: string[] = [];
  private start = 0;
  private seen = 0;
  private stray = 0;
  private envelope: string | undefined;
  private last: Line | undefined;

  constructor(private readonly file: string) {}

  get line(): number {
    return this.last?.number ?? 1;
  }
  *take(line: Line): Iterable<Read> {
    this.last = line;
    const text = line.text.replaceAll(FRAMING, '');
    if (text.trim() === '') return;
    const envelope = ENVELOPE.exec(text)?.[1];
    if (envelope !== undefined) {
      yield* this.finish();
      this.step(envelope);
    } else if (STARTS.test(text)) {
      yield* this.finish();
      this.segments = [text];
      this.start = line.number;
      this.seen += 1;
    } else this.add(text, line.number);
  }
  *finish(): Iterable<Read> {
    const { file, start, segments, stray } = this;
    // A lone message may well lack its last line end; the last of several was cut off.
    const cut = this.last?.terminated === false && USED.test(segments.at(-1) ?? '') && this.seen > 1;
    if (segments.length > 0) yield { message: { file, line: start, segments }, cut };
    if (stray > 0) yield { stray };
    this.segments = [];
    this.stray = 0;
  }
  /** What the end of the input leaves open. */
  *end(): Iterable<Read> {
    yield* this.finish();
    if (this.envelope === undefined) return;
    yield {
      stopped: `the file ends before the ${CLOSED_BY[this.envelope]} that its ${this.envelope} announces`,
      line: this.line,
    };
  }

  private add(text: string, number: number): void {
    if (this.segments.length === 0) this.stray ||= number;
    else if (SEGMENT.test(text)) this.segments.push(text);
    else this.segments.push(`${this.segments.pop()}\n${text}`);
  }
  /** The outermost envelope is the one that has to be closed. */
  private step(name: string): void {
    if (this.envelope === undefined) this.envelope = CLOSED_BY[name] && name;
    else if (CLOSED_BY[this.envelope] === name) this.envelope = undefined;
  }
}

async function* messagesOf(file: string, bytes: AsyncIterable<Buffer>): AsyncIterable<Read> {
  const gathering = new Gathering(file);
  try {
    for await (const line of linesOf(bytes)) yield* gathering.take(line);
  } catch (error) {
    if (!(error instanceof Truncated)) throw error;
    // What was read of a message that the damage cuts in two is not taken.
    yield { stopped: error.message, line: gathering.line };
    return;
  }
  yield* gathering.end();
}

const WHOLE = 'Fetch the file again and import it once more: what was recorded is not recorded twice.';

async function* recordsOf(file: string, input: Input, desk: Desk): AsyncIterable<SourceRecord> {
  const said = new SaidInFile();
  const organizationId = (sender: Sender) => register(desk, sender);
  for await (const read of messagesOf(file, input.open(file))) {
    if ('stopped' in read) yield { file, line: read.line, kind: 'file', stopped: read.stopped, remedy: WHOLE };
    else if ('stray' in read) yield { file, line: read.stray, kind: 'segments', refused: 'segments stand here without an MSH before them', remedy: 'Have the sender begin each message with MSH.' };
    else if (read.cut) yield { file, line: read.message.line, kind: 'file', stopped: 'the file ends within a segment of its last message', remedy: WHOLE };
    else yield await translate(read.message, desk.settings, { said, organizationId });
  } // prettier-ignore
}

/** The sender is one organisation; the places that its messages name stay as they were sent. */
const register = (desk: Desk, { system, scope, name }: Sender) =>
  desk.register(
    {
      command: 'organizations/report-organization',
      body: {
        subject: { record: { authority: system, type: 'MSH-4', value: name } },
        source: { system },
        name,
        localCodes: [{ authority: system, type: 'MSH-4', value: name }],
      },
      key: `organization|${name}`,
      snapshot: true,
    },
    scope,
  );

export const hl7Importer: Importer = {
  format: 'HL7 v2',
  async recognizes(input) {
    for (const file of input.files) if (isHl7(await input.head(file))) return true;
    return false;
  },
  async *records(input, desk) {
    for (const file of input.files) if (isHl7(await input.head(file))) yield* recordsOf(file, input, desk);
  },
};
