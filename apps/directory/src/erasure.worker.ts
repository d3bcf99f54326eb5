import { setTimeout as pause } from 'node:timers/promises';
import { keyIdOf, type Keys } from '#keys';
import type { IdentifierRecordedData } from '#contracts';
import type { EventStore, StoredEvent } from '#event-store';
import type { Identifiers } from '#identifiers';
import { openEach, reasonOf, type Committed, type Fact, type OpenPage, type ProjectionRunner } from '#read-store';
import type { DirectoryReads } from './directory.reads.js';

export interface ErasureParts {
  readonly reads: DirectoryReads;
  readonly store: Pick<EventStore, 'readStream'>;
  readonly keys: Keys;
  readonly identifiers: Pick<Identifiers, 'tag' | 'leadingTo' | 'suppress' | 'forget'>;
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
  private lookedUp = false;
  private working: Promise<void> | undefined;
  private stopped = false;
  private off: () => void = () => undefined;

  constructor(private readonly parts: ErasureParts) {}

  start(): void {
    this.off = this.parts.runner.onCommitted((committed) => this.notice(committed));
    this.begin();
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
    this.begin();
  }

  private begin(): void {
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    for (let failures = 0; !this.stopped && (!this.lookedUp || this.waiting.size > 0);) {
      const [personId] = this.waiting;
      try {
        if (!this.lookedUp) await this.lookUp();
        else await this.eraseOne(personId as string);
        failures = 0;
      } catch (error) {
        this.parts.log?.(`An erasure is not finished: ${reasonOf(error)}; trying again`);
        await pause(Math.min(5000, 100 * 2 ** failures++));
      }
    }
  }

  /** Everyone who was erased before this process began. */
  private async lookUp(): Promise<void> {
    for (const personId of await this.parts.reads.erased()) {
      this.erased.add(personId);
      this.waiting.add(personId);
    }
    this.lookedUp = true;
  }

  private async eraseOne(personId: string): Promise<void> {
    const { reads, store, keys, identifiers } = this.parts;
    // What comes in while this is being done is to be done after it.
    this.waiting.delete(personId);
    try {
      const streams = await reads.streamsOf(personId);
      const events = (await Promise.all(streams.map((stream) => store.readStream(stream)))).flat();
      const erasure = events.findLast(({ type }) => type === 'PersonErased');
      if (!erasure) return;
      // In this order: the identifiers can be read only while the keys are there.
      await identifiers.suppress([...(await identifiers.leadingTo(personId)), ...(await this.tags(events))]);
      await identifiers.forget([personId, ...streams.map(uuidOf)]);
      const ids = new Set(events.flatMap(({ sealed }) => (sealed ? [keyIdOf(sealed)] : [])));
      const left = await keys.find(ids);
      if (left.size > 0) await keys.destroy(left.keys(), { eventId: erasure.id, personId });
    } catch (error) {
      this.waiting.add(personId);
      throw error;
    }
  }

  /** Under which an import would make the person anew: what the door knew them by, and what their sources did. */
  private async tags(events: readonly StoredEvent[]): Promise<string[]> {
    const opened = await openEach(this.parts.openPage, events);
    const facts = opened.flatMap((one) => ('fact' in one ? [one.fact] : []));
    return [...new Set(facts.flatMap((fact) => [...this.knownBy(fact), ...this.recordedIn(fact)]))];
  }

  private knownBy({ reservedUnder }: Fact): readonly string[] {
    const under = reservedUnder?.person;
    if (!under) return [];
    return ['tag' in under ? under.tag : this.parts.identifiers.tag(under.authority, under.type, under.value)];
  }

  /** A value that many hold names others too. */
  private recordedIn({ type, data }: Fact): readonly string[] {
    const { authority = '', idType = '', value, usableForMatching } = data as Partial<IdentifierRecordedData>;
    if (type !== 'IdentifierRecorded' || usableForMatching === false || typeof value !== 'string') return [];
    return [this.parts.identifiers.tag(authority, idType, value)];
  }
}
