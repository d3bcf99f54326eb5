import { connected, following, newStream, postgresLog, request } from '#event-store/testing';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leases } from './leases.js';
import { SealKey } from './seal.js';
import { SealFile } from './seal.file.js';
import { Sealer } from './sealer.js';
import { verify, type VerifyOptions } from './verify.js';

jest.setTimeout(30_000);

let log: Awaited<ReturnType<typeof postgresLog>>;
let folder: string;
let options: VerifyOptions & { readonly file: SealFile };

beforeEach(async () => {
  log = await postgresLog();
  folder = await mkdtemp(join(tmpdir(), 'seals-'));
  options = { store: log.store, key: new SealKey(randomBytes(32)), file: new SealFile(join(folder, 'deep', 'seals.jsonl')) };
});
afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

/** Ten events in one stream, five under each of two seals. */
const sealed = async () => {
  const sealer = new Sealer(options);
  let said = request({ streamId: newStream(), count: 1 });
  for (let i = 1; i <= 10; i += 1, said = following(said)) {
    await log.store.append(said);
    if (i % 5 === 0) await sealer.seal();
  }
  await sealer.stop();
};
const tamper = (sql: string) =>
  connected(log.url, (client) =>
    client.query(`begin; alter table log.events disable trigger immutable; alter table log.seals disable trigger immutable;
    ${sql}; alter table log.events enable trigger immutable; alter table log.seals enable trigger immutable; commit`),
  );

test('a log that nobody touched fits, and tells how far', async () => {
  await sealed();
  await log.store.append(request());
  const told: number[] = [];
  expect(await verify({ ...options, onProgress: ({ position, target }) => told.push(position, target) })).toEqual({
    verified: 11,
    sealedTo: 10,
  });
  expect(told).toEqual([5, 11, 10, 11, 11, 11]);
  expect(await verify({ ...options, from: 7, to: 8 })).toEqual({ verified: 10, sealedTo: 10 });
});

test('an empty log fits', async () => {
  await new Sealer(options).seal();
  expect(await verify(options)).toEqual({ verified: 0, sealedTo: 0 });
});

test.each<[string, string, object]>([
  ['a changed byte of a body', `update log.events set body = replace(body, '7', '8') where position = 4`, { position: 4 }],
  [
    'a changed byte of a sealed part',
    `update log.events set sealed = set_byte(sealed, 3, get_byte(sealed, 3) # 1) where position = 7`,
    { position: 7 },
  ],
  ['another person', `update log.events set person_id = gen_random_uuid() where position = 2`, { position: 2 }],
  ['a swapped pair', `update log.events set position = position + 100 where position in (7, 8);
     update log.events set position = case position when 107 then 8 else 7 end where position > 100`, { reason: expect.stringMatching(/moved|before the one before/) }], // prettier-ignore
  ['a removed newest event', `delete from log.events where position = 10`, { position: 10 }],
  [
    'a removed newest event and its seal',
    `delete from log.events where position = 10; delete from log.seals where to_position = 10`,
    { position: 10 },
  ],
  ['a removed event in the middle', `delete from log.events where position = 3`, { position: 3 }],
  [
    'a changed recordedAt',
    `update log.events set recorded_at = recorded_at + interval '1 ms' where position = 10`,
    { position: 6, upTo: 10 },
  ],
  [
    'a recordedAt that goes back',
    `update log.events set recorded_at = recorded_at - interval '1 day' where position = 9`,
    { position: 9 },
  ],
  ['a forged seal', `update log.seals set root = sha256('x') where to_position = 10`, { position: 6, upTo: 10 }],
  ['a removed first seal', `delete from log.seals where to_position = 5`, { position: 1 }],
])('%s is found', async (_, sql, misfit) => {
  await sealed();
  await tamper(sql);
  expect((await verify(options)).misfit).toMatchObject(misfit);
});

test('a copy outside the database that lacks a seal, or has another one, is found', async () => {
  await sealed();
  const lines = (await readFile(options.file.path, 'utf8')).trim().split('\n');
  await writeFile(options.file.path, lines[0]!);
  expect((await verify(options)).misfit).toMatchObject({ position: 6, upTo: 10, reason: expect.stringMatching('file') });
  await writeFile(options.file.path, lines.join('\n').replace('"signature":"', '"signature":"00'));
  expect((await verify(options)).misfit).toMatchObject({ position: 1, upTo: 5 });
});

test('seals of another key are found', async () => {
  await sealed();
  expect((await verify({ ...options, key: new SealKey(randomBytes(32)) })).misfit).toMatchObject({
    position: 1,
    reason: expect.stringMatching('signed'),
  });
});

test('a seal that a crash kept from the file, or half wrote, is added with the next', async () => {
  await sealed();
  const text = await readFile(options.file.path, 'utf8');
  await writeFile(options.file.path, text.slice(0, -20));
  await log.store.append(request());
  await new Sealer(options).seal();
  expect(await verify(options)).toEqual({ verified: 11, sealedTo: 11 });
});

test('of two sealers one seals, and the other when the first has stopped', async () => {
  const [one, other] = [new Sealer(options), new Sealer(options)];
  await log.store.append(request());
  expect([await one.seal(), await other.seal()]).toEqual([true, false]);
  await one.stop();
  expect(await other.seal()).toBe(true);
});

test('a running sealer seals what comes by itself', async () => {
  const sealer = new Sealer({ ...options, everyMs: 10 });
  sealer.start();
  await log.store.append(request());
  for (let i = 0; i < 1000 && (await options.file.seals()).length === 0; i += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await sealer.stop();
  expect((await verify(options)).sealedTo).toBe(1);
});

test('a lease that ran out goes to the next, and whoever held it cannot renew it', async () => {
  const { take, renew, release } = leases(log.store.pool);
  const first = await take('work', 'one', 5_000);
  expect(await take('work', 'other', 5_000)).toBeUndefined();
  expect(await renew(first!, 1)).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = await take('work', 'other', 5_000);
  expect(second!.token).toBeGreaterThan(first!.token);
  expect(await renew(first!, 5_000)).toBe(false);
  await release(first!);
  expect(await renew(second!, 5_000)).toBe(true);
  await release(second!);
  expect((await take('work', 'third', 5_000))!.token).toBeGreaterThan(second!.token);
});
