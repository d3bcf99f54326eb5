import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const path = 'node_modules/.cache/throughline-tests/engine.json';

const alive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const engineFile = () => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Leaves the tests' engine; the last run to leave stops it. */
export default async () => {
  const engine = engineFile();
  if (!engine?.users.includes(process.pid)) return;
  const users = engine.users.filter((pid) => pid !== process.pid && alive(pid));
  if (users.length > 0) return writeFileSync(path, JSON.stringify({ ...engine, users }));
  rmSync(path, { force: true });
  if (alive(engine.pid)) process.kill(engine.pid, 'SIGINT');
  for (let waited = 0; existsSync(`${engine.data}/postmaster.pid`) && waited < 10_000; waited += 50) await sleep(50);
};
