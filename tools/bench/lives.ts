import { createHash, randomUUID } from 'node:crypto';
import { encode, specOf, type Unrecorded } from '#contracts';
import { hashOf, type AppendRequest, type EventStore, type NewEvent } from '#event-store';
import type { Label, Occurred } from '#kernel';
import { seal, type Keys, type StreamKey } from '#keys';

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

const newEvent = ([type, data, day]: Told, streamId: string, personId: string, key: StreamKey): NewEvent => {
  const event: Unrecorded = {
    id: randomUUID(),
    type,
    schemaVersion: specOf(type).version,
    streamId,
    personId,
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
  const { body, secret } = encode(event);
  const sealed =
    secret === null ? null : seal(secret, key, { eventId: event.id, personId, type, schemaVersion: event.schemaVersion });
  return { id: event.id, type, body, sealed, hash: hashOf({ id: event.id, type, body, sealed, streamId, personId }) };
};

const request = async ({ category, told }: Stream, personId: string, keys: Keys): Promise<AppendRequest> => {
  const streamId = category === 'person' ? `person-${personId}` : `${category}-${randomUUID()}`;
  const key = await keys.take();
  return { streamId, expected: -1, personId, events: told.map((one) => newEvent(one, streamId, personId, key)) };
};

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

/** Records lives until the log holds so many events; answers with the persons. */
export const recordLives = async (store: EventStore, keys: Keys, events: number): Promise<readonly string[]> => {
  const persons = Array.from({ length: Math.ceil(events / EVENTS_A_LIFE) }, () => randomUUID());
  const together = 16;
  for (let from = 0; from < persons.length; from += together) {
    await Promise.all(
      persons.slice(from, from + together).map(async (personId, i) => {
        for (const stream of life(from + i)) await store.append(await request(stream, personId, keys));
      }),
    );
  }
  return persons;
};
