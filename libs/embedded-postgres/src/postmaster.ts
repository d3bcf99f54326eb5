import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { alive } from './lock.js';

/** PostgreSQL's own word on who serves a cluster (`postmaster.pid`). */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

/** The server of this cluster, if it lives; a file left behind by a killed one does not count, even where its pid has been given to another program. */
export const postmasterOf = (data: string): Postmaster | undefined => {
  const [pid, , , port, , , , status] = lines(join(data, 'postmaster.pid'));
  if (!pid || !serves(Number(pid), data)) return undefined;
  return { pid: Number(pid), port: Number(port ?? 0), status: (status ?? 'starting').trim() };
};

const lines = (path: string) => {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
};

const serves = (pid: number, data: string) => alive(pid) && commandOf(pid).includes(data);

const commandOf = (pid: number) => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
};

/** Fast shutdown: open transactions are rolled back, everything acknowledged is kept. At once, if that takes too long; recovery at the next start. */
export const stopPostmaster = async (data: string, patience = 30_000): Promise<void> => {
  await signalUntilGone(data, 'SIGINT', patience);
  await signalUntilGone(data, 'SIGQUIT', 5_000);
  await signalUntilGone(data, 'SIGKILL', 5_000);
};

const signalUntilGone = async (data: string, signal: NodeJS.Signals, patience: number) => {
  const server = postmasterOf(data);
  if (!server) return;
  process.kill(server.pid, signal);
  for (const until = Date.now() + patience; serves(server.pid, data) && Date.now() < until;) await sleep(20);
};
