import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { file, importing, sample } from './import-files.js';

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Planted', given: ['Jane'] }],
  birthDate: '1980-01-01',
  gender: 'female',
};
const encounter = (more: object = {}) => ({
  resourceType: 'Encounter', id: 'e1', status: 'in-progress', class: { code: 'IMP' }, subject: { reference: 'Patient/p1' },
  meta: { lastUpdated: '2026-03-05T21:00:00Z' }, period: { start: '2026-03-05T15:00:00-05:00' }, ...more,
}); // prettier-ignore
const lines = (...resources: readonly object[]) => resources.map((resource) => `${JSON.stringify(resource)}\n`).join('');
const taken = async (...resources: readonly object[]) => {
  const log = importing();
  const result = await log.take([await file('bundle.ndjson', lines(...resources))], { source: 'test' });
  return { ...log, result, types: (await log.all()).map(({ type }) => type), events: await log.all() };
};

test.each([
  ['IMP', 'HospitalAdmitted'],
  ['EMER', 'EdVisitStarted'],
  ['OBSENC', 'ObservationStarted'],
  ['AMB', 'VisitClassChanged'],
])('an Encounter of class %s begins a visit: %s', async (code, type) => {
  const { types, events } = await taken(patient, encounter({ class: { code } }));
  expect(types).toContain(type);
  expect(types).not.toContain('VisitEnded');
  expect(events.find((event) => event.type === type)?.occurred).toMatchObject({ start: '2026-03-05T15:00:00', offset: '-05:00' });
});
test('the status, not the presence of period.end, decides whether a visit is open', async () => {
  const period = { start: '2026-03-05T15:00:00-05:00', end: '2026-03-07T15:00:00-05:00' };
  expect((await taken(patient, encounter({ period }))).types).not.toContain('VisitEnded');
  expect((await taken(patient, encounter({ period, status: 'finished' }))).types).toContain('VisitEnded');
});
test('a finished Encounter that is in progress again is open again', async () => {
  const { types } = await taken(
    patient,
    encounter({ status: 'finished', period: { start: '2026-03-05T15:00:00-05:00', end: '2026-03-07T15:00:00-05:00' } }),
    encounter({ meta: { lastUpdated: '2026-03-08T12:00:00Z' } }),
  );
  expect(types.at(-1)).toBe('DischargeCancelled');
});
test.each([
  ['planned', 'VisitPlanned'],
  ['cancelled', 'AdmissionCancelled'],
  ['entered-in-error', 'AdmissionCancelled'],
])('an Encounter that is %s is recorded as %s', async (status, type) =>
  expect((await taken(patient, encounter({ status }))).types).toContain(type),
);
test('a snapshot that changed nothing confirms, the same export again adds nothing, and X, Y, X are three facts', async () => {
  const at = (day: string, start: string) => encounter({ meta: { lastUpdated: `2026-03-${day}T12:00:00Z` }, period: { start } });
  const [x, y] = ['2026-03-05T15:00:00-05:00', '2026-03-05T16:00:00-05:00'];
  const log = importing();
  const path = await file('e.ndjson', lines(patient, at('06', x), at('07', x), at('08', y), at('09', x)));
  await log.take([path], { source: 'test' });
  const types = await log.types();
  expect(types.filter((type) => type === 'VisitTimesCorrected')).toHaveLength(2);
  expect(types.filter((type) => type === 'FactConfirmed')).toHaveLength(3);
  expect(await log.take([path], { source: 'test' })).toMatchObject({ recorded: 0, repeated: 5, events: 0, exitCode: 0 });
});
test('a visit stands at the Location and Organization that the export holds, read first whatever their file is called', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fhir-'));
  const organization = { resourceType: 'Organization', id: 'o1', name: 'General', identifier: [{ system: 'urn:x', value: 'G' }] };
  const location = { resourceType: 'Location', id: 'l1', name: 'General, Building B' };
  const placed = encounter({
    serviceProvider: { reference: 'Organization?identifier=urn:x|G' },
    location: [{ location: { reference: 'Location/l1' } }],
  });
  await writeFile(join(folder, 'a.ndjson'), lines(placed, patient));
  await writeFile(join(folder, 'z.ndjson'), lines(organization));
  await writeFile(join(folder, 'y.ndjson'), lines(location));
  const log = importing();
  expect(await log.take([folder])).toMatchObject({ read: 4, recorded: 4, refused: 0 });
  const events = await log.all();
  const admitted = events.find(({ type }) => type === 'HospitalAdmitted');
  const streamOf = (type: string) => events.find((event) => event.type === type)?.streamId.replace(/^[a-z]+-/i, '');
  expect(admitted?.organizationId).toBe(streamOf('OrganizationRegistered'));
  expect(admitted?.data).toMatchObject({ facilityId: streamOf('FacilityRegistered') });
});
test('what is not taken is ignored by name, and what cannot be is listed with its line', async () => {
  const { result } = await taken(
    patient,
    { resourceType: 'Condition', id: 'c1' },
    encounter({ class: { code: 'VR' } }),
    encounter({ status: undefined }),
    encounter({ subject: undefined }),
    { resourceType: 'Patient', name: [{ family: 'Planted' }] },
    ['Planted'],
  );
  expect(result).toMatchObject({ read: 7, recorded: 1, ignored: 2, refused: 4, exitCode: 3 });
  expect(result.ignoredKinds).toEqual({ Condition: 1, 'Encounter of class VR': 1 });
  expect(result.listed.map(([, line]) => line)).toEqual(['2', '3', '4', '5', '6', '7']);
  expect(result.text).not.toMatch(/planted/i);
});
test('a line that is not JSON is refused, and a last line that is cut off stops the import', async () => {
  const bad = `${lines(patient)}{"resourceType": oops}\n${lines(encounter())}{"resourceType":"Enc`;
  const result = await importing().take([await file('bad.ndjson', bad)], { source: 'test' });
  expect(result).toMatchObject({ read: 3, recorded: 2, refused: 1, exitCode: 1, stopped: [expect.stringMatching(/line 4/)] });
});

test('a bulk export of ten people is imported once', async () => {
  const path = sample('fhir-r4-bulk10');
  if (!path) return;
  const log = importing('2026-11-22T00:00:00.000Z');
  const all = { receivedAt: '2026-11-22T00:00:00.000Z' };
  expect(await log.take([path], all)).toMatchObject({ read: 5945, recorded: 1305, refused: 0, exitCode: 0 });
  const types = await log.types();
  const count = (type: string) => types.filter((other) => other === type).length;
  expect([count('PersonRegistered'), count('HospitalAdmitted'), count('EdVisitStarted')]).toEqual([13, 49, 23]);
  expect(await log.take([path], all)).toMatchObject({ recorded: 0, repeated: 1305, events: 0, exitCode: 0 });
}, 60_000);
