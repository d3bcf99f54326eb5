import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { freshDatabase, type FreshDatabase } from '#embedded-postgres/testing';
import { compose, type ComposeOptions, type Composition } from './compose.js';

/** Stands between the service and its database, so that the database can go away. */
class Gate {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;
  constructor(private readonly behind: URL) {}

  async open(): Promise<string> {
    this.server = createServer((near) => {
      const far = connect(Number(this.behind.port), this.behind.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((listening) => this.server!.listen(this.port, '127.0.0.1', listening));
    this.port = (this.server.address() as AddressInfo).port;
    const url = new URL(this.behind);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await new Promise((closed) => this.server?.close(closed));
  }
}

let log: FreshDatabase;
let keys: FreshDatabase;
let gate: Gate;
let options: ComposeOptions;
let service: Composition;
beforeAll(async () => {
  [log, keys] = await Promise.all([freshDatabase('composed'), freshDatabase('composed_keys')]);
  gate = new Gate(new URL(log.url));
  const secrets = { master: randomBytes(32), identifier: randomBytes(32), seal: randomBytes(32) };
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-'));
  options = { databaseUrl: await gate.open(), keysUrl: keys.url, secrets, dataDir, appendPatienceMs: 500 };
  service = await compose(options);
  await service.app.listen(0, '127.0.0.1');
}, 30_000);
afterAll(async () => {
  await service.stop();
  await gate.close();
  await Promise.all([log.drop(), keys.drop(), rm(options.dataDir, { recursive: true })]);
});

const who = { person: { identifier: { authority: 'st-marys', type: 'MR', value: '1' } } };
const contact = {
  ...who,
  occurred: { start: '2026-03-04' },
  method: 'in-person',
  setting: 'home',
  initiatedBy: 'peer-supporter',
};
const post = (body: object | string, key = 'k') =>
  request(service.app.getHttpServer())
    .post('/commands/peer-support/report-peer-contact')
    .set({ 'Content-Type': 'application/json', 'Idempotency-Key': key })
    .send(body);
const position = async () => (await service.store.head()).position;

let before = 0;
test('a contact is taken', async () => {
  const { status, body } = await post(contact);
  expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
  before = await position();
});
test.each<[string, object | string, number]>([
  ['malformed JSON', '{"occurred"', 400],
  ['wrong types', { ...contact, minutes: 'ten' }, 400],
  ['a note of 5 MB', { ...contact, note: 'x'.repeat(5_000_000) }, 413],
  ['a note longer than a note may be', { ...contact, note: 'x'.repeat(500_000) }, 400],
  ['a NUL character', { ...contact, note: 'a\u0000' }, 400],
  ['half of a character', { ...contact, note: 'a\ud83d' }, 400],
  ['another body under a used key', { ...contact, setting: 'shelter' }, 409],
  ['a date to come', { ...contact, occurred: { start: '2999-01-01' } }, 400],
  ['a day that does not exist', { ...contact, occurred: { start: '2026-02-30' } }, 400],
  ['nobody it is about', { ...contact, person: undefined }, 400],
  ['a person nobody knows', { ...contact, person: { personId: '11111111-1111-4111-8111-111111111111' } }, 404],
])('%s records nothing, and is told how to mend', async (_, body, status) => {
  const answer = await post(body, status === 409 ? 'k' : randomUUID());
  expect([answer.status, answer.type]).toEqual([status, 'application/problem+json']);
  expect(answer.body.remedy ?? answer.body.detail).toEqual(expect.any(String));
  expect(await position()).toBe(before);
});

test('a database that goes away is told as such, and nothing is lost or doubled when it is back', async () => {
  const ready = () => request(service.app.getHttpServer()).get('/health/ready');
  expect((await ready()).status).toBe(200);
  await gate.close();
  const away = await post({ ...contact, occurred: { start: '2026-03-03' } }, 'while-away');
  expect([away.status, away.body.code, away.headers['retry-after']]).toEqual([503, 'log-unavailable', '5']);
  expect((await ready()).status).toBe(503);
  await gate.open();
  const again = await post({ ...contact, occurred: { start: '2026-03-03' } }, 'while-away');
  expect([again.status, await position()]).toEqual([201, before + 1]);
  expect((await ready()).status).toBe(200);
}, 30_000);

test('a wrong identifier key stops the start', async () => {
  const wrong = { ...options, secrets: { ...options.secrets, identifier: randomBytes(32) } };
  await expect(compose(wrong)).rejects.toThrow(/key/i);
});
