import { expect, test } from '@jest/globals';
import type { Answer } from '#contracts';
import { Rejection } from '#kernel';
import { VisitMover, type MovePorts } from '../../apps/hospital/src/visit/visit-mover.js';
import { movePorts, visitMoves } from '../../apps/hospital/src/visit/visit-mover.ports.js';
import { doorOf } from '../../apps/interop/src/door.js';
import { inMemoryDoor } from './in-memory-door.js';

const source = { system: 'hl7:TEST/GENERAL' };
const numbered = (value: string) => ({ authority: 'hl7:TEST/GENERAL', type: 'MR', value });
const record = { authority: 'hl7:TEST/GENERAL', type: 'VN', value: 'V1' };
const facilityId = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';

const told = async () => {
  const all = inMemoryDoor();
  const door = doorOf(all.door, all.registry, all.identifiers, visitMoves(all));
  let keys = 0;
  const send = async (command: string, value: string, assertedAt: string, more: object = {}) => {
    const body = { person: { identifier: numbered(value) }, source, assertedAt, ...more };
    const answer = await door.accept(command, body, { scope: 's', idempotencyKey: String(++keys), snapshot: false, enteredBy: 'test' });
    if (answer instanceof Rejection) throw new Error(answer.code);
    return answer;
  };
  await send('people/report-person-details', 'WRONG', '2026-03-01T10:00:00.000Z');
  await send('people/report-person-details', 'RIGHT', '2026-03-01T10:00:00.000Z');
  const admission = { subject: { record }, facilityId, levelOfCare: 'acute-psychiatric', occurred: { start: '2026-03-01T09:00' } };
  const old = await send('hospital/report-admission', 'WRONG', '2026-03-01T14:05:00.000Z', admission);
  await send('hospital/report-visit-end', 'WRONG', '2026-03-04T14:05:00.000Z', { subject: { record }, occurred: { start: '2026-03-04T09:00' } });
  const move = () => send('hospital/move-visit', 'RIGHT', '2026-03-05T12:00:00.000Z', { subject: { record } });
  return { ...all, send, move, old };
}; // prettier-ignore

const typesOf = async (all: { readonly all: () => Promise<readonly { streamId: string; type: string }[]> }, streamId: string) =>
  (await all.all()).filter((event) => event.streamId === streamId).map(({ type }) => type);
const WHOLE = ['VisitMovedHere', 'HospitalAdmitted', 'VisitEnded'];
const TAKEN_BACK = ['HospitalAdmitted', 'VisitEnded', 'VisitMovedAway', 'FactWithdrawn', 'FactWithdrawn'];

test('a visit of another person is written whole for the right one, and taken back where it stood', async () => {
  const t = await told();
  const here = await t.move();
  expect(await typesOf(t, here.streamId)).toEqual(WHOLE);
  expect(await typesOf(t, t.old.streamId)).toEqual(TAKEN_BACK);
  expect(here.personId).not.toBe(t.old.personId);
  const admitted = (await t.all()).find(({ streamId, type }) => streamId === here.streamId && type === 'HospitalAdmitted');
  expect(admitted).toMatchObject({ assertedAt: '2026-03-01T14:05:00.000Z', occurred: { start: '2026-03-01T09:00' }, source });
});

test('what is said of the visit afterwards, by its number, reaches the right person', async () => {
  const t = await told();
  const here = await t.move();
  const later = await t.send('hospital/cancel-discharge', 'RIGHT', '2026-03-06T12:00:00.000Z', { subject: { record } });
  expect(later.streamId).toBe(here.streamId);
});

test('a move said again records nothing', async () => {
  const t = await told();
  await t.move();
  const before = (await t.all()).length;
  expect((await t.move()).status).not.toBe('recorded');
  expect((await t.all()).length).toBe(before);
});

test('a move that broke off at any step ends, begun again, where it would have ended', async () => {
  for (let steps = 0; steps < 5; steps++) {
    const t = await told();
    const ports = breaking(movePorts({ ...t, enteredBy: 'test' }), steps);
    const move = { visit: { record }, to: { identifier: numbered('RIGHT') }, source, assertedAt: '2026-03-05T12:00:00.000Z' };
    await expect(new VisitMover(ports).move(move)).rejects.toThrow('crash');
    const answer = (await t.move()) as Answer;
    expect(await typesOf(t, answer.streamId)).toEqual(WHOLE);
    expect(await typesOf(t, t.old.streamId)).toEqual(TAKEN_BACK);
  }
});

/** Ports of a process that dies once it has made so many steps. */
const breaking = (ports: MovePorts, steps: number): MovePorts => {
  let made = 0;
  const step = <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (made++ === steps) throw new Error('crash');
      return run(...args);
    };
  return { ...ports, send: step(ports.send), point: step(ports.point) };
}; // prettier-ignore

test('a visit of which nothing was recorded cannot move', async () => {
  const { door, registry, identifiers, ...rest } = inMemoryDoor();
  const moves = visitMoves({ door, registry, identifiers, ...rest });
  const answer = await moves['hospital/move-visit'](
    { subject: { record }, person: { identifier: numbered('RIGHT') }, source, assertedAt: null },
    { enteredBy: 'test' },
  );
  expect((answer as Rejection).code).toBe('visit-unknown');
});
