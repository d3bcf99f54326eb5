import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Seal } from './seal.js';

/** Seals outside the database, one a line; a line that a crash left half written is not counted. */
export class SealFile {
  constructor(readonly path: string) {}

  async seals(): Promise<readonly Seal[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text.split('\n').flatMap((line) => parsed(line) ?? []);
  }

  /** Durable when it returns. */
  async append(seals: readonly Seal[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a', 0o600);
    try {
      // Behind a line that a crash left half written, the next begins on its own.
      await file.appendFile(seals.map((seal) => `\n${JSON.stringify(seal)}`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

const parsed = (line: string): Seal | undefined => {
  try {
    return JSON.parse(line) as Seal;
  } catch {
    return undefined;
  }
};
