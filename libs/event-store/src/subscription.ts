import type { Bell } from './bell.js';
import { CursorOfAnotherLog, LogUnavailable } from './port.js';
import type { Cursor, EventStore, StoredEvent, SubscribeOptions } from './port.js';

/** The safety net under the bell. */
const POLL_MS = 1_000;
const MOST_PAUSE_MS = 2_000;

/** What a subscription needs of an engine. */
export interface Feed extends Pick<EventStore, 'readAll' | 'head'> {
  readonly bell: Bell;
}

const differ = (what: string): CursorOfAnotherLog =>
  new CursorOfAnotherLog(
    `The cursor was taken from another log, or from another state of this one (${what}): read again from the beginning`,
  );

/**
 * Reads page after page, waits for the bell at the end. Each read begins with the event delivered last: where its hash is
 * another one, the log was set back and the reader must not go on.
 */
export async function* subscription(feed: Feed, after: Cursor | 'beginning', { signal, pageSize = 1000 }: SubscribeOptions) {
  const reader = new Reader(feed, after);
  for (let pause = 50; !signal.aborted;) {
    const seen = feed.bell.rung;
    const page = await reader.next(pageSize);
    if (page === 'unavailable') {
      await feed.bell.wait(feed.bell.rung, pause, signal);
      pause = Math.min(pause * 2, MOST_PAUSE_MS);
      continue;
    }
    pause = 50;
    if (page.length === 0) await feed.bell.wait(seen, POLL_MS, signal);
    else if (!signal.aborted) yield page;
  }
}

/** Where a subscription stands. */
class Reader {
  private log: Pick<Cursor, 'logId' | 'epoch'> | undefined;
  private at: Pick<Cursor, 'position' | 'hash'> = { position: 0, hash: '' };
  /** Whether the log is still the one: asked anew after every loss. */
  private checked = false;

  constructor(
    private readonly feed: Feed,
    after: Cursor | 'beginning',
  ) {
    if (after === 'beginning') return;
    this.log = after;
    this.at = after;
  }

  async next(size: number): Promise<readonly StoredEvent[] | 'unavailable'> {
    try {
      if (!this.checked) this.log = await sameLog(this.feed, this.log);
      this.checked = true;
      const page = await pageAfter(this.feed, this.at, size);
      const last = page.at(-1);
      if (last) this.at = { position: last.position, hash: last.hash.toString('hex') };
      return page;
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      this.checked = false;
      return 'unavailable';
    }
  }
}

const sameLog = async (feed: Feed, log?: Pick<Cursor, 'logId' | 'epoch'>): Promise<Pick<Cursor, 'logId' | 'epoch'>> => {
  const head = await feed.head();
  if (log && head.logId !== log.logId) throw differ('logId');
  if (log && head.epoch !== log.epoch) throw differ('epoch');
  return head;
};

const pageAfter = async (feed: Feed, at: Pick<Cursor, 'position' | 'hash'>, size: number): Promise<readonly StoredEvent[]> => {
  if (at.position === 0) return feed.readAll(0, size);
  const [last, ...page] = await feed.readAll(at.position - 1, size + 1);
  if (last?.position !== at.position || last.hash.toString('hex') !== at.hash)
    throw differ(`the event at position ${at.position}`);
  return page;
};
