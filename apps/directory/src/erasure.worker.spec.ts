import { expect, test } from '@jest/globals';
import { inMemoryIdentifiers } from '#identifiers/testing';
import type { Committed } from '#read-store';
import { testLog } from '#read-store/testing';
import { ErasureWorker, type ErasureParts } from './erasure.worker.js';

const ROSA = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const STREAMS = [`person-${ROSA}`, 'contact-6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0002'];
const LATER = 'contact-6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0003';
const identifier = { authority: 'st-marys', idType: 'MR', quality: 'as-sent', usableForMatching: true };

/** Fails the first times it is asked, as a database that is away does. */
const failing = <A extends unknown[], T>(times: number, ask: (...args: A) => Promise<T>) => {
  let left = times;
  return (...args: A): Promise<T> => (left-- > 0 ? Promise.reject(new Error('away')) : ask(...args));
};

const erasing = async (fail: { readonly lookUp?: number; readonly destroy?: number } = {}) => {
  const log = testLog();
  await log.tell(
    { streamId: STREAMS[0]!, personId: ROSA, type: 'IdentifierRecorded', data: { ...identifier, value: '4711' } },
    { streamId: STREAMS[0]!, personId: ROSA, type: 'IdentifierRecorded', data: { ...identifier, value: '0', usableForMatching: false } },
    { streamId: STREAMS[1]!, personId: ROSA, type: 'PeerContactMade', data: { method: 'phone', setting: 'home', note: 'sealed' }, at: '2026-03-05' },
    { streamId: STREAMS[0]!, personId: ROSA, type: 'PersonErased', data: {} },
  ); // prettier-ignore
  const identifiers = inMemoryIdentifiers();
  const said: string[] = [];
  let heard: (committed: Committed) => void = () => undefined;
  const worker = new ErasureWorker({
    reads: {
      erased: failing(fail.lookUp ?? 0, () => Promise.resolve([ROSA])),
      streamsOf: () => Promise.resolve([...STREAMS, LATER]),
    } as unknown as ErasureParts['reads'],
    store: log.store,
    keys: { ...log.keys, destroy: failing(fail.destroy ?? 0, (ids, because) => log.keys.destroy(ids, because)) },
    identifiers,
    openPage: log.openPage,
    runner: { onCommitted: (listener) => ((heard = listener), () => undefined) },
    log: (message) => said.push(message),
  });
  worker.start();
  await worker.idle();
  const left = await log.keys.find(STREAMS.map((stream) => log.keyOf(stream)!.id));
  const tags = ['4711', '0'].map((value) => identifiers.tag('st-marys', 'MR', value));
  return { log, worker, said, left: left.size, suppressed: await identifiers.suppressed(tags), tags, tell: heard };
};

test('an erasure that could not be looked up, or not be finished, is tried again until it is done', async () => {
  const { left, said, suppressed, tags } = await erasing({ lookUp: 1, destroy: 2 });
  expect([left, said.length, [...suppressed]]).toEqual([0, 3, [tags[0]]]);
  expect(said[0]).toBe('An erasure is not finished: away; trying again');
});
test('a value that many hold is suppressed for nobody', async () => {
  const { suppressed, tags } = await erasing();
  expect(suppressed.has(tags[1]!)).toBe(false);
});
test('what comes in later of someone who was erased is destroyed as well', async () => {
  const { log, worker, tell } = await erasing();
  const later = { streamId: LATER, personId: ROSA, type: 'PeerContactMade', data: { method: 'phone', setting: 'home', note: 'later' }, at: '2026-03-06' }; // prettier-ignore
  await log.tell(later);
  const facts = await log.openPage(await log.store.readStream(later.streamId));
  tell({ position: 5, facts });
  await worker.idle();
  expect((await log.keys.find([log.keyOf(later.streamId)!.id])).size).toBe(0);
});
