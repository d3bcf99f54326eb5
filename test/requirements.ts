import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, test } from '@jest/globals';

interface Requirement {
  readonly name: string;
  readonly install: string;
  /** Programs, any of which will do. */
  readonly programs: readonly string[];
}

const requirements = {
  chromium: {
    name: 'Chromium',
    install: 'apt-get install -y chromium',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
  },
  'docker-compose': { name: 'docker-compose', install: 'apt-get install -y docker-compose', programs: ['docker-compose'] },
  java: { name: 'Java 17', install: 'apt-get install -y openjdk-17-jre-headless', programs: ['java'] },
  maven: { name: 'Maven', install: 'apt-get install -y maven', programs: ['mvn'] },
  psql: { name: 'the PostgreSQL client', install: 'apt-get install -y postgresql-client', programs: ['psql'] },
} satisfies Record<string, Requirement>;

export type Requirements = keyof typeof requirements;

/** Path of the program that a requirement asks for; undefined where the machine lacks it. */
export const programOf = (requirement: Requirements): string | undefined =>
  requirements[requirement].programs
    .map((program) => spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' }).stdout.trim())
    .find((path) => path !== '');

export interface Runner {
  readonly test: (title: string, run: () => void | Promise<void>, timeout?: number) => void;
  readonly describe: (title: string, define: () => void) => void;
}

/**
 * `test` and `describe` for what this machine may lack: where it does, they skip, and say by name what to install.
 * With THROUGHLINE_NO_SKIPS=1 they fail instead.
 */
export const needs = (...wanted: readonly Requirements[]): Runner => {
  const missing = wanted
    .filter((requirement) => programOf(requirement) === undefined)
    .map((requirement) => requirements[requirement]);
  if (missing.length === 0) return { test, describe };
  const reason = `needs ${missing.map(({ name, install }) => `${name} (${install})`).join(' and ')}`;
  return process.env['THROUGHLINE_NO_SKIPS'] === '1' ? failing(reason) : skipping(reason);
};

/** The same for example data that is not part of this repository; its absence is never a failure. */
export const needsData = (path: string): Runner =>
  existsSync(path) ? { test, describe } : skipping(`needs the data in ${path}`);

const skipping = (reason: string): Runner => {
  const say = (title: string) => void process.stderr.write(`SKIPPED ${title}: ${reason}\n`);
  return {
    test: (title, run) => {
      say(title);
      test.skip(title, run);
    },
    describe: (title, define) => {
      say(title);
      describe.skip(title, define);
    },
  };
};

const failing = (reason: string): Runner => {
  const fail = () => {
    throw new Error(reason);
  };
  return { test: (title) => test(title, fail), describe: (title) => test(title, fail) };
};
