import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadSecrets } from './secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (env: NodeJS.ProcessEnv = {}) => loadSecrets({ dataDir: join(folder, '.data'), env });
const file = () => join(folder, '.data', 'secrets.json');
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const env = { THROUGHLINE_MASTER_KEY: key(1), THROUGHLINE_IDENTIFIER_KEY: key(2), THROUGHLINE_SEAL_KEY: key(3) };

test('the first start makes three different keys, readable by their owner alone, and says so without telling them', () => {
  const made = load();
  expect(made.madeNow).toBe(true);
  expect(new Set([made.master, made.identifier, made.seal].map((k) => k.toString('hex'))).size).toBe(3);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(made.notice).toContain(file());
  for (const k of [made.master, made.identifier, made.seal]) expect(made.notice).not.toContain(k.toString('base64'));
});
test('the next start reads the same keys and says nothing', () => {
  const { madeNow: _, notice: __, ...made } = load();
  expect(load()).toEqual({ ...made, madeNow: false });
});
test('keys from the environment go before the file, and none is made', () => {
  expect(load(env)).toEqual({
    master: Buffer.alloc(32, 1),
    identifier: Buffer.alloc(32, 2),
    seal: Buffer.alloc(32, 3),
    madeNow: false,
  });
  expect(() => statSync(file())).toThrow('ENOENT');
});
test('some keys from the environment and others from a file are not mixed', () => {
  expect(() => load({ THROUGHLINE_MASTER_KEY: key(1) })).toThrow(
    'THROUGHLINE_IDENTIFIER_KEY and THROUGHLINE_SEAL_KEY must be set too',
  );
});
test.each([
  ['short', Buffer.alloc(16, 1).toString('base64'), 'THROUGHLINE_SEAL_KEY has 16 bytes, not 32'],
  ['not base64', 'my secret key!', 'THROUGHLINE_SEAL_KEY is not base64'],
])('a key that is %s is named with the remedy, and its value is not told', (_what, value, message) => {
  const attempt = () => load({ ...env, THROUGHLINE_SEAL_KEY: value });
  expect(attempt).toThrow(message);
  expect(attempt).toThrow('openssl rand -base64 32');
  expect(attempt).not.toThrow(value);
});
test('a file that others may read is refused with the remedy', () => {
  load();
  chmodSync(file(), 0o640);
  expect(() => load()).toThrow(`chmod 600 ${file()}`);
});
test('a damaged file is never replaced by new keys', () => {
  load();
  writeFileSync(file(), '{"master": "AAAA');
  expect(() => load()).toThrow('Restore it from its backup');
  writeFileSync(file(), '{}');
  expect(() => load()).toThrow(`"master" in ${file()} is missing`);
  expect(readFileSync(file(), 'utf8')).toBe('{}');
});
