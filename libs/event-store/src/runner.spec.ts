import { expect, test } from '@jest/globals';
import { UnsealFailed, keyIdOf } from '#keys';
import {
  admission, eachOnAnEmptyLog, end, FACILITY, MARIA, OTHER, positionsOf, said, sent, snapshot, STREAM, uuid, withdrawal,
} from '../testing/runner.spec-kit.js'; // prettier-ignore
import { memoryStore } from './memory.store.js';
import { opener } from './opened.js';

const log = eachOnAnEmptyLog();

test('a command is recorded once, however often it is sent, and always gets its first answer', async () => {
  const first = await log().answered(sent(admission(), 'm1'));
  await log().answered(sent(end(), 'm2'));
  const again = await log().answered(sent(admission(), 'm1'));
  expect([first.status, again.status]).toEqual(['recorded', 'repeated']);
  expect({ ...again, status: first.status }).toEqual(first);
  expect(await log().types()).toEqual(['HospitalAdmitted', 'VisitEnded']);
});
test('a repeat is answered even where the command would now be refused', async () => {
  const first = await log().answered(sent(withdrawal(), 'm1'));
  await log().answered(sent(end(), 'm2'));
  expect(await log().refused(sent(withdrawal(), 'm3'))).toBe('visit-ended');
  expect(positionsOf(await log().answered(sent(withdrawal(), 'm1')))).toEqual(positionsOf(first));
});
test('a repeat is answered with its own positions, whatever was recorded elsewhere in between', async () => {
  const elsewhere = { streamId: `visit-${uuid(5)}` };
  await log().answered(sent(admission(), 'm0', elsewhere));
  const first = await log().answered(sent(admission(), 'm1'));
  await log().answered(sent(end(), 'm2', elsewhere));
  const again = await log().answered(sent(admission(), 'm1'));
  expect([positionsOf(again), again.position, again.personId]).toEqual([[2], 2, first.personId]);
});
test('the same key with another body is refused, even where it would add nothing', async () => {
  await log().answered(sent(admission(), 'm1'));
  expect(await log().refused(sent(admission({ unit: '6 East' }), 'm1'))).toBe('idempotency-key-reused');
  expect(await log().refused(sent(admission(), 'm1', { request: { body: 'in other words' } }))).toBe('idempotency-key-reused');
  expect(await log().types()).toHaveLength(1);
});
test('one sender may use the key of another', async () => {
  await log().answered(sent(admission(), 'm1'));
  const other = await log().answered(sent(end(), 'm1', { request: { scope: 'st-johns' } }));
  expect(other.status).toBe('recorded');
});
test('what was said before adds nothing, and is answered with the newest position of its stream', async () => {
  await log().answered(sent(admission(), 'm1'));
  const last = await log().answered(sent(end(), 'm2'));
  const again = await log().answered(sent(admission(), 'm3'));
  expect(again).toEqual({ status: 'unchanged', position: last.position, streamId: STREAM, personId: MARIA, events: [] });
});

test('the numbers that led to a stream and its person are sealed in its first event, so that the identifier table can be made again', async () => {
  const stream = { authority: 'st-marys', type: 'VN', value: 'PLANTED-VN' };
  const person = { authority: 'st-marys', type: 'MR', value: 'PLANTED-MRN' };
  const naming = { subject: { record: stream }, person: { identifier: person } };
  await log().answered(sent(admission(naming), 'm1'));
  log().links = new Set([`${MARIA} ${OTHER}`]);
  await log().answered(sent(Object.assign(end(), naming), 'm2', { personId: OTHER }));
  expect((await log().opened()).map(({ reservedUnder }) => reservedUnder)).toEqual([{ stream, person }, undefined]);
  expect((await log().store.readStream(STREAM)).map(({ body }) => body).join()).not.toMatch(/PLANTED/);
});
test('a number by which a stream is named later is sealed too, once, and so is the tag of a request that named nothing', async () => {
  const [one, other] = ['VN-1', 'VN-2'].map((value) => ({ authority: 'st-marys', type: 'VN', value }));
  const tag = { tag: 'of-a-request' };
  await log().answered(sent(admission(), 'm1', { reserved: { stream: tag, person: tag } }));
  await log().answered(sent(Object.assign(end(), { subject: { record: one } }), 'm2'));
  await log().answered(sent(Object.assign(end({ disposition: 'home' }), { subject: { record: other } }), 'm3'));
  await log().answered(sent(Object.assign(end({ disposition: 'shelter' }), { subject: { record: one } }), 'm4'));
  expect((await log().opened()).map(({ reservedUnder }) => reservedUnder)).toEqual([
    { stream: tag, person: tag }, { stream: one }, { stream: other }, undefined,
  ]); // prettier-ignore
});
test("another person's number is never sealed into a stream, even where the two are linked", async () => {
  await log().answered(sent(admission(), 'm1'));
  log().links = new Set([`${MARIA} ${OTHER}`]);
  const person = { identifier: { authority: 'st-marys', type: 'MR', value: '4711' } };
  await log().answered(sent(Object.assign(end(), { person }), 'm2', { personId: OTHER }));
  expect((await log().opened()).map(({ reservedUnder }) => reservedUnder)).toEqual([undefined, undefined]);
});
test('a message that names another person is refused, and recorded under the person of the stream once the two are linked', async () => {
  await log().answered(sent(admission(), 'm1'));
  expect(await log().refused(sent(end(), 'm2', { personId: OTHER }))).toBe('visit-of-another-person');
  log().links = new Set([`${MARIA} ${OTHER}`]);
  expect((await log().answered(sent(end(), 'm2', { personId: OTHER }))).personId).toBe(MARIA);
  expect(new Set((await log().store.readStream(STREAM)).map(({ personId }) => personId))).toEqual(new Set([MARIA]));
});
test('nothing is added to a record whose key was destroyed, with or without anything to seal; its repeats are still answered', async () => {
  await log().answered(sent(admission(), 'm1'));
  const [{ sealed } = {}] = await log().store.readStream(STREAM);
  await log().keys.destroy([keyIdOf(sealed as Buffer)], { eventId: uuid(6), personId: MARIA });
  expect(await log().refused(sent(end(), 'm2'))).toBe('person-erased');
  expect(await log().refused(sent(end({ source: { system: 'hospital:st-marys' } }), 'm3'))).toBe('person-erased');
  expect((await log().answered(sent(admission(), 'm1'))).status).toBe('repeated');
});

