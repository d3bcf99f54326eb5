import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TimelineView } from '#contracts';
import { composed, type Composed } from './composed.js';

let service: Composed;
beforeAll(async () => void (service = await composed()), 60_000);
afterAll(() => service.end());

const person = { identifier: { authority: 'st-marys', type: 'MR', value: '4711' } };
const source = { system: 'hospital:st-marys' };
const sex = (mapped: string) => ({ code: mapped[0]!.toUpperCase(), system: 'HL70001', mapped });
const described = (given: string, born: string, mapped: string, assertedAt: string) => ({
  person, source, assertedAt, names: [{ use: 'usual', given, family: 'Ames' }], birthDate: born, sex: sex(mapped),
}); // prettier-ignore

test('a record of which name, birth date and sex change at once waits for a reviewer, and says so on the timeline', async () => {
  const first = await service.post(
    'people/report-person-details',
    described('Walter', '1961-07-08', 'male', '2026-03-01T10:00:00.000Z'),
  );
  const { personId } = first.body as { personId: string };
  const view = async (after: number) =>
    (await service.get(`/consumers/${personId}/timeline?after=${after}`)).body as TimelineView;
  expect((await view(first.body.position)).records[0]?.underReviewSince).toBeUndefined();

  const second = await service.post(
    'people/report-person-details',
    described('Inga', '1990-01-30', 'female', '2026-03-02T10:00:00.000Z'),
  );
  const suspected = second.body.events.find(({ type }: { type: string }) => type === 'IdentityOverlaySuspected') as {
    id: string;
  };
  expect((await view(second.body.position)).records[0]?.underReviewSince).toEqual(expect.any(String));

  const judged = await service.post('people/resolve-identity-overlay', {
    person,
    suspectedEventId: suspected.id,
    resolution: 'same-person',
  });
  expect(judged.status).toBe(201);
  expect((await view(judged.body.position)).records[0]?.underReviewSince).toBeUndefined();
});
