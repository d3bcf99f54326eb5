import { describe, expect, test } from '@jest/globals';
import type { Answer } from '#contracts';
import { Rejection } from '#kernel';
import { doorOf } from '../../apps/interop/src/door.js';
import { inMemoryDoor } from './in-memory-door.js';

const source = { system: 'hl7:TEST/GENERAL' };
const numbered = (value: string) => ({ authority: 'hl7:TEST/GENERAL', type: 'MR', value });
const facilityId = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const start = { start: '2026-03-01T09:00' };

interface Kind {
  readonly move: string;
  readonly correct: string;
  readonly relabel: string;
  readonly attach: string;
  readonly record: { readonly authority: string; readonly type: string; readonly value: string };
  readonly facts: readonly (readonly [command: string, assertedAt: string, body: object])[];
  readonly changed: object;
  readonly later: readonly [command: string, body: object];
  readonly whole: readonly string[];
  readonly takenBack: readonly string[];
}
const AMENDED = ['FactCorrected', 'EventRelabelled', 'StatementAttached'];

const KINDS: Readonly<Record<string, Kind>> = {
  visit: {
    ...{ move: 'hospital/move-visit', correct: 'hospital/correct-visit-fact', relabel: 'hospital/relabel-visit-fact', attach: 'hospital/attach-statement-to-visit' },
    record: { authority: 'hl7:TEST/GENERAL', type: 'VN', value: 'V1' },
    facts: [
      ['hospital/report-admission', '2026-03-01T14:05:00.000Z', { facilityId, levelOfCare: 'acute-psychiatric', bed: '7', occurred: start }],
      ['hospital/report-visit-end', '2026-03-04T14:05:00.000Z', { occurred: { start: '2026-03-04T09:00' } }],
    ],
    changed: { service: 'psychiatry', bed: '8' },
    later: ['hospital/cancel-discharge', {}],
    whole: ['HospitalAdmitted', 'VisitEnded', ...AMENDED, 'VisitMovedHere'],
    takenBack: ['HospitalAdmitted', 'VisitEnded', ...AMENDED, 'VisitMovedAway', 'FactWithdrawn', 'FactWithdrawn'],
  },
  contact: {
    ...{ move: 'peer-support/move-contact', correct: 'peer-support/correct-contact-fact', relabel: 'peer-support/relabel-contact-fact', attach: 'peer-support/attach-statement-to-contact' },
    record: { authority: 'recovery-centre', type: 'ContactID', value: 'C1' },
    facts: [
      ['peer-support/report-peer-contact', '2026-03-01T14:05:00.000Z', { method: 'phone', setting: 'home', note: 'a long talk', occurred: start }],
      ['peer-support/report-not-at-place', '2026-03-02T14:05:00.000Z', { placeKind: 'shelter', whichPlace: 'the shelter on Elm St', place: { kind: 'home' }, occurred: { start: '2026-03-02T09:00' } }],
    ],
    changed: { minutes: 20, note: 'a short talk' },
    later: ['peer-support/cancel-peer-contact', { reason: 'rescheduled', occurred: start }],
    whole: ['PeerContactMade', 'NotAtPlaceReported', ...AMENDED, 'ContactMovedHere'],
    takenBack: ['PeerContactMade', 'NotAtPlaceReported', ...AMENDED, 'ContactMovedAway', 'FactWithdrawn', 'FactWithdrawn'],
  },
}; // prettier-ignore