test('a record that says X, at the same date Y, and then X again has said three things', async () => {
  const { assertedAt } = said;
  for (const unit of ['5 West', '6 East']) await log().answered(snapshot(admission({ unit, assertedAt }), 'V-1'));
  await log().answered(snapshot(admission({ unit: '5 West', assertedAt: '2026-03-01T21:06:00.000Z' }), 'V-1'));
  const units = (await log().opened()).map(({ data }) => (data as { unit: string }).unit);
  expect(units).toEqual(['5 West', '6 East', '5 West']);
  expect((await log().answered(snapshot(admission({ unit: '5 West', assertedAt: null }), 'V-1'))).status).toBe('unchanged');
});

test('ids follow from the request: the same log is written twice with the same ids', async () => {
  const write = async () => [
    ...(await log().answered(sent(admission(), 'm1'))).events,
    ...(await log().answered(sent(end(), 'm2'))).events,
  ];
  const first = await write();
  log().store = memoryStore();
  expect(await write()).toEqual(first);
  expect(new Set(first.map(({ id }) => id)).size).toBe(2);
});
test('neither the key of a request nor its body stand in the log', async () => {
  await log().answered(sent(admission(), 'PLANTED-KEY', { request: { scope: 'st-marys', body: 'PLANTED-BODY' } }));
  const [event] = await log().store.readStream(STREAM);
  expect(`${event?.body}${event?.sealed?.toString('latin1')}`).not.toMatch(/PLANTED|5 West|V-1/);
});
test('a sealed part that is moved to another event, or another person, does not open', async () => {
  await log().answered(sent(admission(), 'm1'));
  await log().answered(sent(end(), 'm2'));
  const [first, second] = await log().store.readStream(STREAM);
  expect(keyIdOf(first!.sealed!)).toBe(keyIdOf(second!.sealed!));
  const openPage = opener(log().keys);
  await expect(openPage([{ ...second!, sealed: first!.sealed }])).rejects.toThrow(UnsealFailed);
  await expect(openPage([{ ...first!, personId: OTHER }])).rejects.toThrow(UnsealFailed);
});
test('labels come from what the decider knows of the visit, else from the catalogue', async () => {
  await log().answered(sent(admission({ levelOfCare: 'acute-medical' }), 'm1'));
  await log().answered(sent(end(), 'm2'));
  expect((await log().opened()).map(({ labels }) => labels)).toEqual([['hospital-medical'], ['hospital-medical']]);
});
test('clocks and origin are copied from the command, and the door is named', async () => {
  const correlationId = uuid(8);
  await log().answered(sent(admission({ organizationId: FACILITY }), 'm1', { correlationId }));
  const [event] = await log().opened();
  expect(event).toMatchObject({ ...said, organizationId: FACILITY, enteredBy: 'hl7', correlationId, causationId: null });
});
test('a command that did not come through the door is a fault', async () => {
  await expect(log().run(admission())).rejects.toThrow(/ReportAdmission came without a dispatch/);
});
