import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeedingClosed } from '../src/port.js';
import { following, request, type Told } from './events.js';
import { everything, subjectOf, testWith, type Engine } from './subject.js';

const at = (recordedAt: string, told: Told = {}) => request({ seeder: 'demo', events: [{ recordedAt }], ...told });

/** What every engine must keep of the third clock: it never goes back, and only a seeder may set it. */
export const describeClock = (engine: Engine): void =>
  describe('the clock of the log', () => {
    const subject = subjectOf(engine);

    test('a seeder records under its own clock, which never goes back', async () => {
      const { store } = subject();
      expect(await store.beginSeeding('demo')).toBe(true);
      const first = await store.append(at('2021-03-05T16:00:00.000Z'));
      const back = await store.append(at('2020-01-01T00:00:00.000Z'));
      const on = await store.append(at('2021-03-05T16:00:00.120Z'));
      expect([first, back, on].map(({ recordedAt }) => recordedAt)).toEqual([
        '2021-03-05T16:00:00.000Z',
        '2021-03-05T16:00:00.000Z',
        '2021-03-05T16:00:00.120Z',
      ]);
      expect((await everything(store)).map(({ recordedAt }) => recordedAt)).toEqual(
        [first, back, on].map(({ recordedAt }) => recordedAt),
      );
    });

    test('many at once are each answered with the instant they were recorded under', async () => {
      const { store } = subject();
      await store.beginSeeding('demo');
      const answers = await Promise.all([4, 2, 7, 5, 9].map((day) => store.append(at(`2021-03-0${day}T00:00:00.000Z`))));
      const stored = new Map((await everything(store)).map(({ position, recordedAt }) => [position, recordedAt]));
      for (const { positions, recordedAt } of answers) expect(stored.get(positions[0]!)).toBe(recordedAt);
    });

    test('every other append waits until seeding is closed, then goes on under the clock of the log', async () => {
      const { store } = subject();
      await store.beginSeeding('demo');
      let waiting = true;
      const other = store.append(request()).finally(() => (waiting = false));
      await store.append(at('2021-03-05T16:00:00.000Z'));
      await sleep(120);
      expect(waiting).toBe(true);
      await store.endSeeding('demo');
      expect(Date.now() - Date.parse((await other).recordedAt)).toBeLessThan(10_000);
    });

    test('closed is closed for good: a repeat is answered, anything new of the seeder is refused', async () => {
      const { store } = subject();
      await store.beginSeeding('demo');
      const said = at('2021-03-05T16:00:00.000Z');
      const original = await store.append(said);
      await store.endSeeding('demo');
      expect(await store.beginSeeding('demo')).toBe(false);
      expect(await store.append(said)).toEqual({ ...original, repeated: true });
      await expect(store.append(at('2021-03-06T16:00:00.000Z'))).rejects.toBeInstanceOf(SeedingClosed);
    });

    test('an event without a seeder is recorded under the clock of the log, whatever it brings', async () => {
      const { recordedAt } = await subject().store.append(request({ events: [{ recordedAt: '2021-03-05T16:00:00.000Z' }] }));
      expect(Date.now() - Date.parse(recordedAt)).toBeLessThan(10_000);
    });

    test('a log that was written by anyone is not seeded, and an open one has one seeder', async () => {
      const { store } = subject();
      await store.append(request());
      expect(await store.beginSeeding('demo')).toBe(false);
    });

    test('a seeder may resume, another may not begin', async () => {
      const { store } = subject();
      await store.beginSeeding('demo');
      await store.append(at('2021-03-05T16:00:00.000Z'));
      expect(await store.beginSeeding('demo')).toBe(true);
      expect(await store.beginSeeding('another')).toBe(false);
      await store.endSeeding('another');
      expect(await store.beginSeeding('demo')).toBe(true);
    });

    test('a clock that was set back does not take the log along', async () => {
      const { store } = subject();
      await store.beginSeeding('demo');
      await store.append(at('2999-01-01T00:00:00.500Z'));
      await store.endSeeding('demo');
      const alone = await store.append(request());
      const crowd = await Promise.all([request(), request(), request()].map((said) => store.append(said)));
      expect([alone, ...crowd].map(({ recordedAt }) => recordedAt)).toEqual(Array(4).fill('2999-01-01T00:00:00.500Z'));
    });

    test('what was known on an instant is everything recorded up to it', async () => {
      const { store } = subject();
      expect(await store.positionKnownOn('2999-01-01T00:00:00Z')).toBe(0);
      await store.beginSeeding('demo');
      for (const day of [2, 2, 4, 5, 7]) await store.append(at(`2021-03-0${day}T12:00:00.000Z`));
      const known = [
        '2021-03-01T00:00:00Z',
        '2021-03-02T12:00:00Z',
        '2021-03-03T00:00:00Z',
        '2021-03-05T07:00:00-05:00',
        '2999-01-01T00:00:00Z',
      ];
      expect(await Promise.all(known.map((instant) => store.positionKnownOn(instant)))).toEqual([0, 2, 2, 4, 5]);
    });

    testWith(engine, 'several-processes')(
      'a seeder that crashed is resumed by another process and records nothing twice',
      async () => {
        const { store, another } = subject();
        await store.beginSeeding('demo');
        const said = at('2021-03-05T16:00:00.000Z');
        const original = await store.append(said);
        const resumed = await another!();
        expect(await resumed.beginSeeding('demo')).toBe(true);
        expect(await resumed.append(said)).toEqual({ ...original, repeated: true });
        await resumed.append(following(said, { seeder: 'demo', events: [{ recordedAt: '2021-03-06T16:00:00.000Z' }] }));
        expect((await store.head()).recordedAt).toBe('2021-03-06T16:00:00.000Z');
      },
    );
  });
