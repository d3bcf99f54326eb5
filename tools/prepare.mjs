import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a fresh clone lacks: packages and the built programs, each only where missing or stale. Ends the process where it cannot; a caller that can do without the build says so. */
export const prepare = async ({ pages = false, onBuildFailure = fail } = {}) => {
  requireNode(20, 19);
  process.chdir(root);
  await install();
  await Promise.all([programs(), ...(pages ? [bundledPages()] : [])].map((build) => ensureBuilt(build, onBuildFailure)));
};

/** Becomes the program: same process, so that signals and the exit status are its own. */
export const runProgram = async (program, args) => {
  const path = join(root, 'dist', program);
  if (!existsSync(path)) fail(`There is no ${program.replace(/js$/, 'ts')} in this version.`);
  process.argv.splice(1, Infinity, path, ...args);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(path).href);
};

const requireNode = (major, minor) => {
  const [ours, theirs] = process.versions.node.split('.').map(Number);
  if (ours > major || (ours === major && theirs >= minor)) return;
  fail(
    `Throughline needs Node ${major}.${minor} or newer, and this is ${process.versions.node}: see https://nodejs.org/en/download`,
  );
};

const install = async () => {
  const stamp = 'node_modules/.throughline';
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (read(stamp) === lock || npmIsNewer()) return;
  await step('Installing packages', 'npm', ['ci', '--no-progress', '--loglevel=error']);
  writeFileSync(stamp, lock);
};

/** Packages that were put there by hand after the lock file changed. */
const npmIsNewer = () => {
  const [installed, lock] = ['node_modules/.package-lock.json', 'package-lock.json'].map((path) =>
    statSync(path, { throwIfNoEntry: false }),
  );
  return installed !== undefined && installed.mtimeMs > lock.mtimeMs;
};

const programs = () => ({
  what: 'Building the programs',
  stamp: 'dist/.built',
  files: [
    'package-lock.json',
    'tsconfig.json',
    ...filesUnder(['apps', 'libs', 'test', 'tools'], (path) => path.endsWith('.ts') && !path.startsWith('apps/web/')),
  ],
  command: ['node_modules/typescript/bin/tsc', '-p', '.', '--pretty', 'false'],
  // The compiler leaves behind what was built from files that are gone.
  forget: (path) => ['js', 'js.map'].forEach((end) => rmSync(join('dist', path.replace(/ts$/, end)), { force: true })),
});

const bundledPages = () => ({
  what: 'Building the pages',
  stamp: 'dist/.built-pages',
  files: filesUnder(['apps/web', 'libs/contracts/src', 'libs/kernel/src'], (path) => !path.endsWith('.spec.ts')),
  command: [
    'node_modules/vite/bin/vite.js',
    'build',
    'apps/web',
    '--logLevel=warn',
    `--outDir=${join(root, 'dist/web')}`,
    '--emptyOutDir',
  ],
  forget: () => undefined,
});

/** Builds if any of the files differs from what stood there at the last build. */
const ensureBuilt = async ({ what, stamp, files, command, forget }, onFailure) => {
  const now = Object.fromEntries(files.map((path) => [path, `${statSync(path).mtimeMs}:${statSync(path).size}`]));
  const before = JSON.parse(read(stamp) ?? '{}');
  const gone = Object.keys(before).filter((path) => !(path in now));
  if (gone.length === 0 && files.every((path) => before[path] === now[path])) return;
  rmSync(stamp, { force: true });
  gone.forEach(forget);
  if (!(await step(what, process.execPath, command, onFailure))) return;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify(now));
};

const filesUnder = (folders, wanted) =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules') && wanted(path));

const step = async (what, command, args, onFailure = fail) => {
  const start = performance.now();
  say(`${what} …`);
  const { code, output } = await captured(command, args);
  if (code === 0) say(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  else onFailure(`${output.trim()}\n${what} failed.`);
  return code === 0;
};

/** Runs a program to its end; its output is kept back until somebody needs it. */
export const captured = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

/** On standard error: what a program prints on its standard output stays its own. */
const say = (line) => process.stderr.write(`${line}\n`);

const fail = (message) => {
  say(message);
  process.exit(1);
};
