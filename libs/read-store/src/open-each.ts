import type { StoredEvent } from '#event-store';
import { reasonOf, type Opened } from './page-fold.js';
import type { Fact } from './projection.js';

/** Decodes and opens a page, all of it or none. */
export type OpenPage = (stored: readonly StoredEvent[]) => Promise<readonly Fact[]>;

/** Opens a page; where that fails for good, each event by itself, so that one cannot hold up the others. */
export const openEach = async (openPage: OpenPage, stored: readonly StoredEvent[]): Promise<readonly Opened[]> => {
  try {
    return (await openPage(stored)).map((fact) => ({ fact }));
  } catch (error) {
    if (isPassing(error)) throw error;
  }
  const opened: Opened[] = [];
  for (const event of stored) opened.push(await openOne(openPage, event));
  return opened;
};

const openOne = async (openPage: OpenPage, event: StoredEvent): Promise<Opened> => {
  try {
    return { fact: (await openPage([event]))[0] as Fact };
  } catch (error) {
    if (isPassing(error)) throw error;
    return { unopened: { position: event.position, streamId: event.streamId, reason: reasonOf(error) } };
  }
};

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '');

/** A fault of the moment (a database away, a connection cut): the same work will succeed later. */
export const isPassing = (error: unknown): boolean =>
  (error instanceof Error && /Unavailable$/.test(error.constructor.name)) ||
  /^(E[A-Z]+|08...|53...|57...|40...)$/.test(codeOf(error)) ||
  /connection|timeout|client was closed/i.test(error instanceof Error ? error.message : '');

/** The database refused these very rows: a text that it cannot hold, a number out of range, a row too wide. */
export const isUnwritable = (error: unknown): boolean => /^(22|23|54)...$/.test(codeOf(error));
