import { expect, test } from '@jest/globals';
import type { ExternalIdentifier } from '#contracts';
import { FY2024, FY2026, inputOf, type Export } from '../../testing/hmis-exports.js';
import type { ImportCommand, SourceRecord } from '../importer.js';
import { hmisImporter } from './hmis.importer.js';

const recordsOf = async (files: Export): Promise<readonly SourceRecord[]> => {
  const ids = new Map<string, string>();
  const idOf = (key: string) => {
    if (!ids.has(key)) ids.set(key, `6f1f3c39-6f6b-4ad6-9d8c-${String(ids.size).padStart(12, '0')}`);
    return Promise.resolve(ids.get(key)!);
  };
  const settings = { zone: 'America/Detroit', receivedAt: '2026-03-02T00:00:00.000Z' };
  const register = ({ key }: ImportCommand) => idOf(key);
  const idFor = ({ authority, type, value }: ExternalIdentifier) => idOf(`${authority}|${type}|${value}`);
  const records: SourceRecord[] = [];
  for await (const record of hmisImporter.records(inputOf(files), { settings, register, idFor })) records.push(record);
  return records;
};
const commandsIn = (records: readonly SourceRecord[]): readonly ImportCommand[] =>
  records.flatMap((record) => ('commands' in record ? record.commands : []));
const bodies = async (files: Export, command: string) =>
  commandsIn(await recordsOf(files)).flatMap((c) => (c.command === command ? [c.body as Record<string, unknown>] : []));
const refusals = async (files: Export) =>
  (await recordsOf(files)).flatMap((r) => ('refused' in r ? [`${r.file}:${r.line} ${r.refused}`] : []));
const changed = (name: string, edit: (text: string) => string, files = FY2024): Export => ({
  ...files,
  [name]: edit(files[name]!),
});

test('an export is known by its own file, not by its name', async () => {
  expect(await hmisImporter.recognizes(inputOf(FY2024))).toBe(true);
  expect(await hmisImporter.recognizes(inputOf({ 'notes.csv': 'a,b\n' }))).toBe(false);
});
test('everyone in the export is one person of its source', async () => {
  const people = await bodies(FY2024, 'people/report-person-details');
  expect(people.map(({ person }) => person)).toEqual([
    { identifier: { authority: 'hmis:OAK24', type: 'PersonalID', value: '100' } },
    { identifier: { authority: 'hmis:OAK24', type: 'PersonalID', value: '101' } },
  ]);
  expect(people[0]).toMatchObject({
    names: [{ use: 'usual', given: 'Ada', family: 'Lark' }],
    birthDate: '1980-05-06',
    gender: [{ system: 'hud:Gender', code: 'Woman' }],
    assertedAt: '2025-06-01T14:00:00.000Z',
  });
});
test('a client that the source deleted is said to be deleted', async () =>
  expect(await bodies(FY2024, 'people/report-record-deleted')).toMatchObject([{ assertedAt: '2025-07-01T14:00:00.000Z' }]));
test('an enrolment goes by its source’s zone, household and codes, and keeps how far a street date can be believed', async () => {
  const [entry] = await bodies(FY2024, 'housing/report-project-entry');
  expect(entry).toMatchObject({
    subject: { record: { authority: 'hmis:OAK24', type: 'EnrollmentID', value: 'E1' } },
    occurred: { start: '2025-01-10', zone: 'America/Detroit', basis: 'EntryDate' },
    assertedAt: '2025-02-02T16:00:00.000Z',
    source: { system: 'hmis:OAK24', record: 'Enrollment/E1' },
    projectType: 3,
    priorLivingSituation: 204,
    lengthOfStay: 3,
    dateToStreet: '2024-11-01',
    dateToStreetPrecision: 'month',
    relationshipToHoH: 1,
    cocCode: 'MI-501',
  });
});
test('members of one household carry one household id', async () => {
  const entries = await bodies(FY2024, 'housing/report-project-entry');
  const [one, two, three] = entries.map(({ householdId }) => householdId);
  expect([one === two, one === three]).toEqual([true, false]);
});
test('a move-in names its enrolment and the type of its programme, which decides what it is', async () =>
  expect((await bodies(FY2024, 'housing/report-move-in')).map(({ projectType }) => projectType)).toEqual([3, 3, 2]));
