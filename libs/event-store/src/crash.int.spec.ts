import { postgresLog, request } from '#event-store/testing';
import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { everything } from '../testing/subject.js';

const testing = resolve('libs/event-store/testing');

/** Acknowledged ids of a writer that was killed in the middle of its work. */
const killedWriter = async (url: string, after: number): Promise<readonly string[]> => {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', `${testing}/typescript.mjs`, `${testing}/writer.child.ts`, url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.length > after * 37) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said.split('\n').slice(0, -1);
};

test('of writers killed in the middle, everything acknowledged is there once, without a gap, and the log goes on', async () => {
  const { url, store, close } = await postgresLog();
  const acknowledged = (await Promise.all([300, 500].map((after) => killedWriter(url, after)))).flat();
  expect(acknowledged.length).toBeGreaterThan(800);
  await store.append(request());
  const events = await everything(store);
  expect(events.map(({ position }) => position)).toEqual(events.map((_, i) => i + 1));
  const ids = new Set(events.map(({ id }) => id));
  expect(ids.size).toBe(events.length);
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  await close();
}, 60_000);
