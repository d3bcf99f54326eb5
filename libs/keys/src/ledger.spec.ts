import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ledgerFile } from './ledger.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = () => join(folder, 'erasures.jsonl');
const erasure = (keyId: string) => ({ keyId, eventId: 'e', personId: 'p', at: '2026-11-01T10:00:00.000Z' });

test('what was entered is read again, by another process too', () => {
  ledgerFile(path()).add([erasure('1'), erasure('2')]);
  ledgerFile(path()).add([erasure('3')]);
  expect(ledgerFile(path()).read()).toEqual([erasure('1'), erasure('2'), erasure('3')]);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});
test('no file is an empty ledger', () => expect(ledgerFile(path()).read()).toEqual([]));
test('a line that a crash cut short is passed over, and the next entry stands by itself', () => {
  ledgerFile(path()).add([erasure('1')]);
  appendFileSync(path(), '{"keyId":"2","eve');
  expect(ledgerFile(path()).read()).toEqual([erasure('1')]);
  ledgerFile(path()).add([erasure('3')]);
  expect(ledgerFile(path()).read()).toEqual([erasure('1'), erasure('3')]);
});
test('a damaged entry stops the reading: an erased key might come back', () => {
  writeFileSync(path(), `{"keyId":}\n`);
  expect(() => ledgerFile(path()).read()).toThrow('line 1');
});
