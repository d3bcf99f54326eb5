import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const below = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const files = [...readdirSync('.'), ...['docs', 'apps', 'libs'].flatMap(below)].filter((path) => path.endsWith('.md'));
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const said = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));

test('there are documents to look at', () => expect(files.length).toBeGreaterThan(20));

test('every link between documents leads somewhere', () => {
  const broken = said.flatMap(({ file, text }) =>
    [...text.replaceAll(/`[^`\n]*`/g, '').matchAll(/\]\((?!https?:)([^)#\s]+)/g)]
      .map(([, target]) => join(dirname(file), target!))
      .filter((target) => !existsSync(target))
      .map((target) => `${file} -> ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every command that a document names exists', () => {
  const unknown = said.flatMap(({ file, text }) =>
    [...text.matchAll(/npm run ([a-z:]+)/g)]
      .filter(([, script]) => !Object.hasOwn(scripts, script!))
      .map(([line]) => `${file}: ${line}`),
  );
  expect(unknown).toEqual([]);
});

test('every file that the README names exists', () => {
  const readme = said.find(({ file }) => file === 'README.md')!.text;
  const named = [...readme.matchAll(/`((?:apps|libs|docs|tools)\/[\w./-]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
