import type { TimelineView, WhyView } from '#contracts';
import type { Access, Reader, What } from '#access';
import type { EventStore } from '#event-store';
import { membersOf } from '#kernel';
import type { OpenPage } from '#read-store';
import { knownOnInstant } from './known-on.js';
import { everything, type Shows } from './stream-memory.js';
import { compose, type Composed } from './timeline.composition.js';
import { cursorOf, type Read, type TimelineReads } from './timeline.reads.js';
import { composeWhy } from './why.composition.js';

export interface TimelineParts {
  readonly reads: TimelineReads;
  readonly store: Pick<EventStore, 'positionKnownOn' | 'readStream'>;
  readonly openPage: OpenPage;
  readonly access: Access;
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
export interface Question {
  readonly personId: string;
  readonly knownOn?: string;
  readonly reader: Reader;
}
interface Answered {
  readonly read: Read;
  readonly composed: Composed;
  readonly shows: Shows;
}

/** Answers about one consumer; every answer has passed the gate and is on record. */
export class TimelineService {
  constructor(private readonly parts: TimelineParts) {}

  /** Undefined where no such record is known. */
  async timeline(question: Question): Promise<TimelineView | undefined> {
    return (await this.answer(question, 'timeline'))?.composed.view;
  }

  async why(question: Question & { readonly itemId: string }): Promise<WhyView | undefined> {
    const answered = await this.answer(question, 'why');
    const ids = answered?.composed.made.get(question.itemId);
    if (!answered || !ids) return undefined;
    return composeWhy(question.itemId, answered, await this.opened(answered.read, ids));
  }

  /** Who belongs to a consumer, and where a stream of changes begins. On record once for each stream. */
  async follow(
    { personId, reader }: Question,
    position: number | null,
  ): Promise<{ readonly near: readonly string[]; readonly cursor: string; readonly newest: number } | undefined> {
    const read = await this.parts.reads.of(personId, null);
    if (!exists(read, personId)) return undefined;
    if (position === null)
      await this.parts.access.record(
        { reader, purpose: 'care', what: 'stream', personIds: membersOf(read.identity, personId) },
        read.position,
      );
    const newest = read.versions.at(-1)?.position ?? 0;
    return { near: read.near, cursor: read.cursor, newest };
  }

  private async answer({ personId, knownOn, reader }: Question, what: What): Promise<Answered | undefined> {
    const { reads, store, access, zone } = this.parts;
    const now = this.parts.now();
    const at = knownOnInstant(knownOn, zone, now);
    const known = at === null ? null : await store.positionKnownOn(at);
    const read = await reads.of(personId, known);
    const position = known === null ? read.position : Math.min(known, read.position);
    const reading = { reader, purpose: 'care', what, personIds: membersOf(read.identity, personId) } as const;
    const shown = access.decide(reading);
    await access.record(reading, position);
    if (!exists(read, personId)) return undefined;
    const shows: Shows = shown.all ? everything : (labels) => shown.shows(labels);
    const asked = { personId, knownOn: { at, position }, now: at === null ? now : Date.parse(at), shows, nameOf: read.nameOf };
    return { read, shows, composed: compose(read, asked) };
  }

  private async opened({ versions }: Read, ids: readonly string[]) {
    const wanted = new Set(ids);
    const streams = new Set(versions.filter(({ id }) => wanted.has(id)).map(({ streamId }) => streamId));
    const stored = (await Promise.all([...streams].map((stream) => this.parts.store.readStream(stream)))).flat();
    const opened = await this.parts.openPage(stored.filter(({ id }) => wanted.has(id)));
    return [...opened].sort((a, b) => a.position - b.position);
  }
}

const exists = ({ versions, persons }: Read, personId: string): boolean =>
  persons.has(personId) || versions.some((version) => version.personId === personId);
export { cursorOf };
