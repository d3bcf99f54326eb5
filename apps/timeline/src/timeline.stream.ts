import type { Response } from 'express';
import type { Closing } from '#nest';
import type { Committed, ProjectionRunner } from '#read-store';
import { cursorOf, type Question, type TimelineService } from './timeline.service.js';

export interface Log {
  readonly logId: string;
  readonly epoch: number;
}

const HEARTBEAT_MS = 20_000;
/** What changes who is shown rather than what: the page has to begin anew. */
const RESYNC = /^(RecordsLinked|RecordsUnlinked|RecordsDeclaredDifferent|PersonErased|EventRelabelled)$/;

/** Tells who has a timeline open that it has changed: `changed` for facts, `resync` for links, un-links and erasures; ids are cursors. */
export class TimelineStream {
  constructor(
    private readonly service: TimelineService,
    private readonly runner: Pick<ProjectionRunner, 'onCommitted' | 'position'>,
    private readonly log: () => Promise<Log>,
    private readonly closing: Pick<Closing, 'signal'>,
  ) {}

  /** False where no such consumer is known. */
  async open(question: Question, lastEventId: string | undefined, response: Response): Promise<boolean> {
    const log = await this.log();
    const missed: Committed[] = [];
    const stop = this.runner.onCommitted((committed) => missed.push(committed));
    const begin = await this.service.follow(question, null).finally(stop);
    if (!begin) return false;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    const send = (event: string, cursor: string) =>
      response.write(`id: ${cursor}\nevent: ${event}\ndata: ${JSON.stringify({ cursor })}\n\n`);
    let near = new Set(begin.near);
    const tell = ({ position, facts }: Committed) => {
      const about = facts.filter((fact) => concerns(fact, near));
      if (about.length === 0) return;
      const anew = about.some(({ type }) => RESYNC.test(type));
      send(anew ? 'resync' : 'changed', cursorOf({ ...log, position }));
      if (anew)
        void this.service.follow(question, position).then(
          (now) => (near = new Set(now?.near ?? near)),
          () => undefined,
        );
    };
    this.resume(begin, lastEventId, log, send);
    missed.forEach(tell);
    this.keep(response, this.runner.onCommitted(tell));
    return true;
  }

  private resume(
    { cursor, newest }: { readonly cursor: string; readonly newest: number },
    last: string | undefined,
    log: Log,
    send: (event: string, cursor: string) => void,
  ) {
    if (last === undefined) return send('open', cursor);
    const position = Number(last.slice(last.lastIndexOf('.') + 1));
    const sameLog = last === cursorOf({ ...log, position });
    send(!sameLog ? 'resync' : newest > position ? 'changed' : 'open', cursor);
  }

  private keep(response: Response, stop: () => void) {
    const beat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    const end = () => {
      clearInterval(beat);
      stop();
      this.closing.signal.removeEventListener('abort', end);
      response.end();
    };
    response.once('close', end);
    this.closing.signal.addEventListener('abort', end, { once: true });
  }
}

const concerns = ({ personId, data }: Committed['facts'][number], near: ReadonlySet<string>): boolean => {
  if (personId !== null) return near.has(personId);
  const { personIds } = data as { readonly personIds?: unknown };
  return Array.isArray(personIds) && personIds.some((id) => near.has(String(id)));
};
