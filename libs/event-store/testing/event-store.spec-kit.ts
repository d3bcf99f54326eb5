import { describe, jest } from '@jest/globals';
import { describeAppend } from './append.spec-kit.js';
import { describeClock } from './clock.spec-kit.js';
import { describeRead } from './read.spec-kit.js';
import type { Engine } from './subject.js';

/** The conformance kit: what every engine behind the `EventStore` port must keep. What an engine cannot be tried on is skipped by name. */
export const describeEventStore = (name: string, engine: Engine): void =>
  describe(name, () => {
    // Each test opens a log of its own, which on a busy machine may take seconds.
    jest.setTimeout(30_000);
    describeAppend(engine);
    describeClock(engine);
    describeRead(engine);
  });
