import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { hashOf } from '../src/hash.js';
import {
  EventIdTaken,
  InvalidEvent,
  RevisionConflict,
  StreamOfAnotherPerson,
  type AppendRequest,
  type EventStore,
} from '../src/port.js';
import { following, newStream, request } from './events.js';
import { everything, subjectOf, testWith, type Engine } from './subject.js';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const expectSound = async (store: EventStore): Promise<void> => {
  const events = await everything(store);
  expect(events.map(({ position }) => position)).toEqual(range(1, events.length));
  expect(events.map(({ recordedAt }) => recordedAt)).toEqual(events.map(({ recordedAt }) => recordedAt).sort());
  for (const streamId of new Set(events.map((event) => event.streamId))) {
    const own = events.filter((event) => event.streamId === streamId);
    expect(own.map(({ revision }) => revision)).toEqual(range(0, own.length - 1));
    expect(await store.readStream(streamId)).toEqual(own);
  }
};

/** What every engine must keep when it appends. */
export const describeAppend = (engine: Engine): void =>
  describe('appending', () => {
    const subject = subjectOf(engine);

    test('an event is read back byte for byte, with its hash', async () => {
      const { store } = subject();
      const said = request({
        events: [{ body: '{ "b":1,  "a":"é𝄞\\u0000 \\" \\\\ {,}" }' }, { sealed: null }, { sealed: Buffer.alloc(0), body: '' }],
      });
      const { positions, recordedAt } = await store.append(said);
      const stored = await store.readStream(said.streamId);
      const expected = said.events.map((event, i) => ({
        ...event,
        streamId: said.streamId,
        personId: said.personId,
        position: positions[i],
        revision: i,
        recordedAt,
      }));
      expect(stored).toEqual(expected);
      expect(stored.map(hashOf)).toEqual(said.events.map(({ hash }) => hash));
      expect(recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    test('positions have no gap and grow with commits while many write at once', async () => {
      const { store } = subject();
      await Promise.all(
        range(1, 40).map(async (n) => {
          let said = request({ count: 1 + (n % 3) });
          for (let i = 0; i < 5; i += 1, said = following(said, { count: 1 + (i % 2) })) await store.append(said);
        }),
      );
      await expectSound(store);
    });

    test('requests for one stream are recorded in the order of asking, however many are in flight', async () => {
      const { store } = subject();
      const streamId = newStream();
      const requests = range(0, 30).map((n) => request({ streamId, personId: null, expected: n - 1 }));
      const noise = range(0, 30).map(() => request({ count: 20 }));
      await Promise.all([...requests.flatMap((said, i) => [store.append(said), store.append(noise[i]!)])]);
      expect((await store.readStream(streamId)).map(({ id }) => id)).toEqual(requests.map(({ events }) => events[0]!.id));
      await expectSound(store);
    });

    test('each request of a crowd has its own revision check and its own answer', async () => {
      const { store } = subject();
      const first = request();
      await store.append(first);
      const stale = request({ streamId: first.streamId, personId: first.personId, expected: -1 });
      const good = range(1, 20).map(() => request());
      const answers = await Promise.allSettled(
        [...good.slice(0, 10), stale, ...good.slice(10)].map((said) => store.append(said)),
      );
      expect(answers[10]).toMatchObject({ status: 'rejected', reason: expect.any(RevisionConflict) });
      expect(answers[10]).toMatchObject({ reason: { streamId: first.streamId, expected: -1, actual: 0 } });
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
      await expectSound(store);
    });

    test('a stream that the writer believes longer than it is conflicts too', async () => {
      await expect(subject().store.append(request({ expected: 3 }))).rejects.toMatchObject({ expected: 3, actual: -1 });
    });

    test('a repeat is answered with the original positions, also after the stream moved on', async () => {
      const { store } = subject();
      const said = request({ count: 2 });
      const original = await store.append(said);
      await store.append(request({ count: 3 }));
      await store.append(following(said));
      expect(await store.append(said)).toEqual({ ...original, repeated: true });
      expect(await store.append({ ...said, expected: 2 })).toEqual({ ...original, repeated: true });
      expect((await store.head()).position).toBe(6);
    });

    test('one event that was found makes the whole request a repeat', async () => {
      const { store } = subject();
      const said = request({ count: 2 });
      const { positions } = await store.append(said);
      const longer = { ...said, events: [said.events[1]!, ...following(said, { count: 2 }).events] };
      expect(await store.append(longer)).toMatchObject({ positions: [positions[1]], repeated: true });
      expect(await store.readStream(said.streamId)).toHaveLength(2);
    });

    test('the same request twice at once is recorded once', async () => {
      const { store } = subject();
      const said = request({ count: 2 });
      const answers = await Promise.all([store.append(said), store.append(said), store.append(said)]);
      expect(answers.map(({ repeated }) => repeated).sort()).toEqual([false, true, true]);
      expect(new Set(answers.map(({ positions }) => positions.join()))).toHaveProperty('size', 1);
    });

    test('an event id stands in one stream only, whatever the group', async () => {
      const { store } = subject();
      const [said, id] = [request(), randomUUID()];
      await store.append(said);
      await expect(store.append(request({ events: [{ id: said.events[0]!.id }] }))).rejects.toBeInstanceOf(EventIdTaken);
      const rivals = await Promise.allSettled(range(1, 5).map(() => store.append(request({ events: [{ id }] }))));
      expect(rivals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(rivals.filter((rival) => rival.status === 'rejected' && rival.reason instanceof EventIdTaken)).toHaveLength(4);
      await expectSound(store);
    });

    test('a stream keeps its person for life', async () => {
      const { store } = subject();
      const [said, personless] = [request(), request({ personId: null })];
      await Promise.all([store.append(said), store.append(personless)]);
      const strangers = [
        following(said, { personId: randomUUID() }),
        following(said, { personId: null }),
        following(personless, { personId: randomUUID() }),
      ];
      for (const stranger of strangers) await expect(store.append(stranger)).rejects.toBeInstanceOf(StreamOfAnotherPerson);
      await Promise.all([store.append(following(said)), store.append(following(personless))]);
    });

    test.each<[string, (good: AppendRequest) => AppendRequest]>([
      ['a NUL character', (good) => ({ ...good, events: [{ ...good.events[0]!, body: '{"a":"\0"}' }] })],
      ['half a character', (good) => ({ ...good, events: [{ ...good.events[0]!, body: '{"a":"\ud800"}' }] })],
      ['one id twice', (good) => ({ ...good, events: [good.events[0]!, good.events[0]!] })],
      ['no event', (good) => ({ ...good, events: [] })],
      ['an id that is none', (good) => ({ ...good, events: [{ ...good.events[0]!, id: 'one' }] })],
      ['a hash of another kind', (good) => ({ ...good, events: [{ ...good.events[0]!, hash: Buffer.alloc(20) }] })],
    ])('a request with %s is refused and harms no neighbour', async (_, spoil) => {
      const { store } = subject();
      const good = range(1, 12).map(() => request({ count: 2 }));
      const bad = spoil(request());
      const answers = await Promise.allSettled([...good.slice(0, 5), bad, ...good.slice(5)].map((said) => store.append(said)));
      expect(answers[5]).toMatchObject({ status: 'rejected', reason: expect.any(InvalidEvent) });
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(12);
      await store.append(request({ streamId: bad.streamId, personId: bad.personId }));
      await expectSound(store);
    });

    test('whatever is asked in whatever order, what is acknowledged is there once, in order', async () => {
      const { store } = subject();
      const writer = fc.array(fc.record({ count: fc.integer({ min: 1, max: 3 }), again: fc.boolean(), pause: fc.boolean() }), {
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(fc.array(writer, { minLength: 1, maxLength: 8 }), async (writers) => {
          const acknowledged = new Map<string, number>();
          const write = async (steps: (typeof writers)[number]) => {
            let said = request({ count: 1 });
            for (const { count, again, pause } of steps) {
              const answers = await Promise.all([store.append(said), ...(again ? [store.append(said)] : [])]);
              for (const { positions } of answers) said.events.forEach(({ id }, i) => acknowledged.set(id, positions[i]!));
              if (pause) await new Promise(setImmediate);
              said = following(said, { count });
            }
          };
          await Promise.all(writers.map(write));
          const stored = new Map((await everything(store)).map(({ id, position }) => [id, position]));
          for (const [id, position] of acknowledged) expect(stored.get(id)).toBe(position);
        }),
        { numRuns: 15 },
      );
      await expectSound(store);
    });

    testWith(engine, 'several-processes')('two processes that write at once leave no gap and share each stream', async () => {
      const { store, another } = subject();
      const other = await another!();
      const streamId = newStream();
      const rivals = range(1, 10).flatMap(() => [store, other].map((s) => s.append(request({ streamId, personId: null }))));
      const others = range(1, 50).flatMap(() => [store, other].map((s) => s.append(request())));
      await Promise.all(others);
      expect((await Promise.allSettled(rivals)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expectSound(store);
    });

    testWith(engine, 'lost-connection')(
      'connections lost in the middle of appends lose nothing that was acknowledged and double nothing',
      async () => {
        const { store, breakConnections } = subject();
        let done = false;
        const acknowledged: string[] = [];
        const writers = range(1, 16).map(async () => {
          for (let said = request(); !done; said = following(said)) {
            await store.append(said);
            acknowledged.push(said.events[0]!.id);
          }
        });
        for (let i = 0; i < 8; i += 1) {
          await sleep(15);
          await breakConnections!();
        }
        done = true;
        await Promise.all(writers);
        const ids = (await everything(store)).map(({ id }) => id);
        expect(ids.sort()).toEqual(acknowledged.sort());
        await expectSound(store);
      },
    );
  });
