import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { composed, type Composed } from './composed.js';

let service: Composed;
beforeAll(async () => {
  service = await composed();
}, 60_000);
afterAll(() => service.end());

/** The calls that a document shows: address, key and body. */
const shown = (document: string) =>
  [
    ...readFileSync(document, 'utf8').matchAll(
      /curl -X POST http:\/\/[^/]+\/commands\/(\S+)[\s\S]*?Idempotency-Key: ([\w-]+)'[\s\S]*?-d '([\s\S]*?)'\n```/g,
    ),
  ].map(([, command, key, body]) => ({ command: command!, key: key!, body: JSON.parse(body!) as object }));

test('the report that the how-to sends is recorded, and its repeat gets the same answer', async () => {
  const [call] = shown('docs/how-to/send-a-report.md');
  const first = await service.post(call!.command, call!.body, call!.key);
  expect([first.status, first.body.status]).toEqual([201, 'recorded']);
  const again = await service.post(call!.command, call!.body, call!.key);
  expect([again.status, again.body.position]).toEqual([200, first.body.position]);
  const { body } = await service.get(`/consumers/${first.body.personId}/timeline?after=${first.body.position}`).expect(200);
  expect(body.lanes.find(({ id }: { id: string }) => id === 'hospital').items).toHaveLength(1);
});

test('the erasure that the how-to sends erases the person', async () => {
  const [call] = shown('docs/how-to/operate.md');
  const registered = await service.post('people/report-person-details', { person: { identifier: { authority: 'a', type: 'MR', value: '1' } }, names: [{ use: 'usual', family: 'Erasable' }] }, 'register'); // prettier-ignore
  const erased = await service.post(call!.command, { ...call!.body, person: { personId: registered.body.personId } }, call!.key);
  expect([erased.status, erased.body.events[0].type]).toEqual([201, 'PersonErased']);
});
