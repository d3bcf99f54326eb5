import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { binariesIn, type Binaries } from './binaries.js';
import { EngineError } from './engine-error.js';

/** PostgreSQL refuses to run as root; `namespace` and `other-user` are the two ways around it. */
export type RunAs = 'self' | 'namespace' | 'other-user';

/** Under which account PostgreSQL runs, and the folders that this account can use. */
export interface Account {
  readonly binaries: Binaries;
  /** The cluster's own folder. */
  readonly data: string;
  readonly ids?: { readonly uid: number; readonly gid: number };
  readonly command: (file: string, args: readonly string[]) => readonly [string, string[]];
}

const direct: Account['command'] = (file, args) => [file, [...args]];
const inNamespace: Account['command'] = (file, args) => ['unshare', ['--user', file, ...args]];

export const chooseAccount = (dataDir: string, binaries: Binaries, say: (line: string) => void, runAs = suitable()): Account => {
  const data = join(dataDir, 'postgres');
  if (runAs === 'other-user') return otherUser(data, binaries, say);
  return { binaries, data, command: runAs === 'namespace' ? inNamespace : direct };
};

const suitable = (): RunAs => {
  if (process.getuid?.() !== 0) return 'self';
  return spawnSync('unshare', ['--user', 'true']).status === 0 ? 'namespace' : 'other-user';
};

const otherUser = (data: string, binaries: Binaries, say: (line: string) => void): Account => {
  const { name, ...ids } = unprivileged();
  const reads = (folder: string) => spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...ids, cwd: '/' }).status === 0;
  const own = (folder: string) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chownSync(folder, ids.uid, ids.gid);
    return folder;
  };
  /** Where root keeps its folders to itself: a place that every account can reach. */
  const elsewhere = (part: string) => {
    const common = '/var/lib/throughline';
    const place = join(common, createHash('sha256').update(resolve(data)).digest('hex').slice(0, 12));
    mkdirSync(place, { recursive: true });
    for (const folder of [common, place]) chmodSync(folder, 0o755);
    return join(place, part);
  };
  const root = reads(binaries.root) ? binaries.root : copied(binaries.root, elsewhere('binaries'));
  const place = reads(own(data)) ? data : own(elsewhere('postgres'));
  const where = root === binaries.root ? place : `${place} and its binaries in ${root}`;
  say(`PostgreSQL does not run as root: it runs as ${name}, with its data in ${where}.`);
  return { binaries: binariesIn(root), data: place, ids, command: direct };
};

const copied = (from: string, to: string) => {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  return to;
};

const unprivileged = () => {
  const accounts = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new EngineError(
    'PostgreSQL does not run as root, and this machine has neither user namespaces nor a user `postgres` or `nobody`: start as another user, or set DATABASE_URL.',
  );
};