const told = async ({ record, facts, move: moving, correct, relabel, attach, changed }: Kind) => {
  const all = inMemoryDoor();
  const door = doorOf(all.door, all.registry, all.identifiers);
  let keys = 0;
  const sent = (command: string, value: string, assertedAt: string, more: object = {}) =>
    door.accept(command, { person: { identifier: numbered(value) }, source, assertedAt, ...more }, { scope: 's', idempotencyKey: String(++keys), snapshot: false, enteredBy: 'test' }); // prettier-ignore
  const send = async (...args: Parameters<typeof sent>): Promise<Answer> => {
    const answer = await sent(...args);
    if (answer instanceof Rejection) throw new Error(answer.code);
    return answer;
  };
  for (const value of ['WRONG', 'RIGHT', 'THIRD'])
    await send('people/report-person-details', value, '2026-03-01T10:00:00.000Z', { names: [{ use: 'usual', family: value }] });
  const answers: Answer[] = [];
  for (const [command, at, body] of facts) answers.push(await send(command, 'WRONG', at, { subject: { record }, ...body }));
  const old = answers[0]!;
  const eventId = old.events[0]!.id;
  const about = { subject: { record } };
  await send(correct, 'WRONG', '2026-03-04T15:00:00.000Z', { ...about, eventId, changed });
  await send(relabel, 'WRONG', '2026-03-04T16:00:00.000Z', { ...about, eventId, labels: ['specially-protected'] });
  await send(attach, 'WRONG', '2026-03-04T17:00:00.000Z', { ...about, aboutEventId: eventId, text: 'That was not me.' });
  const move = (subject: object = { record }, value = 'RIGHT', at = '2026-03-05T12:00:00.000Z') =>
    sent(moving, value, at, { subject });
  const typesOf = async (streamId: string) =>
    (await all.all()).filter((event) => event.streamId === streamId).map(({ type }) => type);
  return { ...all, send, move, old, typesOf };
};
const idOf = ({ streamId }: Answer) => streamId.slice(streamId.indexOf('-') + 1);

describe.each(Object.entries(KINDS))('a %s of another person', (_, kind) => {
  test('is written whole for the right one, with clocks, corrections and words, and taken back where it stood', async () => {
    const t = await told(kind);
    const here = (await t.move()) as Answer;
    expect(await t.typesOf(here.streamId)).toEqual(kind.whole);
    expect(await t.typesOf(t.old.streamId)).toEqual(kind.takenBack);
    const all = await t.all();
    const [first, second, corrected, relabelled, words, arrival] = all.filter(({ streamId }) => streamId === here.streamId);
    const [was, , correctedThen] = all.filter(({ streamId }) => streamId === t.old.streamId);
    const { occurred, assertedAt, data } = was!;
    expect(first).toMatchObject({ personId: here.personId, occurred, assertedAt, data, source, causationId: was!.id });
    expect(here.personId).not.toBe(t.old.personId);
    expect(second!.data).toEqual(all.find(({ type, streamId }) => type === second!.type && streamId === t.old.streamId)!.data);
    expect(corrected).toMatchObject({ data: correctedThen!.data, supersedes: { eventId: first!.id } });
    expect(relabelled).toMatchObject({ data: { labels: ['specially-protected'] }, supersedes: { eventId: first!.id } });
    expect(words).toMatchObject({ data: { aboutEventId: first!.id, text: 'That was not me.' } });
    expect(arrival).toMatchObject({ data: { firstRecordedAt: was!.recordedAt }, assertedAt: '2026-03-05T12:00:00.000Z' });
  });

  test('has a key of its own where it was sealed, so that the old stream can be shredded by itself', async () => {
    const t = await told(kind);
    const here = (await t.move()) as Answer;
    const keyIn = async (streamId: string) =>
      (await t.store.readStream(streamId))
        .find(({ sealed }) => sealed)!
        .sealed!.subarray(1, 17)
        .toString('hex');
    expect(await keyIn(here.streamId)).not.toBe(await keyIn(t.old.streamId));
  });

  test('is reached by its number at the right person from then on, however it was named in the move', async () => {
    for (const byId of [false, true]) {
      const t = await told(kind);
      const here = (await t.move(byId ? { id: idOf(t.old) } : undefined)) as Answer;
      const [command, body] = kind.later;
      const later = await t.send(command, 'RIGHT', '2026-03-06T12:00:00.000Z', { subject: { record: kind.record }, ...body });
      expect(later.streamId).toBe(here.streamId);
    }
  });

  test('moves once, whether the same is said again, said later, or asked for by its old id', async () => {
    const t = await told(kind);
    await t.move();
    const before = (await t.all()).length;
    for (const subject of [undefined, { id: idOf(t.old) }])
      for (const at of ['2026-03-05T12:00:00.000Z', '2026-03-07T12:00:00.000Z'])
        expect(await t.move(subject, 'RIGHT', at)).toMatchObject({ status: 'repeated' });
    expect((await t.all()).length).toBe(before);
  });

  test('that broke off at any step ends, begun again by anyone, where it would have ended', async () => {
    for (let steps = 0; steps <= kind.whole.length + 1; steps++)
      for (const subject of [undefined, 'id'] as const) {
        const t = await told(kind);
        const named = subject && { id: idOf(t.old) };
        await expect(crashing(t, steps, () => t.move(named))).rejects.toThrow('crash');
        const answer = (await t.move(named, 'RIGHT', '2026-03-05T13:00:00.000Z')) as Answer;
        expect(answer).toMatchObject({ status: expect.any(String) });
        expect(await t.typesOf(answer.streamId)).toEqual(kind.whole);
        expect(await t.typesOf(t.old.streamId)).toEqual(kind.takenBack);
        expect(`${t.old.streamId.split('-')[0]}-${await leadsTo(t, kind)}`).toBe(answer.streamId);
      }
  }, 30_000);

  test('moved on to a third person stays there when the first move is told again, and is known since its first record', async () => {
    const t = await told(kind);
    await t.move();
    const third = (await t.move(undefined, 'THIRD', '2026-03-06T12:00:00.000Z')) as Answer;
    const before = (await t.all()).length;
    await t.move();
    await t.move({ id: idOf(t.old) });
    await t.move(undefined, 'THIRD', '2026-03-06T12:00:00.000Z');
    const all = await t.all();
    expect(all.length).toBe(before);
    expect(`${t.old.streamId.split('-')[0]}-${await leadsTo(t, kind)}`).toBe(third.streamId);
    const since = all.find(({ streamId, type }) => streamId === third.streamId && type.endsWith('MovedHere'))!;
    expect(since.data).toMatchObject({ firstRecordedAt: all.find(({ streamId }) => streamId === t.old.streamId)!.recordedAt });
    expect(await t.move({ id: idOf(t.old) }, 'THIRD', '2026-03-08T12:00:00.000Z')).toMatchObject({ code: expect.stringMatching(/-moved-already$/) }); // prettier-ignore
  });

  test('cannot move where nothing is recorded of it, or of the person', async () => {
    const t = await told(kind);
    expect(await t.move({ record: { ...kind.record, value: 'nothing' } })).toMatchObject({ code: expect.stringMatching(/^(visit|contact)-unknown$/) }); // prettier-ignore
    expect(await t.move(undefined, 'NOBODY')).toMatchObject({ code: 'person-unknown' });
    await expect(t.move({})).rejects.toThrow('Nothing was recorded: field subject cannot be taken as sent.');
  });
});

