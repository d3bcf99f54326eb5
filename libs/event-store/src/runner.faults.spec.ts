import { expect, test } from '@jest/globals';
import { keyIdOf } from '#keys';
import {
  admission, eachOnAnEmptyLog, end, losing, OTHER, overtaken, positionsOf, sent, snapshot, STREAM,
} from '../testing/runner.spec-kit.js'; // prettier-ignore
import { LogUnavailable, RevisionConflict, type EventStore } from './port.js';
import { Conflict } from './runner.js';

const log = eachOnAnEmptyLog();
const rival = (more = {}) => log().answered(sent(admission({ levelOfCare: 'acute-medical' }), 'rival', more));
const gone = () => Promise.reject(new LogUnavailable('gone'));

test('a decision that another writer overtook is made again on what stands then', async () => {
  const { append } = log().store;
  const answer = await log().answered(sent(admission(), 'm1'), { append: overtaken(rival, append) });
  const [theirs, ours] = await log().opened();
  expect(ours?.supersedes).toEqual({ eventId: theirs?.id });
  expect([answer.events[0]?.id, answer.position]).toEqual([ours?.id, 2]);
});
test('a writer that is overtaken four times gives up, and may send the same again', async () => {
  let attempts = 0;
  const append: EventStore['append'] = ({ streamId }) => Promise.reject(new RevisionConflict(streamId, -1, ++attempts));
  await expect(log().run(sent(admission(), 'm1'), { append })).rejects.toThrow(Conflict);
  expect(attempts).toBe(4);
  expect((await log().answered(sent(admission(), 'm1'))).status).toBe('recorded');
});
test('the loser of a race for the first event seals under the key of the stream, and drops its own', async () => {
  const { keys, store } = log();
  const taken: string[] = [];
  const { take } = keys;
  keys.take = async () => {
    const key = await take();
    taken.push(key.id);
    return key;
  };
  await log().answered(sent(end(), 'm1'), { append: overtaken(rival, store.append) });
  const [winner, loser] = (await store.readStream(STREAM)).map(({ sealed }) => keyIdOf(sealed as Buffer));
  expect([loser, taken.length]).toEqual([winner, 2]);
  expect([...(await keys.find(taken)).keys()]).toEqual([winner]);
});
test('the loser of a race for the first event who names another person is refused, and does not fail', async () => {
  const append = overtaken(() => rival({ personId: OTHER }), log().store.append);
  expect(await log().run(sent(end(), 'm1'), { append })).toMatchObject({ code: 'visit-of-another-person' });
});

test('an append whose answer was lost is a repeat when the command is sent again', async () => {
  const append = losing(log().store.append, gone);
  await expect(log().run(sent(admission(), 'm1'), { append })).rejects.toThrow(LogUnavailable);
  const again = await log().answered(sent(admission(), 'm1'));
  expect([again.status, positionsOf(again)]).toEqual(['repeated', [1]]);
  expect((await log().opened())[0]?.data).toMatchObject({ unit: '5 West' });
});
test('where the store itself sends an append again after losing the answer, its event stays readable', async () => {
  const { append } = log().store;
  const answer = await log().answered(sent(admission(), 'm1'), { append: losing(append, append) });
  expect([answer.status, positionsOf(answer)]).toEqual(['repeated', [1]]);
  expect((await log().opened())[0]?.data).toMatchObject({ unit: '5 West' });
});
test('a snapshot that is read again adds nothing, whether its answer was lost to the sender or to the store', async () => {
  const { append } = log().store;
  await expect(log().run(snapshot(admission(), 'V-1'), { append: losing(append, gone) })).rejects.toThrow(LogUnavailable);
  const again = await log().answered(snapshot(admission(), 'V-1'));
  expect([again.status, again.position]).toEqual(['unchanged', 1]);
  const resent = await log().answered(snapshot(end(), 'V-1'), { append: losing(append, append) });
  expect([resent.position, await log().types()]).toEqual([2, ['HospitalAdmitted', 'VisitEnded']]);
});
