import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import type { At } from './importer.js';

const HEADER = ['file', 'line', 'kind', 'verdict', 'reason', 'remedy'];
const cell = (text: string | number) => String(text).replaceAll(/\s+/g, ' ');

/** The list of what was not recorded: tab-separated, a line each. Where it stands and why, never what it says. */
export class Report {
  private stream: WriteStream | undefined;

  constructor(private readonly path: string | undefined) {}

  line({ file, line, kind }: At & { readonly kind: string }, verdict: string, reason: string, remedy = ''): void {
    if (this.path === undefined) return;
    this.stream ??= this.begin(this.path);
    this.stream.write(`${[file, line, kind, verdict, reason, remedy].map(cell).join('\t')}\n`);
  }

  /** Written even where there is nothing to list, so that an old list does not stand for this import. */
  async close(): Promise<void> {
    if (this.path === undefined) return;
    this.stream ??= this.begin(this.path);
    this.stream.end();
    await once(this.stream, 'close');
  }

  private begin(path: string): WriteStream {
    const stream = createWriteStream(path, { mode: 0o600 });
    stream.write(`${HEADER.join('\t')}\n`);
    return stream;
  }
}
