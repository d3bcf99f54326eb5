import { beforeEach, expect, test } from '@jest/globals';
import { Module } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { IsInt, IsOptional } from 'class-validator';
import { DatedReport, IsInstant, Report, type Answer, type Dispatch } from '#contracts';
import { IdentifierSuppressed, type Identifiers } from '#identifiers';
import { decider } from '#kernel';
import { CommandDoor, type Entry } from './command-door.js';
import { provideDecider } from './decider.provider.js';
import type { FieldError, Problem } from './problem.js';
import { CommandRegistry } from './registry.js';

class ReportSighting extends DatedReport {
  @IsOptional() @IsInt() count?: number;
  @IsOptional() @IsInstant() receivedAt?: string;
}
class JoinSightings extends Report {
  @IsInt() first!: number;
}
const { when, build } = decider<object, never>();
const spec = { initial: {}, evolve: {} as never };
const sighting = build({ ...spec, category: 'sighting', cases: [when(ReportSighting, () => [])] });
const pair = build({
  ...spec,
  category: 'pair',
  personless: true,
  subjectOf: (command) => [String((command as JoinSightings).first)],
  cases: [when(JoinSightings, () => [])],
});
@Module({ providers: [...provideDecider(sighting), ...provideDecider(pair)] })
class SightingsModule {}

const PERSON = '11111111-1111-4111-8111-111111111111';
const NOW = Date.parse('2026-03-05T12:00:00.000Z');
const seen = { person: { personId: PERSON }, occurred: { start: '2026-03-04' } };
const hospital = { system: 'hospital:st-marys' };
const entry: Entry = { idempotencyKey: 'k1', scope: 'test', enteredBy: 'tester' };

let taken: Report[];
let door: CommandDoor;
beforeEach(() => {
  taken = [];
  const ids = new Map<string, string>();
  const reserve = async (tag: string) => {
    if (tag.endsWith('erased')) throw new IdentifierSuppressed();
    if (!ids.has(tag)) ids.set(tag, crypto.randomUUID());
    return ids.get(tag)!;
  };
  const answer: Answer = { status: 'recorded', position: 1, streamId: '', personId: null, events: [] };
  const bus = { execute: (report: Report) => (taken.push(report), Promise.resolve(answer)) };
  door = new CommandDoor({
    bus: bus as unknown as CommandBus,
    registry: new CommandRegistry({ sightings: SightingsModule }),
    identifiers: { tag: (...parts) => parts.join('|'), reserve } as Partial<Identifiers> as Identifiers,
    known: { person: (id) => Promise.resolve(id === PERSON), stream: () => Promise.resolve(undefined) },
    zone: 'America/Detroit',
    now: () => NOW,
  });
});
const via = (at = 0) => taken[at]!.via as Dispatch;
const refusal = async (body: unknown, more: Partial<Entry> = {}) => {
  const problem = await door.accept(ReportSighting, body, { ...entry, ...more }).catch((thrown: Problem) => thrown.details);
  expect(taken).toEqual([]);
  return problem as Problem['details'];
};
const wrong = async (body: unknown): Promise<readonly FieldError[]> => (await refusal(body)).errors ?? [];

