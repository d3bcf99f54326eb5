import { setTimeout as passing } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, TimelineView, WhyView } from '#contracts';
import { composed, type Composed } from './composed.js';

let service: Composed;
beforeAll(async () => void (service = await composed()), 30_000);
afterAll(() => service.end());

type Told = Answer & { readonly cursor: string };
let cursor = '';
const post = async (command: string, body: object, key?: string): Promise<Told> => {
  const { body: answer, status } = await service.post(command, body, key);
  expect([status, answer]).toEqual([expect.any(Number), expect.objectContaining({ cursor: expect.any(String) })]);
  ({ cursor } = answer as Told);
  return answer as Told;
};
const get = async <T>(address: string): Promise<T> => {
  const { body, status } = await service.get(`${address}${address.includes('?') ? '&' : '?'}after=${cursor}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body as T;
};
/** An instant that lies between what was recorded before and what will be. */
const meanwhile = async (): Promise<string> => {
  await passing(5);
  const now = new Date().toISOString();
  await passing(5);
  return now;
};

const KINDS = [
  {
    move: 'hospital/move-visit',
    facts: [
      ['hospital/report-admission', { source: { system: 'hospital:st-marys' }, facilityId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001', levelOfCare: 'acute-psychiatric', occurred: { start: '2026-03-01T16:00' }, assertedAt: '2026-03-01T21:05:00.000Z', visitNumber: 'canary-visit' }],
      ['hospital/report-visit-end', { source: { system: 'hospital:st-marys' }, occurred: { start: '2026-03-06T16:00' }, disposition: 'home', assertedAt: '2026-03-06T21:05:00.000Z' }],
    ],
    title: 'Psychiatric stay',
  },
  {
    move: 'peer-support/move-contact',
    facts: [
      ['peer-support/report-peer-contact', { occurred: { start: '2026-03-08T10:00' }, method: 'in-person', setting: 'home', note: 'canary-note', initiatedBy: 'peer-supporter' }],
    ],
    title: 'Contact with a peer, in person',
  },
] as const; // prettier-ignore

describe.each(KINDS)('by $move', ({ move, facts, title }) => {
  const record = { authority: 'st-marys', type: 'VN', value: title };
  const persons: Record<string, string> = {};
  const moments: Record<string, string> = {};
  let old: Told;
  const titlesOf = async (who: string, knownOn = '') => {
    const view = await get<TimelineView>(`/consumers/${persons[who]}/timeline${knownOn && `?knownOn=${knownOn}`}`);
    return view.lanes.flatMap(({ items }) => items.map((item) => item.title));
  };
  const steps = async (who: string) => (await get<TimelineView>(`/consumers/${persons[who]}/timeline`)).steps;

  beforeAll(async () => {
    for (const who of ['WRONG', 'RIGHT']) {
      const person = { identifier: { authority: 'st-marys', type: 'MR', value: `${who}-${title}` } };
      const names = [{ use: 'usual', given: who, family: 'Moved' }];
      persons[who] = (await post('people/report-person-details', { person, source: { system: 'hospital:st-marys' }, names })).personId!; // prettier-ignore
    }
    moments['before'] = await meanwhile();
    for (const [command, body] of facts) {
      const told = await post(command, { person: { personId: persons['WRONG'] }, subject: { record }, ...body });
      old ??= told;
    }
    moments['mistaken'] = await meanwhile();
  });

  test('what was of another person stands with the right one, at every moment since it was first recorded', async () => {
    expect([await titlesOf('WRONG'), await titlesOf('RIGHT')]).toEqual([[title], []]);
    const id = old.streamId.slice(old.streamId.indexOf('-') + 1);
    const moved = await post(move, { subject: { id }, person: { personId: persons['RIGHT'] } }, `move-${old.streamId}`);
    expect(moved).toMatchObject({ status: 'recorded', personId: persons['RIGHT'] });
    expect(moved.streamId).not.toBe(old.streamId);
    await post(move, { subject: { record }, person: { personId: persons['RIGHT'] } });

    expect([await titlesOf('WRONG'), await titlesOf('RIGHT')]).toEqual([[], [title]]);
    expect([await titlesOf('WRONG', moments['mistaken']), await titlesOf('RIGHT', moments['mistaken'])]).toEqual([[], [title]]);
    expect([await titlesOf('WRONG', moments['before']), await titlesOf('RIGHT', moments['before'])]).toEqual([[], []]);
    expect(await steps('WRONG')).toEqual([]);
    expect((await steps('RIGHT'))[0]! < moments['mistaken']!).toBe(true);
  });

  test('both histories stand in the log, and why opens what was sealed anew', async () => {
    const view = await get<TimelineView>(`/consumers/${persons['RIGHT']}/timeline`);
    const item = view.lanes.flatMap(({ items }) => items)[0]!;
    const why = await get<WhyView>(`/consumers/${persons['RIGHT']}/why/${encodeURIComponent(item.id)}`);
    expect(why.events.flatMap(({ fields }) => fields.filter(({ sealed }) => sealed).map(({ value }) => value))).toEqual([
      expect.stringContaining('canary'),
    ]);
    const left = (await service.store.readStream(old.streamId)).map(({ type }) => type);
    expect(left.slice(facts.length)).toEqual([expect.stringMatching(/MovedAway$/), ...facts.map(() => 'FactWithdrawn')]);
  });

  test('what cannot move is refused with the reason, and the field', async () => {
    const person = { personId: persons['RIGHT'] };
    const refused = async (body: object) => {
      const { status, body: problem } = await service.post(move, body);
      return [status, (problem as { code: string }).code];
    };
    expect(await refused({ subject: { record } })).toEqual([400, 'invalid-command']);
    expect(await refused({ person })).toEqual([400, 'invalid-command']);
    expect(await refused({ person, subject: { record: { ...record, value: 'nothing' } } })).toEqual([
      404,
      expect.stringMatching(/^(visit|contact)-unknown$/),
    ]);
    const unheard = { identifier: { authority: 'st-marys', type: 'MR', value: `unheard-${title}` } };
    expect(await refused({ person: unheard, subject: { record } })).toEqual([404, 'person-unknown']);
    const { body: problem } = await service.post(move, { person: { personId: persons['WRONG'] }, subject: { record } }, `move-${old.streamId}`); // prettier-ignore
    expect(problem).toMatchObject({ status: 409, code: 'idempotency-key-reused' });
    expect((await service.post(`${move}-away`, { subject: { record } })).status).toBe(404);
  });
});
