import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from './engine-error.js';

export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Does the work while this process alone holds the lock file; the lock of a process that died is taken over. */
export const locked = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const ticket = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await take(path, ticket);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
};

const patience = 120_000;
const take = async (path: string, ticket: string) => {
  writeFileSync(ticket, String(process.pid));
  try {
    for (const until = Date.now() + patience; !entered(path, ticket); await sleep(20)) {
      if (Date.now() > until) throw new EngineError(`${path} is held by process ${holder(path)}: wait for it, or end it.`);
    }
  } finally {
    rmSync(ticket, { force: true });
  }
};

/** A link appears with its content or not at all. */
const entered = (path: string, ticket: string) => {
  try {
    linkSync(ticket, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const pid = holder(path);
  if (pid !== undefined && !alive(pid)) removeStale(path, pid, `${ticket}.stale`);
  return false;
};

const holder = (path: string) => {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

const removeStale = (path: string, pid: number, aside: string) => {
  try {
    renameSync(path, aside);
    // Another process may have taken over in between: then what was moved away is its lock, and goes back.
    if (holder(aside) !== pid) linkSync(aside, path);
  } catch {
    return;
  } finally {
    rmSync(aside, { force: true });
  }
};
