export interface Line {
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
  /** False where the input ends without ending the line. */
  readonly terminated: boolean;
}

/** Lines of a text in UTF-8, however they are terminated: CR, LF or CRLF, each of which may cut a chunk in two. */
export async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncIterable<Line> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let number = 0;
  for await (const part of bytes) {
    const text = rest + decoder.decode(part, { stream: true });
    // A CR at the very end may be the first half of a CRLF.
    const held = text.endsWith('\r') ? 1 : 0;
    const lines = text.slice(0, text.length - held).split(/\r\n|\r|\n/);
    rest = (lines.pop() ?? '') + (held ? '\r' : '');
    for (const line of lines) yield { text: line, number: ++number, terminated: true };
  }
  rest += decoder.decode();
  if (rest.endsWith('\r')) yield { text: rest.slice(0, -1), number: ++number, terminated: true };
  else if (rest !== '') yield { text: rest, number: ++number, terminated: false };
}
