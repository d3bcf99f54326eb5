import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** One destroyed key: which, by which erasure, of whom, when. */
export interface Erasure {
  readonly keyId: string;
  readonly eventId: string;
  readonly personId: string;
  /** UTC instant. */
  readonly at: string;
}

/**
 * The copy of the erasure ledger outside the database, one JSON object a line: a restored backup of the keys cannot
 * bring back what stands here. Only ever appended to; several processes may do so.
 */
export const ledgerFile = (path: string) => ({
  /** Every complete entry; a last line that a crash cut short was never acknowledged and is passed over. */
  read(): readonly Erasure[] {
    return textOf(path)
      .split('\n')
      .map((line, i) => ({ line: line.trimEnd(), number: i + 1 }))
      .filter(({ line }) => line.endsWith('}'))
      .map(({ line, number }) => entryOf(line, `${path}, line ${number}`));
  },
  /** On disk once it returns. */
  add(entries: readonly Erasure[]): void {
    if (entries.length === 0) return;
    const file = openSync(path, 'a+', 0o600);
    try {
      const fresh = fstatSync(file).size === 0;
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      writeSync(file, endsInMidLine(file) ? `\n${lines}` : lines);
      fsyncSync(file);
      if (fresh) syncFolder(dirname(path));
    } finally {
      closeSync(file);
    }
  },
});

const textOf = (path: string) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
};
const entryOf = (line: string, where: string): Erasure => {
  try {
    const entry = JSON.parse(line) as Partial<Erasure>;
    if (entry.keyId && entry.eventId && entry.personId && entry.at) return entry as Erasure;
  } catch {
    // Said below, with the remedy.
  }
  throw new Error(
    `The erasure ledger cannot be read (${where}). Mend or restore that file: without it, erased keys could come back`,
  );
};
const endsInMidLine = (file: number) => {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
};
const syncFolder = (folder: string) => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
};
