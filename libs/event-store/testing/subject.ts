import { afterEach, beforeEach, test } from '@jest/globals';
import type { EventStore } from '../src/port.js';

/** An empty log under test, and what its engine lets a test do to it. */
export interface Subject {
  readonly store: EventStore;
  /** A store on the same log, as another process would open it. */
  readonly another?: () => Promise<EventStore>;
  /** Breaks every connection of every store to the log. */
  readonly breakConnections?: () => Promise<void>;
  /** Closes the stores and takes the log away. */
  readonly close: () => Promise<void>;
}

/** What an engine can be tried on; what it lacks is skipped by name. */
export type Capability = 'several-processes' | 'lost-connection';

export interface Engine {
  readonly open: () => Promise<Subject>;
  readonly capabilities: readonly Capability[];
}

/** The subject of the test that is running: a new one for each. */
export const subjectOf = ({ open }: Engine): (() => Subject) => {
  let subject: Subject | undefined;
  beforeEach(async () => {
    subject = await open();
  });
  afterEach(async () => {
    await subject?.close();
    subject = undefined;
  });
  return () => {
    if (!subject) throw new Error('No log is open outside a test');
    return subject;
  };
};

/** A test that needs something of the engine; skipped by name where the engine has it not. */
export const testWith =
  (engine: Engine, capability: Capability) =>
  (title: string, run: () => Promise<void>): void => {
    if (engine.capabilities.includes(capability)) test(title, run);
    else test.skip(`${title} (the engine has no ${capability})`, run);
  };

/** Every event of a log, page by page. */
export const everything = async (store: EventStore) => {
  const events = [];
  for (let page = await store.readAll(0, 500); page.length > 0; page = await store.readAll(events.length, 500))
    events.push(...page);
  return events;
};
