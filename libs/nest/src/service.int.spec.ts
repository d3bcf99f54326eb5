import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Controller, Get, Inject, Module, Res } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Validator } from '@seriousme/openapi-schema-validator';
import { IsInt, IsOptional } from 'class-validator';
import type { Response } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { DatedReport, IsPlainText, Report, type Answer } from '#contracts';
import { LogUnavailable, RevisionConflict } from '#event-store';
import type { Identifiers } from '#identifiers';
import { decider, reject, type Rejection } from '#kernel';
import { Closing, createService, provideDecider, Readiness, stopService } from '#nest';

class ReportSighting extends DatedReport {
  @IsOptional() @IsInt() count?: number;
  @IsOptional() @IsPlainText(20_000) note?: string;
}
class WithdrawSighting extends Report {}
const { when, build } = decider<object, never>();
const sighting = build({
  category: 'sighting',
  initial: {},
  evolve: {} as never,
  cases: [when(ReportSighting, () => []), when(WithdrawSighting, () => [])],
});
@Module({ providers: [...provideDecider(sighting)] })
class SightingsModule {}

@Controller('views')
class ViewController {
  static opened = () => undefined as void;
  constructor(@Inject(Closing) private readonly closing: Closing) {}
  @Get('stream') stream(@Res() response: Response) {
    response.write('seen\n');
    this.closing.signal.addEventListener('abort', () => response.end('ended\n'));
    setTimeout(() => ViewController.opened(), 50);
  }
  @Get() view() {
    return { seen: true };
  }
}
@Module({ controllers: [ViewController] })
class ViewModule {}

const PERSON = '11111111-1111-4111-8111-111111111111';
const seen = { person: { personId: PERSON }, occurred: { start: '2026-03-04' } };
const recorded: Answer = { status: 'recorded', position: 7, streamId: 'sighting-1', personId: PERSON, events: [] };
let answer: () => Promise<Answer | Rejection>;
const lines: string[] = [];
const readiness = new Readiness();
let app: NestExpressApplication;

beforeAll(async () => {
  app = await createService({
    contexts: { sightings: SightingsModule },
    runner: { run: () => answer(), history: () => Promise.resolve([]) },
    identifiers: {
      tag: (...parts) => parts.join('|'),
      reserve: () => Promise.resolve(PERSON),
    } as Partial<Identifiers> as Identifiers,
    known: { person: () => Promise.resolve(true), stream: () => Promise.resolve(undefined) },
    positions: { cursorOf: (position) => `log.1.${position}`, reached: (position) => Promise.resolve(position <= 7) },
    sender: () => ({ scope: 'test', enteredBy: 'tester' }),
    readiness,
    zone: 'America/Detroit',
    now: () => Date.parse('2026-03-05T12:00:00.000Z'),
    modules: [ViewModule],
    api: [],
    log: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    loopbackOnly: true,
  });
  await app.listen(0, '127.0.0.1');
});
afterAll(() => stopService(app));

const ask = () => request(app.getHttpServer());
const post = (body: object | string, path = '/commands/sightings/report-sighting') => {
  answer = () => Promise.resolve(recorded);
  return ask().post(path).set('Content-Type', 'application/json').send(body);
};

