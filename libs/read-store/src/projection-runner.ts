import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CursorOfAnotherLog, type Cursor, type StoredEvent } from '#event-store';
import { foldAgain } from './fold-again.js';
import { openEach, isPassing, isUnwritable } from './open-each.js';
import { PageFold, reasonOf, type Opened, type PageWrites } from './page-fold.js';
import { ProjectionStore, type Checkpoint } from './projection-store.js';
import type { Fact } from './projection.js';
import { checkpointAt, failure, Listeners, partsOf, Rate, secondsBetween } from './projection-status.js';
import type { Committed, Failure, ProjectionStatus, RunnerOptions } from './projection-status.js';

/**
 * Keeps one projection in step with the log: reads a page, folds it in memory, writes its rows and the checkpoint in one
 * transaction, while the next page is being read and opened. Exactly once in effect; survives lost connections of both
 * databases; stops, and says so, where the log is not the one it has folded.
 */
export class ProjectionRunner {
  private readonly rowsOf: ProjectionStore;
  private readonly parkedStreams = new Set<string>();
  private readonly page: PageFold;
  private readonly holder = randomUUID();
  private readonly listeners: Listeners;
  private readonly rate = new Rate();
  private stopping = new AbortController();
  private running: Promise<void> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private state: ProjectionStatus['state'] = 'starting';
  private at: Checkpoint = { position: 0, logId: '', epoch: 0, hash: '', recordedAt: null };
  private error: string | null = null;
  /** Up to here events are written one by one, because a page could not be. */
  private oneByOneUntil = 0;

  constructor(private readonly options: RunnerOptions) {
    this.listeners = new Listeners((fault) => options.log?.(`${options.projection.name}: a listener failed: ${fault}`));
    this.rowsOf = new ProjectionStore(options.pool, options.projection, options.schema);
    this.page = new PageFold(options.projection, this.parkedStreams, options.mostRows ?? 20_000);
  }

  get position(): number {
    return this.at.position;
  }

  /** Begins to fold, and goes on until `stop`. */
  start(): void {
    this.stopping = new AbortController();
    this.running ??= this.keepOn().finally(() => (this.running = undefined));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.state = 'stopped';
    await this.rowsOf.release(this.holder).catch(() => undefined);
  }

  /** Folds the whole log again, in place. Whatever is read meanwhile is behind. */
  async rebuild(): Promise<void> {
    await this.stop();
    await this.rowsOf.reset();
    this.at = { ...this.at, position: 0 };
    this.start();
  }

  /** Called after each commit, in order; what it throws is its own affair. */
  onCommitted(listener: (committed: Committed) => void): () => void {
    return this.listeners.add(listener);
  }

  /** Whether the rows reached a position within a time. */
  async waitFor(position: number, timeoutMs: number): Promise<boolean> {
    if (this.at.position >= position) return true;
    return new Promise((resolve) => {
      const done = (reached: boolean) => {
        clearTimeout(timer);
        off();
        resolve(reached);
      };
      const timer = setTimeout(() => done(this.at.position >= position), timeoutMs);
      const off = this.onCommitted((committed) => committed.position >= position && done(true));
    });
  }

  async status(): Promise<ProjectionStatus> {
    const [head, parked] = await Promise.all([this.options.store.head(), this.rowsOf.parked()]);
    const events = Math.max(0, head.position - this.at.position);
    return {
      name: this.options.projection.name,
      state: this.state,
      position: this.at.position,
      target: head.position,
      rate: this.rate.perSecond,
      lag: { events, seconds: events === 0 ? 0 : secondsBetween(this.at.recordedAt, head.recordedAt) },
      parked,
      error: this.error,
    };
  }

  /** Folds parked streams again, each in its order; those that still cannot be taken stay parked, with today's reason. */
  async redrive(streamIds?: readonly string[]): Promise<void> {
    const parked = new Set((await this.rowsOf.parked()).map(({ streamId }) => streamId));
    for (const streamId of streamIds ?? parked) if (parked.has(streamId)) await this.redriveStream(streamId);
  }

  private async redriveStream(streamId: string): Promise<void> {
    const { facts, taken } = await foldAgain(this.options, this.rowsOf, streamId);
    if (taken) this.parkedStreams.delete(streamId);
    this.page.forget();
    this.tell({ position: this.at.position, facts });
  }