test('a typed report is completed with its precision, its zone and the moment of entry', async () => {
  await door.accept(ReportSighting, seen, entry);
  expect(taken[0]).toMatchObject({
    occurred: { start: '2026-03-04', precision: 'day', zone: 'America/Detroit', basis: 'entered' },
    assertedAt: '2026-03-05T12:00:00.000Z',
    via: { personId: PERSON, streamId: expect.stringMatching(/^sighting-/), enteredBy: 'tester' },
  });
});
test('a report of a source that does not tell when it said so stays without that clock', async () => {
  await door.accept(ReportSighting, { ...seen, source: hospital }, entry);
  expect(taken[0]?.assertedAt).toBeNull();
});
test('a report that asks when it was received is told by the door, whatever its sender says', async () => {
  await door.accept(ReportSighting, { ...seen, source: hospital, receivedAt: '1999-01-01T00:00:00.000Z' }, entry);
  expect(taken[0]).toMatchObject({ receivedAt: '2026-03-05T12:00:00.000Z', assertedAt: null });
});
test('the same key leads to the same new stream, another key to another', async () => {
  await door.accept(ReportSighting, seen, entry);
  await door.accept(ReportSighting, seen, entry);
  await door.accept(ReportSighting, seen, { ...entry, idempotencyKey: 'k2' });
  expect(via(1)).toEqual(via(0));
  expect(via(2).streamId).not.toBe(via(0).streamId);
});
test("a source's own record leads to one stream and one person, whoever speaks of it", async () => {
  const body = {
    ...seen,
    person: { identifier: { authority: 'st-marys', type: 'MR', value: '7' } },
    subject: { record: { authority: 'st-marys', type: 'VN', value: '9' } },
  };
  await door.accept(ReportSighting, body, entry);
  await door.accept(ReportSighting, body, { ...entry, scope: 'another', idempotencyKey: 'k9' });
  expect([via(1).streamId, via(1).personId]).toEqual([via(0).streamId, via(0).personId]);
});
test('what named neither is remembered by the tag of its request', async () => {
  await door.accept(ReportSighting, seen, entry);
  await door.accept(ReportSighting, { ...seen, subject: { record: { authority: 'a', type: 'VN', value: '9' } } }, entry);
  expect([via(0).reserved, via(1).reserved]).toEqual([{ stream: { tag: 'request|test|k1|1' } }, undefined]);
});
test('nothing is recorded of someone who was erased and is named again', async () => {
  const person = { identifier: { authority: 'st-marys', type: 'MR', value: 'erased' } };
  expect(await door.accept(ReportSighting, { ...seen, person }, entry)).toMatchObject({ code: 'person-erased', field: 'person' });
  expect(taken).toEqual([]);
});
test('a stream that follows from what it joins is the same for everyone, and about nobody', async () => {
  await door.accept(JoinSightings, { first: 1 }, entry);
  await door.accept(JoinSightings, { first: 1 }, { ...entry, idempotencyKey: 'k2' });
  await door.accept(JoinSightings, { first: 2 }, entry);
  expect(via(0)).toMatchObject({ personId: null, streamId: via(1).streamId });
  expect(via(2).streamId).not.toBe(via(0).streamId);
});
test('the order of members is not another body', async () => {
  await door.accept(ReportSighting, { count: 1, ...seen }, entry);
  await door.accept(ReportSighting, { ...seen, count: 1 }, entry);
  expect(via(1).request.body).toBe(via(0).request.body);
});
test('wrong fields are all named at once, by plain paths, with what to do', async () => {
  const errors = await wrong({
    ...seen,
    count: 'two',
    occured: {},
    occurred: { start: '2026-02-31' },
    performers: [{ role: 7 }],
  });
  expect(errors.map(({ field }) => field).sort()).toEqual(['count', 'occured', 'occurred.start', 'performers[0].role']);
  expect(errors.find(({ field }) => field === 'occured')?.remedy).toBe('Did you mean occurred?');
});
test('a report of what happened asks for its date', async () => {
  expect(await wrong({ person: seen.person })).toMatchObject([{ field: 'occurred', message: 'is missing' }]);
});
test('what the door sets cannot be sent', async () => {
  expect(await wrong({ ...seen, via: { streamId: 'x' } })).toMatchObject([{ field: 'via' }]);
});
test.each([
  ['a NUL character', 'a\u0000b'],
  ['half of a character', 'a\ud83d'],
])('%s is refused where it stands', async (_, raw) => {
  expect(await wrong({ ...seen, performers: [{ raw }] })).toMatchObject([{ field: 'performers[0].raw' }]);
});
test('a list is not taken for an object, nor an object for a list', async () => {
  expect(await wrong({ ...seen, person: [] })).toMatchObject([{ field: 'person', message: 'person must be one object' }]);
  expect(await wrong({ ...seen, performers: {} })).toMatchObject([{ field: 'performers', message: 'performers must be a list' }]);
});
test.each([['text'], [null], [[]], [7]])('a body that is no object is refused: %j', async (body) => {
  expect(await refusal(body)).toMatchObject({ status: 400 });
});
test('a body cannot reach for prototypes, or be endlessly deep', async () => {
  expect(await wrong(JSON.parse('{"__proto__": {"count": 1}}'))).toHaveLength(1);
  expect((await refusal(JSON.parse(`{"place": ${'['.repeat(5000)}${']'.repeat(5000)}}`))).status).toBe(400);
});
test.each([
  ['tomorrow', { start: '2026-03-06T12:00' }, 'occurred.start'],
  ['an end to come', { start: '2026-03-04', end: '2026-03-09' }, 'occurred.end'],
  ['an end before the start', { start: '2026-03-04', end: '2026-03-02' }, 'occurred.end'],
  ['a century ago and more', { start: '0202-03-05' }, 'occurred.start'],
])('%s, typed by a person, is refused with the remedy', async (_, occurred, field) => {
  expect(await wrong({ ...seen, occurred })).toMatchObject([{ field, remedy: expect.any(String) }]);
});
test("a future date in a source's report is kept as sent and marked", async () => {
  await door.accept(ReportSighting, { ...seen, source: hospital, occurred: { start: '2027-01-01' } }, entry);
  expect(taken[0]?.occurred).toMatchObject({ start: '2027-01-01', implausible: true });
});
test("a date that does not exist, in a source's report, keeps the part that does and the text as sent", async () => {
  await door.accept(ReportSighting, { ...seen, source: hospital, occurred: { start: '2026-02-31T10:00' } }, entry);
  expect(taken[0]?.occurred).toMatchObject({
    start: '2026-02',
    precision: 'month',
    asSent: '2026-02-31T10:00',
    implausible: true,
  });
});
test('today is not the future, at whatever hour it is typed', async () => {
  await door.accept(ReportSighting, { ...seen, occurred: { start: '2026-03-05' } }, entry);
  expect(taken[0]?.occurred).not.toHaveProperty('implausible');
});
test('a seeder is judged by the clock that it records under', async () => {
  const seeding = { seeder: 'demo', recordedAt: '2024-01-01T00:00:00.000Z' };
  expect(await refusal(seen, { seeding })).toMatchObject({ status: 400 });
});
test('a person nobody registered is unknown, and a missing one is asked for', async () => {
  expect(await refusal({ ...seen, person: { personId: '22222222-2222-4222-8222-222222222222' } })).toMatchObject({
    status: 404,
    code: 'person-unknown',
  });
  expect(await wrong({ ...seen, person: undefined })).toMatchObject([{ field: 'person' }]);
});
test('two names for one person are one too many', async () => {
  const person = { personId: PERSON, identifier: { authority: 'a', type: 'MR', value: '1' } };
  expect(await wrong({ ...seen, person })).toMatchObject([{ field: 'person' }]);
});
