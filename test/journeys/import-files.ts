import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { doorOf } from '../../apps/interop/src/door.js';
import { importFiles, type ImportOptions } from '../../apps/interop/src/import.js';
import { inMemoryDoor } from './in-memory-door.js';

/** Imports into a log in memory: the result, the report, and what was recorded. */
export const importing = (now?: string) => {
  const all = inMemoryDoor(now);
  const door = doorOf(all.door, all.registry, all.identifiers);
  return {
    ...all,
    async take(paths: readonly string[], more: Partial<ImportOptions> = {}) {
      const report = join(tmpdir(), `import-report-${randomUUID()}.tsv`);
      const options = { door, report, out: null, zone: 'America/Detroit', receivedAt: '2026-03-10T12:00:00.000Z' };
      const result = await importFiles(paths, { ...options, ...more });
      const listed = (await readFile(report, 'utf8')).trimEnd().split('\n').slice(1).map((line) => line.split('\t'));
      return { ...result, listed, text: await readFile(report, 'utf8') };
    },
    types: async () => (await all.all()).map(({ type }) => type),
  }; // prettier-ignore
};

/** A file of its own folder, with this name and content. */
export const file = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(await mkdtemp(join(tmpdir(), 'import-')), name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
};

/** A sample outside the repository; undefined, with a printed reason, where it is absent. */
export const sample = (name: string): string | undefined => {
  const path = join('..', 'shared', 'data', name);
  if (existsSync(path)) return path;
  process.stdout.write(`skipped: ${path} is not here\n`);
  return undefined;
};

interface Told {
  readonly at: string;
  readonly mrn: string;
  readonly visit: string;
  readonly name: string;
  readonly class: string;
  readonly start: string;
  readonly end: string;
  readonly happened: string;
  readonly disposition: string;
  readonly mrg: string;
  readonly control: string;
}
const USUAL = {
  at: '20260305160000', mrn: '1001', visit: 'V1', name: 'DOE^JANE', class: 'I', start: '', end: '', happened: '', disposition: '', mrg: '',
}; // prettier-ignore

let control = 0;
/** One ADT message as a hospital might send it, with what a test wants to tell. */
export const adt = (trigger: string, more: Partial<Told> = {}): string => {
  const told = { ...USUAL, control: `C${++control}`, ...more };
  const pv1 = Array.from({ length: 45 }, () => '');
  Object.assign(pv1, {
    0: '1',
    1: told.class,
    2: 'PSY^1^A^GENERAL',
    9: 'PSY',
    35: told.disposition,
    43: told.start,
    44: told.end,
  });
  pv1[18] = told.visit && `${told.visit}^^^GEN^VN`;
  return [
    `MSH|^~\\&|APP|GENERAL|TL|TL|${told.at}||ADT^${trigger}^ADT_A01|${told.control}|P|2.5`,
    `EVN|A99|${told.at}||||${told.happened}`,
    `PID|1||${told.mrn}^^^GEN^MR||${told.name}||19800101|F|||12 PLANTED ST^^DETROIT^MI^48201||3135550199`,
    ...(told.mrg ? [`MRG|${told.mrg}`] : []),
    ...(/A28|A31|A34|A40/.test(trigger) ? [] : [`PV1|${pv1.join('|')}`]),
  ].join('\r');
};
export const hl7 = (...messages: readonly string[]) => `${messages.join('\r\r')}\r`;
