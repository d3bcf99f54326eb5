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

/** Messages of a text, with the line of each: envelopes are stepped over, MLLP framing and blank lines too. */
async function* messagesOf(file: string, bytes: AsyncIterable<Buffer>): AsyncIterable<Read> {
  let segments: string[] = [];
  let start = 0;
  let seen = 0;
  let stray = 0;
  let open: string | undefined;
  let last: Line | undefined;
  const finish = function* (): Iterable<Read> {
    // A lone message may well lack its last line end; the last of several was cut off.
    const cut = last?.terminated === false && USED.test(segments.at(-1) ?? '') && seen > 1;
    if (segments.length > 0) yield { message: { file, line: start, segments }, cut };
    if (stray > 0) yield { stray };
    segments = [];
    stray = 0;
  };
  try {
    for await (const line of linesOf(bytes)) {
      last = line;
      const text = line.text.replace(/^\uFEFF/, '').replace(/^[\u000b\u001c]+|[\u001c]+$/g, '');
      const name = text.slice(0, 3);
      if (text.trim() === '') continue;
      if (/^(FHS|BHS|BTS|FTS)[^A-Za-z0-9]/.test(text) || /^(BTS|FTS)$/.test(text)) {
        yield* finish();
        open = name === 'FHS' || (name === 'BHS' && open !== 'FHS') ? name : (open === 'FHS' && name === 'FTS') || (open === 'BHS' && name === 'BTS') ? undefined : open;
      } else if (STARTS.test(text)) {
        yield* finish();
        [segments, start] = [[text], line.number];
        seen += 1;
      } else if (segments.length === 0) stray ||= line.number;
      else if (SEGMENT.test(text)) segments.push(text);
      else segments.push(`${segments.pop()}\n${text}`);
    } // prettier-ignore
  } catch (error) {
    if (!(error instanceof Truncated)) throw error;
    // What was read of a message that the damage cuts in two is not taken.
    yield { stopped: error.message, line: last?.number ?? 1 };
    return;
  }
  yield* finish();
  if (open)
    yield {
      stopped: `the file ends before the ${open === 'FHS' ? 'FTS' : 'BTS'} that its ${open} announces`,
      line: last?.number ?? 1,
    };
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
