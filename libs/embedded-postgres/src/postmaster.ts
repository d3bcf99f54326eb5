import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { alive } from './lock.js';

/** PostgreSQL's own word on who serves a cluster (`postmaster.pid`). */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

const fileIn = (data: string) => join(data, 'postmaster.pid');

/** The server of this cluster, if it lives; a file left behind by a killed one does not count. */
export const postmasterOf = (data: string): Postmaster | undefined => {
  const [pid, , , port, , , , status] = linesOf(fileIn(data));
  if (!pid || !serves(Number(pid), data)) return undefined;
  return { pid: Number(pid), port: Number(port ?? 0), status: (status ?? 'starting').trim() };
};

/** Removes a file whose pid another program was given meanwhile: PostgreSQL would take that for a server. What else is stale it sees by itself. */
export const forgetStranger = (data: string): void => {
  const [pid] = linesOf(fileIn(data));
  if (pid && alive(Number(pid)) && !serves(Number(pid), data)) rmSync(fileIn(data), { force: true });
};

const linesOf = (path: string) => {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
};

/** A server stands in its data folder, whatever that was called when it started. */
const serves = (pid: number, data: string) => {
  if (!alive(pid)) return false;
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data);
  } catch {
    return false;
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
