import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { CursorOfAnotherLog, type Cursor, type EventStore, type StoredEvent } from '../src/port.js';
import { request } from './events.js';
import { subjectOf, testWith, type Engine } from './subject.js';

/** Collects what a subscription delivers until `count` events are there. */
const collect = async (
  store: EventStore,
  after: Cursor | 'beginning',
  count: number,
  pageSize?: number,
): Promise<StoredEvent[]> => {
  const stop = new AbortController();
  const seen: StoredEvent[] = [];
  for await (const page of store.subscribeAll(after, { signal: stop.signal, ...(pageSize === undefined ? {} : { pageSize }) })) {
    seen.push(...page);
    if (seen.length >= count) stop.abort();
  }
  return seen;
};

const fill = async (store: EventStore, count: number) => {
  for (let i = 0; i < count; i += 1) await store.append(request());
};

/** What every engine must keep of its readers. */
export const describeRead = (engine: Engine): void =>
  describe('reading', () => {
    const subject = subjectOf(engine);

    test('an empty log has a head before the first event', async () => {
      const head = await subject().store.head();
      expect(head).toMatchObject({ position: 0, hash: '', recordedAt: null, epoch: 1 });
      expect(await subject().store.readAll(0, 10)).toEqual([]);
      expect(await subject().store.readStream('test-none')).toEqual([]);
    });

    test('pages follow a position, no longer than asked for, up to the last wanted', async () => {
      const { store } = subject();
      const said = request({ count: 10 });
      await store.append(said);
      const positions = async (...range: [number, number, number?]) =>
        (await store.readAll(...range)).map(({ position }) => position);
      expect(await positions(0, 3)).toEqual([1, 2, 3]);
      expect(await positions(3, 4, 5)).toEqual([4, 5]);
      expect(await positions(8, 100)).toEqual([9, 10]);
      expect((await store.readStream(said.streamId, 7)).map(({ revision }) => revision)).toEqual([7, 8, 9]);
      expect(await store.head()).toMatchObject({ position: 10, hash: said.events[9]!.hash.toString('hex') });
    });

    test('a subscription tells everything from the beginning, in pages, then goes on live', async () => {
      const { store } = subject();
      await fill(store, 5);
      const live = sleep(50).then(() => fill(store, 5));
      const seen = await collect(store, 'beginning', 10, 2);
      await live;
      expect(seen.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    test('a subscription goes on from a cursor', async () => {
      const { store } = subject();
      await fill(store, 3);
      const cursor = await store.head();
      await fill(store, 2);
      expect((await collect(store, cursor, 2)).map(({ position }) => position)).toEqual([4, 5]);
    });

    test('a live event arrives without the delay of a poll', async () => {
      const { store } = subject();
      const seen = collect(store, 'beginning', 1);
      await sleep(150);
      const asked = performance.now();
      await store.append(request());
      await seen;
      expect(performance.now() - asked).toBeLessThan(700);
    });

    test('a subscription ends when its signal aborts, while it waits and before it began', async () => {
      const { store } = subject();
      const drain = async (signal: AbortSignal) => {
        for await (const page of store.subscribeAll('beginning', { signal })) expect(page).toEqual([]);
      };
      const stop = new AbortController();
      const waiting = drain(stop.signal);
      setTimeout(() => stop.abort(), 50);
      await waiting;
      await drain(AbortSignal.abort());
    });

    test('closing the store ends its subscriptions', async () => {
      const { store } = subject();
      const seen = collect(store, 'beginning', 1);
      await sleep(50);
      await store.close();
      expect(await seen).toEqual([]);
    });

    test.each<[string, Partial<Cursor>]>([
      ['log', { logId: '00000000-0000-4000-8000-000000000000' }],
      ['epoch', { epoch: 7 }],
      ['event at its position', { hash: 'ab'.repeat(32) }],
      ['length', { position: 99 }],
    ])('a cursor of another %s is refused', async (_, other) => {
      const { store } = subject();
      await fill(store, 2);
      const cursor = { ...(await store.head()), ...other };
      await expect(collect(store, cursor, 1)).rejects.toBeInstanceOf(CursorOfAnotherLog);
    });

    testWith(engine, 'several-processes')('what another process appends arrives without the delay of a poll', async () => {
      const { store, another } = subject();
      const other = await another!();
      const seen = collect(store, 'beginning', 1);
      await other.head();
      await sleep(200);
      const asked = performance.now();
      await other.append(request());
      await seen;
      expect(performance.now() - asked).toBeLessThan(600);
    });

    testWith(engine, 'lost-connection')('a subscription survives lost connections and misses nothing', async () => {
      const { store, breakConnections } = subject();
      const seen = collect(store, 'beginning', 60, 4);
      for (let i = 0; i < 6; i += 1) {
        await fill(store, 10);
        await breakConnections!();
      }
      expect((await seen).map(({ position }) => position)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    });
  });
