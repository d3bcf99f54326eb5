import { openEach } from './open-each.js';
import { PageFold } from './page-fold.js';
import type { ProjectionStore } from './projection-store.js';
import type { Fact } from './projection.js';
import type { RunnerOptions } from './projection-status.js';

type Parts = Pick<RunnerOptions, 'store' | 'openPage' | 'projection'>;

/** Folds what is parked of a stream again, in its order; what still cannot be taken stays parked, with today's reason. */
export const foldAgain = async (
  { store, openPage, projection }: Parts,
  rows: ProjectionStore,
  streamId: string,
): Promise<{ readonly facts: readonly Fact[]; readonly taken: boolean }> => {
  const parked = (await rows.parked()).filter((p) => p.streamId === streamId).map(({ position }) => position);
  const events = (await store.readStream(streamId)).filter(({ position }) => parked.includes(position));
  const page = new PageFold(projection, new Set(), Number.MAX_SAFE_INTEGER);
  const opened = await openEach(openPage, events);
  for (const [table, keys] of page.missing(opened)) page.provide(table, keys, await rows.states(table, keys));
  const writes = page.fold(opened);
  await rows.unpark(streamId, writes);
  return { facts: opened.flatMap((one) => ('fact' in one ? [one.fact] : [])), taken: writes.parked.length === 0 };
};
