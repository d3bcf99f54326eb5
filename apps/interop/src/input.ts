import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openPromise, type Entry } from 'yauzl';
import type { Input } from './importer.js';

/** The input cannot be read at all; the message says what, where and how to mend it. */
export class InputRefused extends Error {}

/** The text or archive ends before it should: what came before is good. */
export class Truncated extends Error {}

type Opener = () => Promise<{ readonly bytes: AsyncIterable<Buffer>; readonly size: number }>;
const HEAD = 65_536;

class Files implements Input {
  readonly progress: { done: number; total: number };

  constructor(
    readonly path: string,
    private readonly openers: ReadonlyMap<string, Opener>,
    total: number,
  ) {
    this.progress = { done: 0, total };
  }
  get files(): readonly string[] {
    return [...this.openers.keys()];
  }
  async head(file: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    let length = 0;
    try {
      for await (const part of this.inflated(file, () => undefined)) {
        parts.push(part);
        if ((length += part.length) >= HEAD) break;
      }
    } catch (error) {
      if (!(error instanceof Truncated)) throw error;
    }
    return Buffer.concat(parts);
  }
  open(file: string): AsyncIterable<Buffer> {
    return this.inflated(file, (bytes) => (this.progress.done += bytes));
  }

  private async *inflated(file: string, count: (bytes: number) => unknown): AsyncIterable<Buffer> {
    const opener = this.openers.get(file);
    if (!opener) throw new InputRefused(`${this.path} holds no ${file}.`);
    const { bytes } = await opener();
    const source = bytes[Symbol.asyncIterator]();
    const first = await source.next();
    if (first.done) return;
    const whole = (async function* () {
      for (let part = first as IteratorResult<Buffer>; !part.done; part = await source.next()) {
        count(part.value.length);
        yield part.value;
      }
    })();
    if (!isGzip(first.value)) yield* whole;
    else yield* gunzipped(whole);
  }
}

const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function* gunzipped(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  const source = Readable.from(bytes);
  source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    for await (const part of gunzip) yield part as Buffer;
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code?.startsWith('Z_')) throw error;
    throw new Truncated(code === 'Z_BUF_ERROR' ? 'the gzip file ends too early' : 'the gzip file is damaged from here on');
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const fileOpener =
  (path: string): Opener =>
  async () => ({ bytes: createReadStream(path) as AsyncIterable<Buffer>, size: (await stat(path)).size });

const folder = async (path: string): Promise<Input> => {
  const entries = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  const sizes = await Promise.all(entries.map(async (name) => (await stat(join(path, name))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return new Files(path, new Map(entries.sort().map((name) => [name, fileOpener(join(path, name))])), total);
};

const archive = async (path: string): Promise<Input> => {
  const openers = new Map<string, Opener>();
  let total = 0;
  const zip = await openPromise(path, { autoClose: false });
  for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
    const name = entry.fileName;
    if (name.endsWith('/') || basename(name).startsWith('.')) continue;
    total += entry.uncompressedSize;
    openers.set(basename(name), async () => ({
      bytes: (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>,
      size: entry.uncompressedSize,
    }));
  }
  return new Files(path, openers, total);
};

const isZip = async (path: string) => {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.readUInt32BE() === 0x504b0304;
  } finally {
    await handle.close();
  }
};

/** A file (gzip or not), a folder of files, or a zip archive of them. Throws `InputRefused` where nothing can be read there. */
export const openInput = async (path: string): Promise<Input> => {
  const found = await stat(path).catch((error: { code?: string }) => {
    const why = error.code === 'ENOENT' ? 'does not exist. Check the path' : 'cannot be read. Check its permissions';
    throw new InputRefused(`${path} ${why}.`);
  });
  if (found.isDirectory()) return folder(path);
  if (!found.isFile()) throw new InputRefused(`${path} is neither a file nor a folder.`);
  if (found.size === 0) throw new InputRefused(`${path} is empty: nothing was imported. Check that it was written to its end.`);
  if (found.size >= 4 && (await isZip(path))) {
    return archive(path).catch(() => {
      throw new InputRefused(`${path} is a zip archive that is damaged or cut off. Make or fetch it again.`);
    });
  }
  return new Files(path, new Map([[basename(path), fileOpener(path)]]), found.size);
};
