import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alive } from './lock.js';

/** What `engine.json` tells of a running engine. */
export interface EngineFile {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly pid: number;
  readonly user: 'postgres';
  readonly data: string;
  readonly startedAt: string;
  /** Processes that use it; the last one to leave stops it. */
  readonly users: readonly number[];
}

const pathIn = (dataDir: string) => join(dataDir, 'engine.json');

/** The file, without the users that have died meanwhile. */
export const readEngineFile = (dataDir: string): EngineFile | undefined => {
  try {
    const file = JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as EngineFile;
    return { ...file, users: file.users.filter(alive) };
  } catch {
    return undefined;
  }
};

export const writeEngineFile = (dataDir: string, file: EngineFile): void => {
  const fresh = `${pathIn(dataDir)}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, pathIn(dataDir));
};

export const removeEngineFile = (dataDir: string): void => rmSync(pathIn(dataDir), { force: true });
