import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { specOf } from '#contracts';
import { opener } from '#event-store';
import { openPool, personalColumns } from '#read-store';
import { DIRECTORY } from '../apps/directory/src/directory.rows.js';
import { doorOf } from '../apps/interop/src/door.js';
import { importFiles } from '../apps/interop/src/import.js';
import { FY2024 } from '../apps/interop/testing/hmis-exports.js';
import { TIMELINE } from '../apps/timeline/src/timeline.rows.js';
import { composed, type Composed } from './journeys/composed.js';

/** What was planted, so that it can be looked for: nothing like it stands anywhere by chance. */
const planted = { kept: new Set<string>(), passing: new Set<string>() };
/** Kept in the log, sealed. */
const plant = (text: string): string => (planted.kept.add(text), text);
/** Used at the door, or refused there: not kept, or as an HMAC alone. */
const pass = (text: string): string => (planted.passing.add(text), text);

const FACILITY = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const occurred = { start: '2026-03-01T16:00' };
const source = { system: 'hospital:st-marys', message: plant('Qmessage-90417'), record: plant('Qrecord-55120') };
const someone = { person: { identifier: { authority: 'st-marys', type: 'MR', value: plant('Qmrn-7319046') } } };
const told = {
  ...someone,
  source,
  occurred,
  place: { kind: 'hospital', raw: plant('Qward Juniper') },
  performers: [{ role: 'attending', raw: plant('Qdoctor Ostrowska') }],
};
const toldOf = (type: string, value: string) => ({
  ...told,
  subject: { record: { authority: 'st-marys', type, value: plant(value) } },
});
const coded = (text: string) => [{ system: 'local', code: plant(`Qcode-${text}`), text: plant(`Qtext ${text}`) }];

const COMMANDS: readonly (readonly [string, object])[] = [
  ['people/report-person-details', {
    ...someone, source, birthDate: plant('1957-11-23'), pronouns: plant('qe/qem'), gender: coded('gender'), race: coded('race'), ethnicity: coded('ethnicity'),
    names: [{ use: 'usual', given: plant('Qzuzanna'), family: plant('Qbraithwaite-Oyelaran'), middle: plant('Qmiddle'), prefix: plant('Qprefix'), suffix: plant('Qsuffix') }],
  }],
  ['people/record-identifier', { ...someone, source, authority: 'ssa', idType: 'SS', value: plant('219-09-4711') }],
  ['people/record-contact-point', { ...someone, source, kind: 'mobile', value: plant('+1 313 555 0199'), safeTimes: plant('Qafter six') }],
  ['people/report-address', { ...someone, source, kind: 'home', lines: plant('12 Qoak Street'), zip: pass('48226-1904') }],
  ['people/record-responsible-party', { ...someone, source, role: 'guardian', name: plant('Qguardian Name'), contact: plant('Qguardian phone') }],
  ['people/report-death', { ...someone, source, reporter: 'family', detail: plant('Qdeath detail') }],
  ['hospital/report-ed-visit', { ...toldOf('VN', 'Qvisit-1'), facilityId: FACILITY, visitNumber: plant('Qvn-1'), reason: plant('Qreason for coming') }],
  ['hospital/report-admission', { ...toldOf('VN', 'Qvisit-2'), facilityId: FACILITY, levelOfCare: 'acute-psychiatric', visitNumber: plant('Qvn-2'), unit: plant('Qunit 5W'), bed: plant('Qbed 12'), asSent: plant('Qas sent') }],
  ['hospital/report-visit-end', { ...toldOf('VN', 'Qvisit-2'), disposition: 'home', destination: plant('Qdestination Elm') }],
  ['hospital/report-visit-diagnosis', { ...toldOf('VN', 'Qvisit-2'), use: 'discharge', group: 'mental-health', code: plant('QF33.2'), text: plant('Qdiagnosis words') }],
  ['peer-support/report-peer-contact', { ...someone, source, occurred, method: 'in-person', setting: 'home', note: plant('Qnote of a contact'), whereabouts: plant('Qwhereabouts pier') }],
  ['peer-support/report-contact-attempt', { ...someone, source, occurred, method: 'phone', setting: 'other', result: 'no-answer', note: plant('Qnote of an attempt') }],
  ['peer-support/report-collateral-contact', { ...someone, source, occurred, withWhom: 'family', consumerAgreed: true, name: plant('Qsister Agnes'), note: plant('Qnote of a call') }],
  ['housing/report-lease', { ...toldOf('LEASE', 'Qlease-1'), startsOn: '2026-04-01', isHolder: true, address: plant('77 Qelm Court'), rent: plant('Qrent 713 USD') }],
  ['housing/report-living-situation', { ...toldOf('ENR', 'Qenrolment-1'), code: 116, asOf: '2026-03-01', details: plant('Qunder the bridge'), verifiedBy: plant('Qverifier') }],
  ['housing/report-voucher-issued', { ...toldOf('VOU', 'Qvoucher-1'), ref: plant('Qvoucher ref') }],
]; // prettier-ignore

