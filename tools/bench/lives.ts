import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { encode, specOf, type Unrecorded } from '#contracts';
import { hashOf, migrateLog } from '#event-store';
import type { Label, Occurred } from '#kernel';
import { seal, type Keys, type StreamKey } from '#keys';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

type Told = readonly [type: string, data: object, day: number];
interface Stream {
  readonly category: string;
  readonly told: readonly Told[];
}

const FACILITIES = Array.from({ length: 6 }, () => randomUUID());
const NOTE = 'x'.repeat(180);
const START = Date.UTC(2021, 10, 22);
const dayOf = (day: number) => new Date(START + day * 86_400_000).toISOString().slice(0, 10);
const at = (day: number): Occurred => ({
  start: `${dayOf(day)}T14:30`,
  precision: 'minute',
  zone: 'America/Detroit',
  basis: 'PV1-44',
});

/** A visit as eight messages tell it. */
const visit = (day: number): Stream => {
  const facilityId = FACILITIES[day % FACILITIES.length];
  const diagnosis = { use: 'working', group: 'mental-health', code: 'F20.9', codeSystem: 'ICD-10-CM' };
  return {
    category: 'visit',
    told: [
      ['EdVisitStarted', { facilityId, arrivalMode: 'ambulance', visitNumber: `V${day}`, reason: NOTE }, day],
      [
        'HospitalAdmitted',
        { facilityId, levelOfCare: 'acute-psychiatric', levelOfCareBasis: 'unit', service: 'psychiatry', unit: 'B', bed: '12' },
        day,
      ],
      ['VisitDiagnosisRecorded', { ...diagnosis, rank: 1 }, day + 1],
      ['UnitTransferred', { unit: 'C', bed: '3', fromUnit: 'B', fromBed: '12' }, day + 2],
      ['DischargePlanned', { expectedOn: dayOf(day + 6), plannedDisposition: 'home' }, day + 4],
      ['VisitEnded', { disposition: 'home', destination: NOTE }, day + 6],
      ['DischargeCancelled', {}, day + 6],
      ['VisitEnded', { disposition: 'home', destination: NOTE }, day + 7],
    ],
  };
};
const contact = (day: number): Stream => ({
  category: 'contact',
  told: [
    [
      'PeerContactMade',
      { method: 'in-person', setting: 'home', minutes: 45, practices: ['shares-own-story', 'advocacy'], note: NOTE },
      day,
    ],
  ],
});
const registered = (n: number): Stream => ({
  category: 'person',
  told: [
    [
      'PersonRegistered',
      { identityLevel: 'named', names: [{ use: 'usual', given: `Given${n}`, family: `Family${n}` }], birthDate: '1984-03-05' },
      0,
    ],
  ],
});

/** One person's 50 events: three visits, 24 contacts, and who they are. */
const life = (n: number): readonly Stream[] => [
  registered(n),
  ...[100, 500, 900].map((day) => visit(day + (n % 200))),
  ...Array.from({ length: 25 }, (_, i) => contact(110 + (n % 200) + i * 30)),
];
export const EVENTS_A_LIFE = life(0).reduce((sum, { told }) => sum + told.length, 0);

const labelsOf = (type: string, data: object): readonly Label[] => {
  const { labels } = specOf(type);
  return typeof labels === 'function' ? labels(data as never) : labels;
};

interface Written {
  readonly type: string;
  readonly body: string;
  readonly secret: string | null;
}
const written = ([type, data, day]: Told): Written => {
  const event: Unrecorded = {
    id: '',
    type,
    schemaVersion: specOf(type).version,
    streamId: '',
    personId: null,
    occurred: at(day),
    assertedAt: `${dayOf(day)}T20:00:00.000Z`,
    asserted: { by: 'source-record', how: 'documented' },
    enteredBy: 'bench',
    organizationId: FACILITIES[day % FACILITIES.length] ?? null,
    source: { system: 'hospital:bench', message: `message ${day}`, record: `record ${day}` },
    request: { tag: randomUUID(), fingerprint: '' },
    labels: labelsOf(type, data),
    correlationId: randomUUID(),
    causationId: null,
    data,
  };
  return { type, ...encode(event) };
};

/** Written once: what differs from person to person is ids, keys and hashes. */
const VARIANTS = 200;
const variants = () =>
  Array.from({ length: VARIANTS }, (_, n) => life(n).map(({ category, told }) => ({ category, events: told.map(written) })));

interface Place {
  readonly streamId: string;
  readonly personId: string;
  readonly key: StreamKey;
}
/** One line of COPY, sealed and hashed as the application does it; position and revision stand before it. */
const lineOf = ({ type, body, secret }: Written, { streamId, personId, key }: Place): string => {
  const id = randomUUID();
  const blob = secret === null ? null : seal(secret, key, { eventId: id, personId, type, schemaVersion: specOf(type).version });
  const hash = hashOf({ id, type, body, sealed: blob, streamId, personId });
  const bytes = (buffer: Buffer | null) => (buffer ? `\\\\x${buffer.toString('hex')}` : '\\N');
  return [id, type, personId, body.replaceAll('\\', '\\\\'), bytes(blob), bytes(hash)].join('\t');
};

async function* lines(persons: readonly string[], keys: Keys) {
  const all = variants();
  let position = 0;
  for (const [n, personId] of persons.entries()) {
    let chunk = '';
    for (const { category, events } of all[n % VARIANTS] ?? []) {
      const streamId = category === 'person' ? `person-${personId}` : `${category}-${randomUUID()}`;
      const place = { streamId, personId, key: await keys.take() };
      for (const [revision, event] of events.entries())
        chunk += `${++position}\t${streamId}\t${revision}\t${lineOf(event, place)}\n`;
    }
    yield chunk;
  }
}

/** Keys that follow from their ids: as many as streams, and none of them held in memory. */
export const derivedKeys = (): Keys => {
  const keyOf = (id: string): StreamKey => ({ id, bytes: createHash('sha256').update(id).digest() });
  return {
    take: () => Promise.resolve(keyOf(randomUUID())),
    find: (ids) => Promise.resolve(new Map(Array.from(ids, (id) => [id, keyOf(id)] as const))),
    drop: () => Promise.resolve(),
    destroy: () => Promise.reject(new Error('a bench erases nothing')),
    close: () => Promise.resolve(),
  };
};

/** Fills an empty log with lives, until it holds so many events; answers with the persons. */
export const copyLives = async (url: string, keys: Keys, events: number): Promise<readonly string[]> => {
  const persons = Array.from({ length: Math.ceil(events / EVENTS_A_LIFE) }, () => randomUUID());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await migrateLog(client);
  const columns = 'position, stream_id, revision, id, type, person_id, body, sealed, hash';
  await client.query('alter table log.events alter recorded_at set default now()');
  await pipeline(Readable.from(lines(persons, keys)), client.query(copyFrom(`copy log.events (${columns}) from stdin`)));
  await client.query('vacuum analyze log.events');
  await client.end();
  return persons;
};