test('an exit carries the household of its enrolment, and a death without the day of the exit', async () => {
  const [exit] = await bodies(FY2024, 'housing/report-project-exit');
  expect(exit).toMatchObject({ destination: 410, cocCode: 'MI-501', assertedAt: '2025-12-01T14:30:00.000Z' });
  const [death] = await bodies(FY2024, 'people/report-death');
  expect(death).not.toHaveProperty('occurred');
});
test('an exit in the future is passed on as sent, and counted as implausible', async () => {
  const marked = (await recordsOf(FY2024)).filter((r) => 'implausible' in r);
  expect(marked.map(({ file, line }) => [file, line])).toEqual([['Exit.csv', 3]]);
});
test('of services only bed nights are read, and a situation keeps its words', async () => {
  expect(await bodies(FY2024, 'housing/report-shelter-night')).toMatchObject([
    { nightOf: '2024-12-02', projectType: 1 },
    { projectType: 0 },
  ]);
  expect(await bodies(FY2024, 'housing/report-living-situation')).toMatchObject([
    { code: 116, details: 'under the bridge, north side' },
  ]);
});
test('a referral’s result may have no date', async () => {
  expect(await bodies(FY2024, 'housing/report-housing-referral')).toMatchObject([{ referralEvent: 14 }]);
  expect(await bodies(FY2024, 'housing/report-referral-result')).toMatchObject([{ result: 1, occurred: undefined }]);
});
test('nothing of a victim service provider comes in, by name, and nothing of who is only there', async () => {
  const victim = (await refusals(FY2024)).filter((line) => line.includes('VictimServiceProvider'));
  expect(victim.map((line) => line.split(' ')[0])).toEqual([
    'Organization.csv:3', 'Project.csv:6', 'Client.csv:5', 'Enrollment.csv:6', 'Exit.csv:4',
  ]); // prettier-ignore
  expect(JSON.stringify(commandsIn(await recordsOf(FY2024)))).not.toMatch(/Harbor|Reed|"103"/);
});
test('rows with bad values are refused by file, line and column, and their neighbours kept', async () => {
  const bad = (await refusals(FY2024)).filter((line) => !line.includes('VictimServiceProvider'));
  expect(bad).toEqual([
    'Client.csv:4 DOB is no day on which anyone can have been born',
    'Enrollment.csv:8 ProjectID names no project of Project.csv',
    'CurrentLivingSituation.csv:3 CurrentLivingSituation is not one of HUD’s codes',
  ]);
});
test('hashed names and numbers stand for nobody: they are no names, and masked identifiers', async () => {
  for (const person of await bodies(FY2026, 'people/report-person-details')) {
    expect(person).toMatchObject({ identityLevel: 'anonymous', names: undefined });
  }
  const numbers = (await bodies(FY2026, 'people/record-identifier')).filter(({ idType }) => idType === 'SS');
  expect(numbers.map(({ quality }) => quality)).toEqual(['masked', 'masked']);
});
test('a date of change that can be read in two ways is not known', async () =>
  expect((await bodies(FY2026, 'people/report-person-details')).map(({ assertedAt }) => assertedAt)).toEqual([null, null]));
test('a misspelt header is read, FY2026 asks for sex, and a column that is nobody’s is counted', async () => {
  const [person] = await bodies(FY2026, 'people/report-person-details');
  expect(person).toMatchObject({
    ethnicity: [{ system: 'hud:Race', code: 'HispanicLatinaeo' }],
    sex: { system: 'hud:Sex', code: '0', mapped: 'female' },
  });
  const unknown = (await recordsOf(FY2026)).flatMap((r) => ('ignored' in r && r.kind === 'unknown column' ? [r.ignored] : []));
  expect(unknown).toEqual(['ShoeSize is no column of HUD’s: it was not read']);
});
test('a move-in date that permanent housing leaves empty takes back what was said', async () =>
  expect(await bodies(FY2026, 'housing/report-tenancy-record-deleted')).toMatchObject([{ source: { record: 'Enrollment/E2' } }]));
test('carriage returns, quotes and a byte order mark change nothing', async () => {
  const dressed = Object.fromEntries(
    Object.entries(FY2024).map(([name, text]) => [name, `\uFEFF${text.replaceAll('\n', '\r\n')}`]),
  );
  expect(await recordsOf(dressed)).toEqual(await recordsOf(FY2024));
});
test('a last row without a line end is a row', async () => {
  const bare = Object.fromEntries(Object.entries(FY2024).map(([name, text]) => [name, text.trimEnd()]));
  expect(await recordsOf(bare)).toEqual(await recordsOf(FY2024));
});
test('a row with too many values is refused, and the next one read', async () => {
  const files = changed('Exit.csv', (text) => text.replace('2025-11-30,', '2025-11-30,410,,,'));
  expect((await refusals(files)).filter((line) => line.startsWith('Exit.csv:2'))).toHaveLength(1);
  expect(await bodies(files, 'housing/report-project-exit')).toHaveLength(1);
});
test.each([
  ['in the middle of a row', (text: string) => text.slice(0, text.indexOf('2029-01-01') + 4), 3],
  ['inside a quoted value', (text: string) => text.replace('X4,', '"X4,'), 3],
])('a file that ends %s says where, keeps what came before, and the other files are read', async (_, cut, line) => {
  const records = await recordsOf(changed('Exit.csv', cut));
  expect(records.flatMap((r) => ('stopped' in r ? [[r.file, r.line]] : []))).toEqual([['Exit.csv', line]]);
  expect(commandsIn(records).filter(({ command }) => command === 'housing/report-project-exit')).toHaveLength(1);
  expect(commandsIn(records).some(({ command }) => command === 'housing/report-housing-referral')).toBe(true);
});
test('a file that lacks a column it needs is refused as a whole, by the column', async () => {
  const files = changed('Exit.csv', (text) => text.replace('ExitDate', 'LeftOn'));
  expect(await refusals(files)).toContain('Exit.csv:1 lacks the columns ExitDate: no row of it was read');
});
test('an export without a source says that nobody knows whose it is', async () => {
  const records = await recordsOf(changed('Export.csv', (text) => text.replace('OAK24', '')));
  expect(records.map((r) => 'stopped' in r && r.stopped)).toEqual(['holds no readable row with a SourceID']);
});
test('rows of one person go one after the other', async () => {
  const lanes = (await recordsOf(FY2024))
    .filter((r) => r.file === 'Enrollment.csv' && 'lane' in r)
    .map((r) => 'lane' in r && r.lane);
  expect(lanes).toEqual(['100', '101', '100', '100', '100']);
});
