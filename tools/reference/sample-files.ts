import { catalogues } from '#contracts';
import { sampleOf, type Sample } from './sample.js';

export const SAMPLES = 'test/samples';
/** Where the sample of a type's version stands. A sample that is committed is never made anew: stored events are not either. */
export const samplePath = (type: string, version: number): string => `${SAMPLES}/${type}.v${version}.json`;

/** One sample of the current version of every type. */
export const sampleFiles = (): ReadonlyMap<string, Sample> =>
  new Map(
    catalogues.flatMap(({ events }) =>
      Object.entries(events).map(([type, { version }]) => [samplePath(type, version), sampleOf(type)] as const),
    ),
  );
