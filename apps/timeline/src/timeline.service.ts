import type { TimelineView, WhyView } from '#contracts';
import type { Access, Reader, Reading, Shown, What } from '#access';
import type { EventStore } from '#event-store';
import { membersOf, Recent } from '#kernel';
import type { OpenPage } from '#read-store';
import { holds, permittedBy, restOf, textOf, type KeptView } from './kept-view.js';
import { knownOnInstant } from './known-on.js';
import { everything, type Shows } from './stream-memory.js';
import { compose, draw, type Asked, type Told } from './timeline.composition.js';
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
  /** Most views kept for the next reading; none for 0. */
  readonly keeps?: number;
}
export interface Question {
  readonly personId: string;
  readonly knownOn?: string;
  readonly reader: Reader;
}
/** A question, with what its `knownOn` means at an instant. */
interface Put extends Question {
  readonly now: number;
  readonly at: string | null;
  readonly known: number | null;
}

/** About 100 KiB each for a consumer of 50 events. */
const KEEPS = 400;
/** What is no longer asked for goes. */
const KEEPS_MS = 10 * 60_000;

/** Answers about one consumer; every answer has passed the gate and is on record. */
export class TimelineService {
  private readonly kept: Recent<KeptView>;

  constructor(private readonly parts: TimelineParts) {
    this.kept = new Recent({ most: parts.keeps ?? KEEPS, milliseconds: KEEPS_MS }, () => performance.now());
  }

  /** The view as JSON text in UTF-8. Undefined where no such record is known. */
  async timeline(question: Question): Promise<Buffer | undefined> {
    const put = await this.put(question);
    return (put.known === null ? await this.again(put) : undefined) ?? this.anew(put);
  }

  /** From what is kept, if it would be composed of the same rows in the same way now. */
  private async again(put: Put): Promise<Buffer | undefined> {
    const [key, mark] = [keyOf(put), this.kept.mark];
    const kept = this.kept.get(key);
    if (!kept || !holds(kept, put.now, this.decide(put, kept.drawn.everyone))) return undefined;
    const unchanged = await this.parts.reads.unchanged(put.personId, kept.marks);
    if (!unchanged) return undefined;
    const { sources, marks } = unchanged;
    const recorded = this.record(put, kept.drawn.everyone, unchanged);
    const asked = { ...put, knownOn: knownOn(put, unchanged) };
    const now = sources ? { ...kept, marks, rest: restOf(kept.drawn, sources, asked) } : kept;
    this.kept.keep(key, now, mark);
    await recorded;
    return textOf({ knownOn: asked.knownOn, cursor: unchanged.cursor }, now.rest);
  }

  private async anew(put: Put): Promise<Buffer | undefined> {
    const mark = this.kept.mark;
    const read = await this.parts.reads.of(put.personId, put.known);
    const members = membersOf(read.identity, put.personId);
    const recorded = this.record(put, members, read);
    const view = exists(read, put.personId) ? this.composed(put, read, this.decide(put, members)) : undefined;
    await recorded;
    if (view && put.known === null) this.kept.keep(keyOf(put), view, mark);
    return view && textOf({ knownOn: knownOn(put, read), cursor: read.cursor }, view.rest);
  }

  private composed(put: Put, read: Read, shown: Shown): KeptView {
    const asked = askedOf(put, read, shown);
    const drawn = draw(read, asked);
    return { drawn, marks: read.marks, permitted: permittedBy(shown), from: put.now, rest: restOf(drawn, read.sources, asked) };
  }

  private decide(put: Put, members: readonly string[], what: What = 'timeline'): Shown {
    return this.parts.access.decide(readingOf(put, what, members));
  }

  /** Begun before an answer is composed, and awaited before it leaves. */
  private record(put: Put, members: readonly string[], read: Pick<Read, 'position'>, what: What = 'timeline'): Promise<void> {
    const recorded = this.parts.access.record(readingOf(put, what, members), positionOf(put, read));
    // Whoever awaits it is told; until then a fault is nobody's.
    recorded.catch(() => undefined);
    return recorded;
  }

  async why({ itemId, ...question }: Question & { readonly itemId: string }): Promise<WhyView | undefined> {
    const put = await this.put(question);
    const read = await this.parts.reads.of(put.personId, put.known);
    const members = membersOf(read.identity, put.personId);
    const shown = this.decide(put, members, 'why');
    await this.record(put, members, read, 'why');
    if (!exists(read, put.personId)) return undefined;
    const composed = compose(read, askedOf(put, read, shown));
    const ids = composed.made.get(itemId);
    return ids && composeWhy(itemId, { read, composed, shows: showsOf(shown) }, await this.opened(read, ids));
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

  /** Lets go of every view, and of those being composed: someone was erased. */
  forget(): void {
    this.kept.forgetAll();
  }

  private async put(question: Question): Promise<Put> {
    const now = this.parts.now();
    const at = knownOnInstant(question.knownOn, this.parts.zone, now);
    const known = at === null ? null : await this.parts.store.positionKnownOn(at);
    return { ...question, now: at === null ? now : Date.parse(at), at, known };
  }

  private async opened({ versions }: Read, ids: readonly string[]) {
    const wanted = new Set(ids);
    const streams = new Set(versions.filter(({ id }) => wanted.has(id)).map(({ streamId }) => streamId));
    const stored = (await Promise.all([...streams].map((stream) => this.parts.store.readStream(stream)))).flat();
    const opened = await this.parts.openPage(stored.filter(({ id }) => wanted.has(id)));
    return [...opened].sort((a, b) => a.position - b.position);
  }
}

const readingOf = ({ reader }: Question, what: What, personIds: readonly string[]): Reading => ({
  reader,
  purpose: 'care',
  what,
  personIds,
});
const keyOf = ({ personId, reader }: Question) => `${personId} ${reader.role}`;
const positionOf = ({ known }: Put, { position }: Pick<Read, 'position'>) =>
  known === null ? position : Math.min(known, position);
const knownOn = (put: Put, read: Pick<Read, 'position'>): TimelineView['knownOn'] => ({
  at: put.at,
  position: positionOf(put, read),
});
const askedOf = (put: Put, read: Read, shown: Shown): Asked => ({
  personId: put.personId,
  knownOn: knownOn(put, read),
  now: put.now,
  shows: showsOf(shown),
  nameOf: read.nameOf,
});
const showsOf = (shown: Shown): Shows => (shown.all ? everything : (labels) => shown.shows(labels));
const exists = ({ versions, persons }: Told, personId: string): boolean =>
  persons.has(personId) || versions.some((version) => version.personId === personId);
export { cursorOf };