/** What is refused, with words about a person where none may stand. */
const MISTAKES: readonly (readonly [string, object | string])[] = [
  ['hospital/report-visit-end', { ...someone, [pass('Qfield of mine')]: 'x' }],
  ['hospital/report-visit-end', { ...someone, occurred, disposition: pass('Qhome with Agnes') }],
  ['people/report-person-details', { ...someone, names: pass('Qnames as text') }],
  ['people/report-person-details', `{"names": "${pass('Qbroken json')}`],
  [`people/${pass('Qno-such-command')}`, someone],
];

const adt = (segments: readonly string[]) => `${segments.join('\r')}\r`;
const HL7 = [
  adt([
    `MSH|^~\\&|ADT|ST MARYS|TL|TL|20260302101500||ADT^A01|${plant('Qcontrol-1')}|P|2.3`,
    'EVN|A01|20260302101500',
    `PID|1||${plant('Qhl7mrn-1')}^^^ST MARYS^MR||${plant('Qkowalczyk')}^${plant('Qhalina')}||19570302|F|||${plant('9 Qbirch Road')}^^DETROIT^MI^48226||${plant('(313)555-0142')}`,
    `PV1|1|I|${plant('Qhl7unit')}^4^${plant('Qhl7bed')}||||||||||||||||${plant('Qhl7vn-1')}`,
  ]),
  adt([
    `MSH|^~\\&|ADT|ST MARYS|TL|TL|20260302101600||ADT^A01|${pass('Qcontrol-2')}|P|2.3`,
    `PID|1||||${pass('Qnameless')}^${pass('Qnumberless')}`,
  ]),
].join('\n'); // prettier-ignore

let service: Composed;
let said = '';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-canary-'));
  const hear = (chunk: unknown) => ((said += String(chunk)), true);
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockImplementation(hear as never);
  const log = pino({ level: 'trace' }, { write: hear as (line: string) => void });
  service = await composed({ log });
  for (const [command, body] of COMMANDS) {
    const answer = await service.post(command, body, pass(`Qkey-${command}`));
    if (answer.status !== 201) throw new Error(`${command} was not recorded: ${JSON.stringify(answer.body)}`);
  }
  for (const [command, body] of MISTAKES) expect((await service.post(command, body)).status).toBeGreaterThanOrEqual(400);
  await service.get(`/consumers?search=${pass('Qsought')}&after=x`);
  await imported();
  await settled();
}, 60_000);
afterAll(async () => {
  jest.restoreAllMocks();
  await service.end();
  await rm(folder, { recursive: true });
});

/** An HL7 v2 file and an HMIS export, each with a record that is refused. */
const imported = async () => {
  await writeFile(join(folder, 'messages.hl7'), HL7);
  await mkdir(join(folder, 'hmis'));
  const names = { Ada: plant('Qadaobi'), Lark: plant('Qlarkspur'), '219-09-9991': plant('219-09-8807'), 'under the bridge': plant('Qbelow the bridge'), 'X5,E5': `${pass('Qexit')},E5` }; // prettier-ignore
  for (const [name, text] of Object.entries(FY2024)) {
    const planted = Object.entries(names).reduce((done, [plain, canary]) => done.replaceAll(plain, canary), text);
    await writeFile(join(folder, 'hmis', name), planted);
  }
  const out = new Writable({ write: (chunk, _, done) => ((said += String(chunk)), done()) });
  const door = doorOf(service.door, service.registry, service.identifiers);
  for (const [path, report] of [['messages.hl7', 'hl7'], ['hmis', 'hmis']] as const) {
    const result = await importFiles([join(folder, path)], { door, out, progress: out, report: join(folder, `${report}.report`) });
    expect([result.recorded > 0, result.refused > 0]).toEqual([true, true]);
  }
}; // prettier-ignore