const leadsTo = (t: Awaited<ReturnType<typeof told>>, { record: { authority, type, value } }: Kind) =>
  t.identifiers.find(t.identifiers.tag(authority, type, value));

/** Runs a move in a process that dies once it has made so many steps: commands, and numbers pointed elsewhere. */
const crashing = async (t: Awaited<ReturnType<typeof told>>, steps: number, run: () => Promise<unknown>): Promise<unknown> => {
  let made = 0;
  const kept = { accept: t.door.accept.bind(t.door), point: t.identifiers.point.bind(t.identifiers) };
  const step = <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (made++ === steps) throw new Error('crash');
      return act(...args);
    };
  let first = true;
  t.door.accept = ((...args: Parameters<typeof kept.accept>) => {
    if (!first) return step(kept.accept)(...args);
    first = false;
    return kept.accept(...args);
  }) as typeof t.door.accept;
  t.identifiers.point = step(kept.point);
  try {
    return await run();
  } finally {
    Object.assign(t.door, { accept: kept.accept });
    Object.assign(t.identifiers, { point: kept.point });
  }
}; // prettier-ignore

test('half of a move is not offered to anyone', () => {
  const { registry } = inMemoryDoor();
  const names = registry.all
    .map(({ name }) => name)
    .filter((name) => name.includes('move-visit') || name.includes('move-contact'));
  expect(names.sort()).toEqual(['move-contact', 'move-visit']);
});
