import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Access, DEVELOPMENT_READER } from '#access';
import { LABELS, pairInOrder, type Label } from '#kernel';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { openPool, type Pool } from '#read-store';
import { testLog } from '#read-store/testing';
import { FACILITY } from './consumer.spec-kit.js';
import { openTimeline, SCHEMA, type Timeline } from './timeline.module.js';
import { TimelineReads } from './timeline.reads.js';
import { TimelineService } from './timeline.service.js';

const log = testLog();
let now = Date.parse('2026-03-01T12:00:00.000Z');
let permitted: readonly Label[] = LABELS;
let database: FreshDatabase;
let pool: Pool;
let timeline: Timeline;
let fresh: TimelineService;
let wholly = 0;
const onRecord: string[] = [];

beforeAll(async () => {
  database = await freshDatabase('kept');
  pool = openPool(database.url);
  const trail = { record: async () => void onRecord.push('read') };
  const access = new Access(trail, () => permitted);
  const parts = { store: log.store, access, zone: 'America/Detroit', now: () => now };
  timeline = await openTimeline({ ...parts, databaseUrl: database.url, keys: log.keys });
  const reads = new TimelineReads(pool, SCHEMA);
  fresh = new TimelineService({ ...parts, reads, openPage: log.openPage, keeps: 0 });
  const of = TimelineReads.prototype.of;
  TimelineReads.prototype.of = function (...args) {
    if (this !== reads) wholly += 1;
    return of.apply(this, args);
  };
  timeline.runner.start();
}, 30_000);
afterAll(async () => {
  await timeline.close();
  await pool.end();
  await database.drop();
});

const persons = Array.from({ length: 3 }, () => randomUUID());
/** The kept answer and the fresh one of each person, at one moment. */
const answers = async () => {
  await timeline.runner.waitFor((await log.store.head()).position, 5000);
  const ask = (service: TimelineService) =>
    Promise.all(persons.map(async (personId) => String(await service.timeline({ personId, reader: DEVELOPMENT_READER }))));
  return { kept: await ask(timeline.service), fresh: await ask(fresh) };
};
const same = async () => {
  const { kept, fresh: expected } = await answers();
  expect(kept).toEqual(expected);
  return kept;
};

/** Numbers that look random and are the same in every run. */
let seed = 7;
const below = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
const day = () => new Date(now - below(3 * 86_400_000)).toISOString().slice(0, 16);

interface Stream {
  readonly streamId: string;
  readonly personId: string;
  readonly last: string;
}
const streams: Stream[] = [];
const tell = async ([streamId, personId]: readonly [string, string], type: string, data: object, more: object = {}) => {
  const [last] = await log.tell({ streamId, personId, type, data, recordedAt: new Date(now).toISOString(), ...more });
  streams.push({ streamId, personId, last: last as string });
};
const pair = async (type: string, data: object) => {
  const personIds = pairInOrder(persons[0] as string, one(persons.slice(1)));
  await log.tell({ streamId: `pair-${personIds.join('-')}`, personId: null, type, data: { personIds, ...data } });
};

const HAPPENINGS: Readonly<Record<string, () => Promise<unknown>>> = {
  contact: () =>
    tell([`contact-${randomUUID()}`, one(persons)], 'PeerContactMade', { method: 'phone', setting: 'home' }, { at: day(), system: one(['a', 'b']) }),
  admission: () =>
    tell([`visit-${randomUUID()}`, one(persons)], 'HospitalAdmitted', { facilityId: FACILITY, levelOfCare: 'unknown' }, { at: day() }),
  leaving: async () => {
    const visit = one(streams.filter(({ streamId }) => streamId.startsWith('visit')));
    if (visit) await tell([visit.streamId, visit.personId], 'VisitEnded', { disposition: 'home' }, { at: day() });
  },
  withdrawal: async () => {
    const of = one(streams);
    if (of) await tell([of.streamId, of.personId], 'FactWithdrawn', { reason: 'entered-in-error' }, { supersedes: { eventId: of.last } });
  },
  link: () => pair('RecordsLinked', { basis: 'reviewer' }),
  unlink: () => pair('RecordsUnlinked', { reason: 'not-the-same-person' }),
  place: () => log.tell({ streamId: `facility-${FACILITY}`, personId: null, type: 'FacilityRegistered', data: { name: `St. ${below(9)}` } }),
  stranger: () => log.tell({ streamId: `contact-${randomUUID()}`, personId: randomUUID(), type: 'PeerContactMade', data: { method: 'phone', setting: 'home' }, at: day() }),
  time: async () => void (now += below(2 * 86_400_000)),
  permission: async () => void (permitted = below(2) ? LABELS : LABELS.filter((label) => label !== one(LABELS))),
  nothing: async () => undefined,
}; // prettier-ignore

test('whatever happens between two readings, a kept view is what would be composed now, byte for byte', async () => {
  for (const personId of persons) {
    await log.tell({ streamId: `person-${personId}`, personId, type: 'PersonRegistered', data: { identityLevel: 'named', names: [{ use: 'usual', given: `Rosa-${personId}` }] } }); // prettier-ignore
  }
  let turned = 0;
  for (let i = 0; i < 150; i++) {
    await HAPPENINGS[one(Object.keys(HAPPENINGS))]?.();
    const seen = await same();
    await HAPPENINGS['time']?.();
    if ((await same()).some((text, i) => text !== seen[i])) turned += 1;
  }
  expect(turned).toBeGreaterThan(3);
}, 120_000);

test('where nothing has changed of a consumer, nothing is composed again, and the reading is on record all the same', async () => {
  permitted = LABELS;
  await same();
  const [before, read] = [wholly, onRecord.length];
  const [first] = await same();
  await HAPPENINGS['stranger']?.();
  const [second] = await same();
  expect(wholly).toBe(before);
  expect(onRecord.length - read).toBe(12);
  expect(JSON.parse(second as string)).toMatchObject({ knownOn: { at: null, position: (await log.store.head()).position } });
  expect(second).not.toBe(first);
});

test('an un-link parts a view that was kept, and an erasure leaves nothing of it', async () => {
  const [rosa = '', ...others] = persons;
  const each = async (type: string, data: object) => {
    for (const other of others) {
      const personIds = pairInOrder(rosa, other);
      await log.tell({ streamId: `pair-${personIds.join('-')}`, personId: null, type, data: { personIds, ...data } });
    }
  };
  const seen = () => others.filter((other) => text.includes(other)).length;
  let text = '';
  await each('RecordsLinked', { basis: 'reviewer' });
  [text = ''] = await same();
  expect(seen()).toBe(2);
  await each('RecordsUnlinked', { reason: 'not-the-same-person' });
  [text = ''] = await same();
  expect(seen()).toBe(0);
  expect(text).toContain(`Rosa-${rosa}`);
  await log.tell({ streamId: `person-${rosa}`, personId: rosa, type: 'PersonErased', data: {} });
  [text = ''] = await same();
  expect(JSON.parse(text)).toMatchObject({ erased: true, name: null, steps: [] });
  expect(text).not.toContain('Rosa');
});