/** Views have folded it all, and it has been sealed. */
const settled = async () => {
  expect(await service.positions.reached((await service.store.head()).position, 20_000)).toBe(true);
  const { dataDir } = service.options;
  for (let i = 0; i < 100 && !(await readdir(dataDir)).includes('seals.jsonl'); i++) await sleep(50);
  expect(await readdir(dataDir)).toContain('seals.jsonl');
};

const COLUMNS = `
  select table_schema || '.' || table_name as "table", column_name as "column" from information_schema.columns
  where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`;
const personal = new Set(
  [...personalColumns(TIMELINE, 'timeline'), ...personalColumns(DIRECTORY, 'directory')].map(({ column }) => column),
);

const readable = (value: unknown): string =>
  Buffer.isBuffer(value) ? `${value.toString('latin1')} ${value.toString('utf8')}` : JSON.stringify(value);
/** All that stands in a database, column by column, save where plain personal data may stand. */
const columnsOf = async (url: string): Promise<ReadonlyMap<string, string>> => {
  const pool = openPool(url);
  try {
    const { rows } = await pool.query<{ table: string; column: string }>(COLUMNS);
    const found = new Map<string, string>();
    for (const { table, column } of rows.filter((row) => !personal.has(`${row.table}.${row.column}`))) {
      const { rows: values } = await pool.query<{ value: unknown }>(`select "${column}" as value from ${table}`);
      found.set(`${table}.${column}`, values.map(({ value }) => readable(value)).join('\n'));
    }
    return found;
  } finally {
    await pool.end();
  }
};
const filesIn = async (path: string, wanted: RegExp) =>
  Promise.all((await readdir(path)).filter((name) => wanted.test(name)).map(async (name) => [name, await readFile(join(path, name), 'latin1')] as const)); // prettier-ignore

/** Where planted texts stand that may not: `log.events.body: Qunit 5W`. */
const strays = async (): Promise<readonly string[]> => {
  const { databaseUrl, keysUrl, dataDir } = service.options;
  const places = new Map([...(await columnsOf(databaseUrl)), ...(await columnsOf(keysUrl)), ...(await filesIn(dataDir, /./)), ...(await filesIn(folder, /report$/)), ['what was printed', said]]); // prettier-ignore
  const texts = [...planted.kept, ...planted.passing];
  return [...places].flatMap(([place, text]) =>
    texts.filter((canary) => text.includes(canary)).map((canary) => `${place}: ${canary}`),
  );
};

test('what was said is in the log, to be opened; what was refused, and the keys of requests, are not', async () => {
  const facts = JSON.stringify(await opener(service.keys)(await service.store.readAll(0, 10_000)));
  const found = [...planted.kept, ...planted.passing].filter((text) => facts.includes(text));
  expect(new Set(found)).toEqual(planted.kept);
});
test('what may stand nowhere in plain stands nowhere: log, identifiers, keys, views, seals, reports, output', async () => {
  expect(await strays()).toEqual([]);
});
test('the columns that are declared personal do hold such data, so that leaving them out is needed', async () => {
  const pool = openPool(service.options.databaseUrl);
  const { rows } = await pool.query<{ name: string }>('select name from directory.person');
  await pool.end();
  expect(rows.map(({ name }) => name).join()).toContain('Qzuzanna');
});
test('a sealed field that was declared open by mistake is found', async () => {
  const spec = specOf('PeerContactMade') as { open: readonly string[] };
  const { open } = spec;
  spec.open = [...open, 'note'];
  try {
    const note = plant('Qnote in the open');
    await service.post('peer-support/report-peer-contact', { ...someone, occurred, method: 'phone', setting: 'home', note });
  } finally {
    spec.open = open;
  }
  expect(await strays()).toContain('log.events.body: Qnote in the open');
});
