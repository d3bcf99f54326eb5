import { spawnSync } from 'node:child_process';
import { expect } from '@jest/globals';
import { needs, programOf } from './requirements.js';

const compose = (env: NodeJS.ProcessEnv) =>
  spawnSync(programOf('docker-compose') as string, ['config'], { encoding: 'utf8', env: { PATH: process.env['PATH'], ...env } });

const { test } = needs('docker-compose');

test('docker-compose.yml opens PostgreSQL to this machine alone', () => {
  const { status, stdout, stderr } = compose({ THROUGHLINE_DB_PASSWORD: 'a-password' });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/127\.0\.0\.1:5432:5432/);
});

test('docker-compose.yml does not start without a password', () => {
  const { status, stderr } = compose({});
  expect(status).not.toBe(0);
  expect(stderr).toMatch('THROUGHLINE_DB_PASSWORD');
});
