import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly module: string; readonly resolved: string }[];
  }[];
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[];
  };
}

/** The tool ends with the number of violations as its status, so that only its report tells whether it ran. */
const cruise = (folder: string, ...roots: string[]): Cruised => {
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout } = spawnSync(process.execPath, [program, ...roots, '-T', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  return JSON.parse(stdout) as Cruised;
};

describe('the rules looked at this code', () => {
  const { modules, summary } = cruise('.', 'apps', 'libs', 'test', 'tools');
  const edges = modules.flatMap(({ source, dependencies }) => dependencies.map((to) => ({ from: source, ...to })));
  const sources = ['apps', 'libs']
    .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `${root}/${path}`))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('apps/web/'));

  test('nothing breaks them', () =>
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]));

  test('they saw every source file', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter((path) => !modules.some(({ source }) => source === path))).toEqual([]);
  });

  test('an import by a library’s name leads to its source, not to what was built from it', () => {
    const named = edges.filter(({ module }) => module.startsWith('#'));
    expect(named.filter(({ resolved }) => !/^libs\/[^/]+\/(src|testing)\/index\.ts$/.test(resolved))).toEqual([]);
    const known = new Set(sources.filter((path) => path.startsWith('libs/')).map((path) => path.split('/')[1]));
    expect([...known].filter((name) => !named.some(({ resolved }) => resolved.startsWith(`libs/${name}/`)))).toEqual([]);
  });
});

describe('a rule that is broken is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-rules-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  const seeds: readonly (readonly [rule: string, path: string, text: string])[] = [
    ['resolvable', 'apps/hospital/src/lost.ts', "import './nowhere.js';"],
    ['no-cycles', 'libs/keys/src/one.ts', "import { other } from './other.js';\nexport const one = () => other;"],
    ['apps-are-islands', 'apps/housing/src/neighbour.ts', "import '../../hospital/src/ward.js';"],
    ['libs-know-no-app', 'libs/keys/src/upwards.ts', "import '../../../apps/hospital/src/ward.js';"],
    [
      'pure-core',
      'apps/hospital/src/visit.decider.ts',
      "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
    ],
    ['pure-core', 'apps/hospital/src/stays.projection.ts', "import { keys } from '#keys';\nexport const read = keys;"],
    ['pure-libraries', 'libs/kernel/src/clock.ts', "import { hostname } from 'node:os';\nexport const here = hostname;"],
    ['driver-stays-home', 'apps/hospital/src/query.ts', "import pg from 'pg';\nexport const client = pg;"],
    [
      'public-door',
      'apps/hospital/src/burglar.ts',
      "import { secret } from '../../../libs/keys/src/secret.js';\nexport const s = secret;",
    ],
  ];
  const allowed: readonly (readonly [path: string, text: string])[] = [
    ['apps/hospital/src/ward.ts', "import { keys } from '#keys';\nexport const ward = keys;"],
    ['apps/hospital/src/row.table.ts', "import pg from 'pg';\nexport const column = pg;"],
    ['apps/hospital/src/stay.decider.ts', "import { kernel } from '#kernel';\nexport const stay = kernel;"],
    ['apps/throughline/src/main.ts', "import '../../hospital/src/ward.js';"],
    ['libs/keys/src/index.ts', "export { secret as keys } from './secret.js';"],
    ['libs/keys/src/secret.ts', 'export const secret = 1;'],
    ['libs/keys/src/other.ts', "import { one } from './one.js';\nexport const other = () => one;"],
    ['libs/kernel/src/index.ts', 'export const kernel = 1;'],
  ];

  for (const [path, text] of [...seeds.map(([, ...file]) => file), ...allowed]) write(path, text);
  write('node_modules/pg/index.js', 'module.exports = {};');
  write('node_modules/pg/package.json', '{ "name": "pg", "version": "1.0.0", "main": "index.js" }');
  for (const path of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) cpSync(path, join(folder, path));
  const { violations } = cruise(folder, 'apps', 'libs').summary;

  test.each(seeds)('%s in %s', (rule, path) => {
    expect(violations.filter(({ from }) => from === path).map((found) => found.rule.name)).toContain(rule);
  });

  test('what the rules allow is let pass', () => {
    const broken = violations.map(({ from }) => from);
    expect(allowed.map(([path]) => path).filter((path) => broken.includes(path))).toEqual([]);
  });
});