  private async keepOn(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      const before = this.at.position;
      try {
        await this.hold();
        await this.follow();
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        failures = this.at.position > before ? 1 : failures + 1;
        if (!this.survives(error)) return;
        await this.rest(Math.min(5000, 50 * 2 ** failures));
      }
    }
  }

  /** Whether to go on after a fault. */
  private survives(error: unknown): boolean {
    this.page.forget();
    this.error = reasonOf(error);
    if (error instanceof CursorOfAnotherLog) {
      this.state = 'stopped';
      this.error = `${this.options.projection.name} has folded another log than this one, or a later state of it (a backup was restored). Rebuild it.`;
      this.options.log?.(this.error);
      return false;
    }
    this.options.log?.(`${this.options.projection.name}: ${this.error}; trying again`);
    return true;
  }

  private async hold(): Promise<void> {
    while (!(await this.rowsOf.lease(this.holder, this.leaseSeconds))) {
      this.state = 'waiting';
      const found = await this.rowsOf.checkpoint();
      if (found && found.position > this.at.position) {
        this.at = found;
        this.tell({ position: found.position, facts: [] });
      }
      await this.rest(Math.min(250, this.leaseSeconds * 250));
      if (this.stopping.signal.aborted) throw new Error('stopped');
    }
    this.at = (await this.rowsOf.checkpoint()) ?? this.at;
    for (const { streamId } of await this.rowsOf.parked()) this.parkedStreams.add(streamId);
    if (this.parkedStreams.size > 0) await this.redrive();
  }

  private get leaseSeconds() {
    return this.options.leaseSeconds ?? 15;
  }

  private async follow(): Promise<void> {
    const { store, pageSize = 500 } = this.options;
    const following = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, following.signal]);
    const failed = failure();
    const head = await store.head();
    const from = this.at.logId || this.at.position > 0 ? this.at : 'beginning';
    const pages = store.subscribeAll(from, { signal, pageSize })[Symbol.asyncIterator]();
    const beat = this.keepLease(failed.reject);
    this.state = 'folding';
    try {
      await this.pump(pages, head, failed);
    } finally {
      clearInterval(beat);
      following.abort();
      await this.writing.catch(() => undefined);
      await pages.return?.().catch(() => undefined);
    }
  }

  /** Three things at once: one page is written while the next is opened and folded and the one after is read. */
  private async pump(pages: AsyncIterator<readonly StoredEvent[]>, head: Cursor, failed: Failure): Promise<void> {
    this.writing = Promise.resolve();
    let folded = this.at;
    for (let next = pages.next(); ;) {
      if (this.at.position >= head.position) this.state = 'live';
      const page = await failed.unless(next);
      if (page.done) break;
      next = pages.next();
      next.catch(() => undefined);
      for (const part of partsOf(
        page.value.filter(({ position }) => position > folded.position),
        this.oneByOneUntil,
      )) {
        const { writes, facts } = await this.foldPage(part);
        await this.writing;
        const [from, to] = [folded.position, checkpointAt(part.at(-1) as StoredEvent, head)];
        folded = to;
        this.writing = this.write(writes, from, to, facts);
        this.writing.catch(failed.reject);
      }
    }
    await this.writing;
  }

  private keepLease(lost: (error: Error) => void): NodeJS.Timeout {
    const beat = async () => {
      if (!(await this.rowsOf.lease(this.holder, this.leaseSeconds))) lost(new Error('the lease was lost'));
    };
    return setInterval(() => void beat().catch(lost), (this.leaseSeconds * 1000) / 3);
  }

  private async foldPage(stored: readonly StoredEvent[]) {
    const opened: readonly Opened[] = await openEach(this.options.openPage, stored);
    for (const [table, keys] of this.page.missing(opened)) {
      this.page.provide(table, keys, await this.rowsOf.states(table, keys));
    }
    return { writes: this.page.fold(opened), facts: opened.flatMap((o) => ('fact' in o ? [o.fact] : [])) };
  }

  private async write(writes: PageWrites, from: number, to: Checkpoint, facts: readonly Fact[]): Promise<void> {
    try {
      await this.rowsOf.write(writes, from, to, this.holder);
    } catch (error) {
      if (isPassing(error) || !isUnwritable(error)) throw error;
      const [only, ...others] = facts;
      if (!only || others.length > 0) {
        this.oneByOneUntil = to.position;
        throw error;
      }
      const parked = { position: to.position, streamId: only.streamId, reason: 'the database refused its row' };
      this.parkedStreams.add(only.streamId);
      this.page.forget();
      await this.rowsOf.write({ tables: [], parked: [parked] }, from, to, this.holder);
    }
    this.page.committed();
    this.at = to;
    this.error = null;
    this.tell({ position: to.position, facts });
  }

  private tell(committed: Committed): void {
    this.rate.add(committed.position);
    this.listeners.tell(committed);
  }

  private async rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
