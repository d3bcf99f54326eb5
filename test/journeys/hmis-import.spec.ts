import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doorOf } from '../../apps/interop/src/door.js';
import { importFiles } from '../../apps/interop/src/import.js';
import { FY2024, FY2026, type Export } from '../../apps/interop/testing/hmis-exports.js';
import { inMemoryDoor } from './in-memory-door.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hmis-'));
});
afterAll(() => rm(folder, { recursive: true }));

const written = async (files: Export): Promise<string> => {
  const path = await mkdtemp(join(folder, 'export-'));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(path, name), text)));
  return path;
};
const importing = () => {
  const held = inMemoryDoor('2026-03-10T12:00:00.000Z');
  const door = doorOf(held.door, held.registry, held.identifiers);
  const report = join(folder, 'report.tsv');
  const take = (path: string) =>
    importFiles([path], { door, out: null, report, zone: 'America/Detroit', receivedAt: '2026-03-10T12:00:00.000Z' });
  const counts = async () => {
    const counted: Record<string, number> = {};
    for (const { type } of await held.all()) counted[type] = (counted[type] ?? 0) + 1;
    return counted;
  };
  return { take, counts, all: held.all, listed: () => readFile(report, 'utf8') };
};

test('an FY2024 export becomes facts of its people, and read again it records nothing', async () => {
  const { take, counts, all } = importing();
  const path = await written(FY2024);
  const first = await take(path);
  expect(first.stopped).toEqual([]);
  const facts = await counts();
  expect(facts).toMatchObject({
    PersonRegistered: 2,
    ProjectEntered: 5,
    MovedIn: 2,
    MoveInReported: 1,
    ProjectExited: 2,
    ShelterNightStayed: 1,
    HousingReferred: 1,
    ReferralResulted: 1,
    DeathReported: 1,
  });
  expect(first.read).toBe(first.recorded + first.repeated + first.ignored + first.refused);
  const again = await take(path);
  expect([again.recorded, again.events]).toEqual([0, 0]);
  expect(await counts()).toEqual(facts);
  const ahead = (await all()).find(({ occurred }) => occurred?.start === '2029-01-01');
  expect(ahead?.occurred?.implausible).toBe(true);
});
test('a psychiatric hospital before entry is a report, and nobody’s stay', async () => {
  const { take, all } = importing();
  await take(await written(FY2024));
  const events = await all();
  expect(
    events.filter(({ type }) => type === 'LivingSituationReported').map(({ data }) => (data as { code: number }).code),
  ).toContain(204);
  expect(events.some(({ type }) => type === 'HospitalAdmitted')).toBe(false);
});
test('what is refused is listed by file, line and reason, without a word of what it says', async () => {
  const { take, listed } = importing();
  await take(await written(FY2024));
  const list = await listed();
  expect(list).toContain('VictimServiceProvider');
  expect(list).toMatch(/^Services\.csv\t3\t.*nights-are-derived/m);
  expect(list).not.toMatch(/Lark|Moss|Reed|219-09/);
});
test('a row that its source changed, cleared or deleted changes what stands, and nothing else', async () => {
  const { take, counts } = importing();
  await take(await written(FY2024));
  const before = await counts();
  const Enrollment = FY2024['Enrollment.csv']!.replace('2025-02-01,2025-02-02 11:00:00', ',2025-04-02 11:00:00');
  const Exit = FY2024['Exit.csv']!.replace('410,,2025-12-01 09:30:00,', '410,,2025-12-01 09:30:00,2026-01-05 08:00:00');
  const Services = FY2024['Services.csv']!.replace('2024-12-02,200,2024-12-03', '2024-12-03,200,2024-12-04');
  await take(await written({ ...FY2024, 'Enrollment.csv': Enrollment, 'Exit.csv': Exit, 'Services.csv': Services }));
  const after = await counts();
  // The cleared move-in and the deleted exit are withdrawn; the entry, and the situation before it, are confirmed by the row's newer date.
  expect(after).toEqual({
    ...before,
    FactWithdrawn: 2,
    FactConfirmed: (before['FactConfirmed'] ?? 0) + 2,
    ShelterNightStayed: (before['ShelterNightStayed'] ?? 0) + 1,
  });
});
test('an FY2026 export with hashes makes people without names, whom no shared hash can join', async () => {
  const { take, all } = importing();
  await take(await written(FY2026));
  const said = (await all()).map(({ type, data }) => ({ type, data: data as Record<string, unknown> }));
  expect(said.filter(({ type }) => type === 'PersonRegistered').map(({ data }) => data['identityLevel'])).toEqual([
    'anonymous',
    'anonymous',
  ]);
  const numbers = said.filter(({ type, data }) => type === 'IdentifierRecorded' && data['idType'] === 'SS');
  expect(numbers.map(({ data }) => data['usableForMatching'])).toEqual([false, false]);
});