test('a command is answered with where it stands, and its key', async () => {
  const { status, body, headers } = await post(seen).set('Idempotency-Key', 'k1');
  expect([status, body.cursor, headers['idempotency-key']]).toEqual([201, 'log.1.7', 'k1']);
});
test('a key is made where none was sent', async () => {
  expect((await post(seen)).headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
});
test('every wrong field is named with its path', async () => {
  const { status, body, type } = await post({ ...seen, count: 'two', occurred: { start: 'soon' } });
  expect([status, type]).toEqual([400, 'application/problem+json']);
  expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['count', 'occurred.start']);
});
test('malformed JSON is answered with its place', async () => {
  const { status, body } = await post('{"occurred": }');
  expect([status, body.code, body.at]).toEqual([400, 'malformed-json', { position: 13, line: 1, column: 14 }]);
});
test('an empty body is malformed', async () => expect((await post('')).body.code).toBe('malformed-json'));
test('an unknown command is answered with those that look like it', async () => {
  const { status, body } = await post(seen, '/commands/sightings/report-sightings');
  expect([status, body.code, body.near[0]]).toEqual([404, 'command-unknown', '/commands/sightings/report-sighting']);
});
test('a note of 5 MB is refused as too large, and the service goes on', async () => {
  const { status, body } = await post({ ...seen, note: 'x'.repeat(5_000_000) });
  expect([status, body.code]).toEqual([413, 'body-too-large']);
  expect(body.detail).toContain('1 MiB');
  expect((await post(seen)).status).toBe(201);
});
test.each([
  ['NUL', '\\u0000'],
  ['lone surrogate', '\\ud83d'],
])('a %s in a text is refused where it stands', async (_, escaped) => {
  const { status, body } = await post(`{"note": "a${escaped}b", "occurred": {"start": "2026-03-04"}}`);
  expect([status, body.errors[0].field]).toEqual([400, 'note']);
});
test('a body of another kind is refused', async () => {
  const { status, body } = await post('occurred=2026').set('Content-Type', 'application/x-www-form-urlencoded');
  expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
});
test.each([
  [409, reject('idempotency-key-reused', 'Used before.')],
  [404, reject('visit-unknown', 'No such visit.', 'subject.id')],
])('a refusal is answered %d', async (status, refused) => {
  answer = () => Promise.resolve(refused);
  const response = await ask().post('/commands/sightings/report-sighting').send(seen);
  expect([response.status, response.body.code, response.body.field]).toEqual([status, refused.code, refused.field]);
});
test.each([
  [503, new LogUnavailable('connection to 10.1.2.3 refused')],
  [503, Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  [409, new RevisionConflict('sighting-1', 1, 2)],
])('%d asks to come again', async (status, fault) => {
  answer = () => Promise.reject(fault);
  const response = await ask().post('/commands/sightings/report-sighting').send(seen);
  expect([response.status, Number(response.headers['retry-after']) > 0]).toEqual([status, true]);
  expect(response.text).not.toContain('10.1.2.3');
});
test('an unforeseen fault tells and logs nothing of what was sent', async () => {
  answer = () => Promise.reject(new Error('value "Alma" is bad'));
  const response = await ask()
    .post('/commands/sightings/report-sighting?name=Alma')
    .send({ ...seen, note: 'Alma' });
  expect([response.status, response.body.code]).toEqual([500, 'fault']);
  expect(lines.join('')).toContain('"route":"/commands/:context/:name"');
  expect(response.text + lines.join('')).not.toContain('Alma');
});
test('another method or address is answered with a problem', async () => {
  for (const path of ['/commands/sightings/report-sighting', '/nothing', '/']) {
    expect(await ask().get(path)).toMatchObject({ status: 404, type: 'application/problem+json' });
  }
});
test.each([
  ['7', 200],
  ['log.1.7', 200],
  ['8', 504],
  ['other.1.7', 409],
  ['soon', 400],
])('a read after %s is answered %d', async (after, status) => {
  expect((await ask().get('/views').query({ after })).status).toBe(status);
});
test('only names of this machine are answered', async () => {
  expect((await ask().get('/views').set('Host', 'evil.example')).status).toBe(421);
  expect((await ask().get('/views').set('Host', 'localhost:3000')).status).toBe(200);
});
test('browsers are told to load and share nothing', async () => {
  const { headers } = await ask().get('/views').set('Origin', 'https://evil.example');
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect(headers).not.toHaveProperty('x-powered-by');
});
test('the service is ready once nothing is awaited any more', async () => {
  const done = readiness.until('the demo is being loaded');
  expect(await ask().get('/health/ready')).toMatchObject({ status: 503, body: { reasons: ['the demo is being loaded'] } });
  expect((await ask().get('/health/live')).status).toBe(200);
  done();
  expect((await ask().get('/health/ready')).status).toBe(200);
});
test('the description is valid OpenAPI 3.1 and knows each command with its fields', async () => {
  const { body } = await ask().get('/openapi.json');
  expect(await new Validator().validate(body)).toEqual({ valid: true });
  expect(body.paths['/commands/sightings/report-sighting'].post.operationId).toBe('ReportSighting');
  expect(body.components.schemas.ReportSighting.required).toContain('occurred');
  expect(Object.keys(body.components.schemas.OccurredInput.properties)).toContain('zone');
  expect(JSON.stringify(body)).not.toContain('schemas/Object"');
});
test('the page of the description loads nothing from elsewhere', async () => {
  const { text, status } = await ask().get('/docs');
  expect(status).toBe(200);
  expect(text).not.toMatch(/(src|href)=['"]https?:/);
  expect((await ask().get('/docs/swagger-ui-init.js')).text).toContain('ReportSighting');
  expect((await ask().get('/docs/swagger-ui-bundle.js')).status).toBe(200);
});
test('a response that is held open is ended when the service stops, and nothing hangs', async () => {
  const held = ask()
    .get('/views/stream')
    .then(({ text }) => text);
  await new Promise((opened) => (ViewController.opened = opened as () => void));
  const start = performance.now();
  await stopService(app);
  expect(await held).toBe('seen\nended\n');
  expect(performance.now() - start).toBeLessThan(2000);
});
