import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TimelineView } from '#contracts';
import { Access, DEVELOPMENT_READER, type Reading } from '#access';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { pairInOrder } from '#kernel';
import { dataSourceOf, migrate, openPool, personalColumns, ProjectionRunner, type Pool } from '#read-store';
import { tableDump, testLog } from '#read-store/testing';
import { drawn, FACILITY } from './consumer.spec-kit.js';
import { MIGRATIONS, openTimeline, type Timeline } from './timeline.module.js';
import { TIMELINE } from './timeline.rows.js';

const log = testLog();
const readings: Reading[] = [];
let database: FreshDatabase;
let pool: Pool;
let timeline: Timeline;
beforeAll(async () => {
  database = await freshDatabase('timeline');
  pool = openPool(database.url);
  const access = new Access({ record: async (reading) => void readings.push(reading) });
  const now = () => Date.parse('2026-11-22T12:00:00.000Z');
  timeline = await openTimeline({
    databaseUrl: database.url,
    store: log.store,
    keys: log.keys,
    access,
    zone: 'America/Detroit',
    now,
  });
  timeline.runner.start();
}, 30_000);
afterAll(async () => {
  await timeline.close();
  await pool.end();
  await database.drop();
});

const [personId, other] = pairInOrder(randomUUID(), randomUUID());
const [visit, contact] = [`visit-${randomUUID()}`, `contact-${randomUUID()}`];
const record = () =>
  log.tell(
    {
      streamId: `facility-${FACILITY}`,
      personId: null,
      type: 'FacilityRegistered',
      data: { name: 'St. Mary’s' },
      recordedAt: '2026-01-02T00:00:00.000Z',
    },
    {
      streamId: `person-${personId}`,
      personId,
      type: 'PersonRegistered',
      data: { identityLevel: 'named', names: [{ use: 'usual', given: 'Rosa' }] },
    },
    {
      streamId: visit,
      personId,
      type: 'HospitalAdmitted',
      data: { facilityId: FACILITY, levelOfCare: 'acute-psychiatric', unit: 'sealed unit' },
      at: '2026-03-01T16:00',
      recordedAt: '2026-03-01T21:05:00.000Z',
    },
    {
      streamId: visit,
      personId,
      type: 'VisitEnded',
      data: { disposition: 'home', destination: 'sealed place' },
      at: '2026-03-03T16:00',
      recordedAt: '2026-03-08T15:00:00.000Z',
    },
    {
      streamId: contact,
      personId: other,
      type: 'PeerContactMade',
      data: { method: 'phone', setting: 'home', note: 'sealed note' },
      at: '2026-03-09',
      recordedAt: '2026-03-10T09:00:00.000Z',
    },
    {
      streamId: `pair-${randomUUID()}`,
      personId: null,
      type: 'RecordsLinked',
      data: { personIds: [personId, other], basis: 'reviewer' },
      recordedAt: '2026-04-01T00:00:00.000Z',
    },
  );
const read = async (knownOn?: string) => {
  await timeline.runner.waitFor((await log.store.head()).position, 5000);
  const text = await timeline.service.timeline({ personId, reader: DEVELOPMENT_READER, ...(knownOn && { knownOn }) });
  return JSON.parse(String(text)) as TimelineView;
};

test('the view of a day is made of what the log held at its end, under the links of today', async () => {
  await record();
  expect(drawn(await read())).toEqual(['stay solid 2026-03-01 16:00 – 2026-03-03 16:00', 'contact solid 2026-03-09 – known']);
  expect(drawn(await read('2026-03-05'))).toEqual(['stay solid 2026-03-01 16:00 – ongoing']);
  expect(drawn(await read('2026-03-08'))).toEqual(['stay solid 2026-03-01 16:00 – 2026-03-03 16:00']);
  const then = await read('2026-03-09');
  expect(then.gaps.map(({ state }) => state)).toEqual(['running']);
  expect((await read()).gaps.map(({ state, days }) => [state, days])).toEqual([['met', 6]]);
  expect(then.lanes.map(({ id, freshTo }) => [id, freshTo])).toContainEqual(['hospital', '2026-03-08T15:00:00.000Z']);
});

test('every reading was put on record, with the records that it told of', () => {
  expect(readings.at(-1)).toMatchObject({ what: 'timeline', purpose: 'care', personIds: [personId, other] });
});

test('no row holds what was sealed, but for the columns declared personal', async () => {
  const dump = await tableDump(pool, TIMELINE, 'timeline');
  expect(JSON.stringify(dump)).not.toMatch(/sealed/);
  expect(JSON.stringify({ ...dump, person: [] })).not.toMatch(/Rosa/);
  expect(personalColumns(TIMELINE, 'timeline').map(({ column }) => column)).toEqual([
    'timeline.person.state',
    'timeline.person.name',
    'timeline.person.born',
  ]);
});

test('a rebuild of the timeline equals the live one byte for byte, whatever the page size', async () => {
  const live = await tableDump(pool, TIMELINE, 'timeline');
  for (const pageSize of [1, 2, 1000]) {
    const schema = `again_${pageSize}`;
    const source = dataSourceOf(database.url, schema, [], MIGRATIONS);
    await migrate(source);
    await source.destroy();
    const runner = new ProjectionRunner({ ...log, pool, projection: TIMELINE, schema, pageSize });
    runner.start();
    expect(await runner.waitFor((await log.store.head()).position, 5000)).toBe(true);
    await runner.stop();
    expect(await tableDump(pool, TIMELINE, schema)).toEqual(live);
  }
});
