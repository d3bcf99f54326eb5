import { setTimeout as pause } from 'node:timers/promises';
import { keyIdOf, type Keys } from '#keys';
import type { EventStore, StoredEvent } from '#event-store';
import { isErased } from '#kernel';
import type { Identifiers } from '#identifiers';
import { reasonOf, type Committed, type OpenPage, type ProjectionRunner } from '#read-store';
import type { DirectoryReads } from './directory.reads.js';

export interface ErasureParts {
  readonly reads: DirectoryReads;
  readonly store: Pick<EventStore, 'readStream'>;
  readonly keys: Keys;
  readonly identifiers: Pick<Identifiers, 'tag' | 'suppress' | 'forget'>;
  readonly openPage: OpenPage;
  readonly runner: Pick<ProjectionRunner, 'onCommitted'>;
  readonly log?: (message: string) => void;
}

const uuidOf = (streamId: string) => streamId.slice(streamId.indexOf('-') + 1);

/**
 * Carries erasures out: whenever the directory has folded a `PersonErased`, or anything later of an erased person, the
 * identifiers are suppressed and forgotten and the keys of all their streams destroyed. Each step may be done again, and
 * all of them are at every start, so that a crash in between leaves nothing undone. The rows follow by their own fold.
 */
export class ErasureWorker {
  private readonly waiting = new Set<string>();
  private readonly erased = new Set<string>();
  private working: Promise<void> | undefined;
  private stopped = false;
  private off: () => void = () => undefined;

  constructor(private readonly parts: ErasureParts) {}

  async start(): Promise<void> {
    this.off = this.parts.runner.onCommitted((committed) => this.notice(committed));
    for (const personId of await this.parts.reads.erased()) this.erase(personId);
  }
  async stop(): Promise<void> {
    this.stopped = true;
    this.off();
    await this.working;
  }
  /** Resolves once nothing is left to erase. */
  async idle(): Promise<void> {
    await this.working;
  }

  private notice({ facts }: Committed): void {
    for (const { personId, type } of facts) {
      if (personId && (type === 'PersonErased' || this.erased.has(personId))) this.erase(personId);
    }
  }

  private erase(personId: string): void {
    this.erased.add(personId);
    this.waiting.add(personId);
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    for (let failures = 0; this.waiting.size > 0 && !this.stopped;) {
      const [personId] = this.waiting as Iterable<string>;
      try {
        this.waiting.delete(personId as string);
        await this.eraseOne(personId as string);
        failures = 0;
      } catch (error) {
        this.waiting.add(personId as string);
        this.parts.log?.(`An erasure is not finished: ${reasonOf(error)}; trying again`);
        await pause(Math.min(5000, 100 * 2 ** failures++));
      }
    }
  }

  private async eraseOne(personId: string): Promise<void> {
    const { reads, store, keys, identifiers } = this.parts;
    const streams = await reads.streamsOf(personId);
    const events = (await Promise.all(streams.map((stream) => store.readStream(stream)))).flat();
    const erasure = events.findLast(({ type }) => type === 'PersonErased');
    if (!erasure) return;
    await identifiers.suppress(await this.tags(events));
    await identifiers.forget([personId, ...streams.map(uuidOf)]);
    const ids = new Set(events.flatMap(({ sealed }) => (sealed ? [keyIdOf(sealed)] : [])));
    const left = await keys.find(ids);
    if (left.size > 0) await keys.destroy(left.keys(), { eventId: erasure.id, personId });
  }

  /** Under which an import would make the person anew; they can be read only while the keys are there. */
  private async tags(events: readonly StoredEvent[]): Promise<string[]> {
    const recorded = await this.parts.openPage(events.filter(({ type }) => type === 'IdentifierRecorded'));
    return recorded.flatMap(({ data }) => {
      const { authority, idType, value } = data as {
        readonly authority: string;
        readonly idType: string;
        readonly value: unknown;
      };
      return isErased(value) || typeof value !== 'string' ? [] : [this.parts.identifiers.tag(authority, idType, value)];
    });
  }
}
