import { expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { GroupCommit, type Outcome } from './group-commit.js';
import type { AppendRequest } from './port.js';

const of = (streamId: string, count = 1, told: Partial<AppendRequest> = {}): AppendRequest => ({
  streamId,
  expected: -1,
  personId: null,
  events: Array.from({ length: count }, (_, i) => ({
    id: `${streamId}.${i}`,
    type: 'Said',
    body: '',
    sealed: null,
    hash: Buffer.alloc(32),
  })),
  ...told,
});
const done = { positions: [1], repeated: false, recordedAt: '' };

/** Flushes that stay on their way until told to land. */
const held = () => {
  const groups: { readonly streams: string[]; readonly lane: number; readonly land: (outcomes?: Outcome[]) => void }[] = [];
  const commits = new GroupCommit(
    (group, lane) =>
      new Promise((resolve) => {
        const streams = group.map(({ streamId }) => streamId);
        groups.push({ streams, lane, land: (outcomes = group.map(() => done)) => resolve(outcomes) });
      }),
  );
  return {
    groups,
    commits,
    ask: (...requests: AppendRequest[]) => Promise.allSettled(requests.map((request) => commits.append(request))),
  };
};
const tick = () => sleep(1);

test('what is asked at once goes in one flush, what comes meanwhile in the next, and never more than two are on their way', async () => {
  const { groups, ask } = held();
  void ask(of('a'), of('b'));
  await tick();
  void ask(of('c'));
  await tick();
  void ask(of('d'), of('e'));
  await tick();
  expect(groups.map(({ streams }) => streams)).toEqual([['a', 'b'], ['c']]);
  expect(groups[0]!.lane).not.toBe(groups[1]!.lane);
  groups[0]!.land();
  await tick();
  expect(groups.map(({ streams }) => streams)).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
});

test('of one stream one request is on its way, the next follows its answer', async () => {
  const { groups, ask } = held();
  const asked = ask(of('a'), of('a'), of('b'), of('a'));
  await tick();
  expect(groups.map(({ streams }) => streams)).toEqual([['a', 'b']]);
  groups[0]!.land();
  await tick();
  expect(groups.map(({ streams }) => streams)).toEqual([['a', 'b'], ['a']]);
  groups[1]!.land([new Error('stale')]);
  await tick();
  groups[2]!.land();
  expect((await asked).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});

test('a flush stays small enough to be answered soon, yet takes the largest request alone', async () => {
  const { groups, ask } = held();
  void ask(of('a', 600), of('b', 600), of('c', 2000));
  await tick();
  expect(groups.map(({ streams }) => streams)).toEqual([['a'], ['b']]);
  groups[0]!.land();
  await tick();
  expect(groups.at(-1)!.streams).toEqual(['c']);
});

test('what waits for a seeder is asked again, does not hold up the seeder, and is answered when the store closes', async () => {
  const { groups, commits, ask } = held();
  const waiting = ask(of('a'));
  await tick();
  groups[0]!.land(['wait']);
  await tick();
  void ask(of('b', 1, { seeder: 'demo' }));
  await tick();
  expect(groups.map(({ streams }) => streams)).toEqual([['a'], ['b']]);
  groups[1]!.land();
  await sleep(70);
  expect(groups.at(-1)!.streams).toEqual(['a']);
  const drained = commits.drained();
  groups.at(-1)!.land(['wait']);
  await drained;
  expect(await waiting).toMatchObject([{ status: 'rejected' }]);
});

test('a seeder and others never share a flush', async () => {
  const { groups, ask } = held();
  void ask(of('a', 1, { seeder: 'demo' }), of('b', 1, { seeder: 'demo' }), of('c'));
  await tick();
  expect(groups.map(({ streams }) => streams)).toEqual([['a', 'b'], ['c']]);
});
