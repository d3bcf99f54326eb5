import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answer } from '#contracts';
import { composed, type Composed } from './composed.js';

let service: Composed;
beforeAll(async () => void (service = await composed()), 30_000);
afterAll(() => service.end());

const source = { system: 'hospital:st-marys' };
const facilityId = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const known = (value: string) => ({ identifier: { authority: 'st-marys', type: 'MR', value } });
const post = async (command: string, body: object): Promise<Answer & { readonly code?: string }> =>
  (await service.post(command, body)).body as Answer;
const person = async (value: string) => {
  const names = [{ use: 'usual', given: 'Rosa', family: `Known as ${value}` }];
  return (await post('people/report-person-details', { person: known(value), source, names })).personId as string;
};
const say = (command: string, a: string, b: string, more: object) => post(`people/${command}`, { personIds: [a, b], ...more });
const link = (a: string, b: string) => say('link-records', a, b, { basis: 'reviewer' });

let visits = 0;
/** A visit that is told of as one person's, then as another's: whose the second message became, or why it was refused. */
const visitOf = async (first: string, then: string): Promise<string | null> => {
  const subject = { record: { authority: 'st-marys', type: 'VN', value: `V-${++visits}` } };
  const occurred = (day: number) => ({ start: `2026-03-0${day}T16:00` });
  const told = { source, subject };
  const opened = await post('hospital/report-admission', { ...told, person: known(first), occurred: occurred(1), facilityId, levelOfCare: 'acute-psychiatric' }); // prettier-ignore
  const ended = await post('hospital/report-visit-end', {
    ...told,
    person: known(then),
    occurred: occurred(4),
    disposition: 'home',
  });
  if (ended.code === undefined) expect(ended.streamId).toBe(opened.streamId);
  return ended.code ?? ended.personId;
};

test("a message that names another record of the same consumer, linked through a third, is recorded as the visit's own person's", async () => {
  const [a, b, c] = [await person('1'), await person('2'), await person('3')];
  expect(await visitOf('1', '3')).toBe('visit-of-another-person');
  await link(a, b);
  await link(b, c);
  expect(await visitOf('1', '3')).toBe(a);
  expect(await visitOf('3', '1')).toBe(c);
});
test('after an un-link the next message that names the other is not hers', async () => {
  const [a, b] = [await person('1'), await person('2')];
  await say('unlink-records', a, b, { reason: 'not-the-same-person' });
  expect(await visitOf('1', '3')).toBe('visit-of-another-person');
  expect(await visitOf('2', '3')).toBe(b);
});
test('a link that would join two who were declared different has no effect', async () => {
  const [a, b, c] = [await person('4'), await person('5'), await person('6')];
  await say('declare-records-different', a, c, { reason: 'twins' });
  await link(a, b);
  await link(b, c);
  expect(await visitOf('4', '5')).toBe(a);
  expect(await visitOf('4', '6')).toBe('visit-of-another-person');
  expect(await visitOf('5', '6')).toBe('visit-of-another-person');
});
