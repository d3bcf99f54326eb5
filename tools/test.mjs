import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { captured, prepare } from './prepare.mjs';
import { spawn } from 'node:child_process';

const node = process.execPath;
const tool = (path) => [node, `node_modules/${path}`];

const checks = {
  format: [...tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  lint: [...tool('oxlint/bin/oxlint'), '--deny-warnings', '--format=unix'],
  'page types': existsSync('apps/web/tsconfig.json') && [...tool('typescript/bin/tsc'), '--noEmit', '-p', 'apps/web'],
  'unused code': [...tool('knip/bin/knip.js'), '--no-progress'],
};

const large = '/test/(journeys|browser|faults)/';
const tiers = {
  small: ['--maxWorkers=2', '--testPathIgnorePatterns', '\\.int\\.spec\\.ts$', large],
  int: ['--maxWorkers=2', '--testPathPatterns', '\\.int\\.spec\\.ts$', '--testPathIgnorePatterns', large],
  journeys: ['--testPathPatterns', '/test/(journeys|faults)/', '--runInBand'],
  browser: ['--testPathPatterns', '/test/browser/', '--runInBand'],
};

const sum = { passed: 0, failed: 0, skipped: 0 };
const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
const say = (line) => process.stdout.write(`${line}\n`);

/** The checks that need no test runner. Types are checked by the build that goes before. */
const check = async () => {
  const start = performance.now();
  const wanted = Object.entries(checks).filter(([, command]) => command);
  const results = await Promise.all(
    wanted.map(async ([name, [command, ...args]]) => ({ name, ...(await captured(command, args)) })),
  );
  for (const { name, code, output } of results) {
    if (code === 0) continue;
    sum.failed += 1;
    say(`${output.trim()}\nFAIL ${name}`);
  }
  say(`— check (${results.map(({ name }) => name).join(', ')}): ${seconds(start)}\n`);
};

const jest = async (tier) => {
  const start = performance.now();
  const report = `node_modules/.cache/throughline-${tier}.json`;
  mkdirSync('node_modules/.cache', { recursive: true });
  rmSync(report, { force: true });
  const args = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...tiers[tier]];
  const child = spawn(node, [...args, '--passWithNoTests', '--json', '--outputFile', report], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  add(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}, code);
  say(`— ${tier} tests: ${seconds(start)}\n`);
};

/** A file that could not even run, or a runner that broke, counts as one failure. */
const add = (
  { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0, numPendingTests = 0, numTodoTests = 0 },
  code,
) => {
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  sum.passed += numPassedTests;
  sum.failed += failed || (code === 0 ? 0 : 1);
  sum.skipped += numPendingTests + numTodoTests;
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => name !== 'check' && !(name in tiers));
if (unknown.length > 0) {
  say(`There are no tests called ${unknown.join(', ')}; there are: check, ${Object.keys(tiers).join(', ')}.`);
  process.exit(1);
}
/** Small and integration tests read the sources and can still tell what is wrong. */
const onBuildFailure = (message) => {
  sum.failed += 1;
  say(`${message}\nFAIL build\n`);
};
await prepare({ onBuildFailure, pages: asked.length === 0 || asked.some((name) => name === 'journeys' || name === 'browser') });
for (const name of asked.length > 0 ? asked : ['check', ...Object.keys(tiers)]) await (name === 'check' ? check() : jest(name));
say(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 ? 1 : 0;
