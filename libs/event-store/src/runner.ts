import { encode, specOf, type Answer, type Dispatch, type Report, type Unrecorded } from '#contracts';
import { decide, fold, reject, Rejection, stated, type AnyEvent, type Decider, type Label } from '#kernel';
import { derivedId, fingerprint, requestTag } from '#identifiers';
import { keyIdOf, seal, type Keys, type StreamKey } from '#keys';
import { hashOf } from './hash.js';
import { aadOf, opener, type OpenedEvent } from './opened.js';
import { newlyReserved } from './reserved-under.js';
import { RevisionConflict, StreamOfAnotherPerson, type EventStore, type NewEvent, type StoredEvent } from './port.js';

/** The stream moved on under the decision more often than the runner tries again; the same command may be sent later. */
export class Conflict extends Error {}

export interface RunnerPorts {
  readonly store: Pick<EventStore, 'append' | 'readStream'>;
  readonly keys: Keys;
  /** Key of request tags, fingerprints and derived event ids; never rotated. */
  readonly identifierKey: Buffer;
  /** Whether two persons are linked today. */
  readonly linked: (personId: string, other: string) => Promise<boolean>;
}

/** Refusals that any decider's command may meet. */
export type RunnerRejection = `${string}-of-another-person` | 'idempotency-key-reused' | 'person-erased';

type AnyDecider = Decider<never, AnyEvent, string>;
type Said = Report & { readonly via: Dispatch };

/** The request as it is known in the log: by HMACs only. */
interface Request {
  readonly tag: string;
  readonly fingerprint: string;
  readonly eventId: (ordinal: number) => string;
}
interface Stream {
  readonly stored: readonly StoredEvent[];
  readonly history: readonly OpenedEvent[];
  readonly personId: string | null;
}

const ATTEMPTS = 4;

/** The one impure step between a command and the log: load, fold, decide, stamp, seal, append at the revision read; again where the stream moved on. */
export class DeciderRunner {
  private readonly openPage: ReturnType<typeof opener>;

  constructor(private readonly ports: RunnerPorts) {
    this.openPage = opener(ports.keys);
  }

  /** The answer, or a refusal. Throws `Conflict`, and the faults of the store and the keys. */
  async run<S, E extends AnyEvent, R extends string>(
    decider: Decider<S, E, R>,
    command: Report,
  ): Promise<Answer | Rejection<R | RunnerRejection>> {
    if (!command.via) throw new Error(`${command.constructor.name} came without a dispatch: it has to pass the door`);
    const said = command as Said;
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.attempt(decider as unknown as AnyDecider, said)) as Answer | Rejection<R>;
      } catch (error) {
        if (!isOvertaken(error)) throw error;
        if (attempt === ATTEMPTS) throw new Conflict(`${said.via.streamId} is being written by others; send the command again`);
      }
    }
  }

  /** What is recorded of a stream, opened. */
  async history(streamId: string): Promise<readonly OpenedEvent[]> {
    return this.openPage(await this.ports.store.readStream(streamId));
  }

  private async attempt(decider: AnyDecider, command: Said): Promise<Answer | Rejection> {
    const { via } = command;
    const stored = await this.ports.store.readStream(via.streamId);
    const history = await this.openPage(stored);
    const request = requestOf(this.ports.identifierKey, via, stored.length - 1);
    const before = history.filter((event) => event.request.tag === request.tag);
    if (before.length > 0) return repeat(via, request, before);
    const stream = { stored, history, personId: history[0] ? history[0].personId : via.personId };
    const stranger = await this.stranger(decider.category, via, stream.personId);
    if (stranger) return stranger;
    const state = fold(decider, history);
    const outcome = decide(decider, command, state);
    if (outcome instanceof Rejection) return outcome;
    if (outcome.length === 0) return answer(via, stream, 'unchanged', []);
    const reservedUnder = newlyReserved(command, stream);
    const events = outcome.map((event, ordinal) => {
      const labels = decider.labels?.(event, state) ?? event.labels ?? labelsOf(event);
      const id = request.eventId(ordinal);
      return {
        ...stamped(command, { ...event, labels, id, request, personId: stream.personId }),
        ...(ordinal === 0 && reservedUnder && { reservedUnder }),
      };
    });
    return (await this.record(via, stream, events)) ?? this.attempt(decider, command);
  }

  /** A message that names another person than the stream's is recorded if the two are linked today; else it waits for a person's review. */
  private async stranger(category: string, via: Dispatch, personId: string | null) {
    if (via.personId === null || via.personId === personId) return undefined;
    if (personId !== null && (await this.ports.linked(personId, via.personId))) return undefined;
    return reject(
      `${category}-of-another-person`,
      `This ${category} is recorded under another person. Link the two records if they are one person, or move the ${category}.`,
      'person',
    );
  }

  /** Undefined where the store had the request already: another attempt finds it in the stream. */
  private async record(via: Dispatch, stream: Stream, events: readonly Unrecorded[]): Promise<Answer | Rejection | undefined> {
    const encoded = events.map((event) => ({ event, ...encode(event) }));
    const key = await this.keyOf(stream.stored, encoded);
    if (key === 'destroyed')
      return reject('person-erased', 'The key of this record was destroyed; nothing more can be added to it.');
    try {
      const { positions, repeated } = await this.ports.store.append({
        streamId: via.streamId,
        expected: stream.stored.length - 1,
        personId: stream.personId,
        events: encoded.map((event) => sealed(event, key, via.seeding?.recordedAt)),
        ...(via.seeding && { seeder: via.seeding.seeder }),
      });
      if (repeated) await this.dropUnused(key, via.streamId);
      const recorded = events.map(({ id, type }, i) => ({ id, type, position: positions[i] ?? 0 }));
      return repeated ? undefined : answer(via, stream, 'recorded', recorded);
    } catch (error) {
      if (isOvertaken(error)) await this.dropUnused(key, via.streamId);
      throw error;
    }
  }

  /** A stream's key is the one in its first blob, for life; a fresh one where there is none yet and something is to be sealed. */
  private async keyOf(
    stored: readonly StoredEvent[],
    encoded: readonly { readonly secret: string | null }[],
  ): Promise<KeyOfStream> {
    const blob = stored.find((event) => event.sealed)?.sealed;
    if (blob) {
      const id = keyIdOf(blob);
      return (await this.ports.keys.find([id])).get(id) ?? 'destroyed';
    }
    return encoded.some(({ secret }) => secret !== null) ? { ...(await this.ports.keys.take()), fresh: true } : undefined;
  }

  /** Never before another look: a store that lost its connection may have recorded under this very key, and found that when it asked again. */
  private async dropUnused(key: Exclude<KeyOfStream, 'destroyed'>, streamId: string): Promise<void> {
    if (!key?.fresh) return;
    const stored = await this.ports.store.readStream(streamId);
    if (stored.every((event) => !event.sealed || keyIdOf(event.sealed) !== key.id)) await this.ports.keys.drop(key.id);
  }
}

type KeyOfStream = (StreamKey & { readonly fresh?: true }) | undefined | 'destroyed';

/** Another was first: with other events, or even for another person. What stands now decides. */
const isOvertaken = (error: unknown): boolean => error instanceof RevisionConflict || error instanceof StreamOfAnotherPerson;

const requestOf = (identifierKey: Buffer, { streamId, request }: Dispatch, revision: number): Request => {
  const key = request.snapshot ? `${request.key}|${revision}` : request.key;
  return {
    tag: requestTag(identifierKey, request.scope, key, streamId),
    fingerprint: request.body === undefined ? '' : fingerprint(identifierKey, request.body),
    eventId: (ordinal) => derivedId(identifierKey, request.scope, key, streamId, String(ordinal)),
  };
};

const answer = (via: Dispatch, stream: Stream, status: Answer['status'], events: Answer['events']): Answer => ({
  status,
  position: events.at(-1)?.position ?? stream.stored.at(-1)?.position ?? 0,
  streamId: via.streamId,
  personId: stream.personId,
  events,
});

/** Even where it would now be refused, or add nothing, a request that was recorded gets its first answer. */
const repeat = (via: Dispatch, request: Request, before: readonly OpenedEvent[]) =>
  before.some((event) => event.request.fingerprint !== request.fingerprint)
    ? reject('idempotency-key-reused', 'This idempotency key was used for another request. Send the new request under a new key.')
    : answer(
        via,
        { stored: [], history: [], personId: before[0]?.personId ?? null },
        'repeated',
        before.map(({ id, type, position }) => ({ id, type, position })),
      );

const labelsOf = ({ type, data }: AnyEvent): readonly Label[] => {
  const { labels } = specOf(type);
  return typeof labels === 'function' ? labels(data as never) : labels;
};

type Stamp = Pick<Unrecorded, 'type' | 'data' | 'labels' | 'supersedes' | 'id' | 'personId'> & {
  readonly occurred?: Unrecorded['occurred'];
  readonly request: Request;
};

/** Copies the clocks and the origin from the command, and never makes a time up. */
const stamped = (command: Said, { type, data, labels, supersedes, id, personId, occurred, request }: Stamp): Unrecorded => {
  const { via } = command;
  return {
    id,
    type,
    schemaVersion: specOf(type).version,
    streamId: via.streamId,
    personId,
    occurred: stated(occurred === undefined ? (command.occurred ?? null) : occurred),
    assertedAt: command.assertedAt,
    asserted: stated(command.asserted),
    enteredBy: via.enteredBy,
    ...stated({
      performers: command.performers,
      programId: command.programId,
      siteId: command.siteId,
      place: command.place,
      supersedes,
    }),
    organizationId: command.organizationId ?? null,
    source: stated(command.source),
    request: { tag: request.tag, fingerprint: request.fingerprint },
    labels,
    correlationId: via.correlationId ?? id,
    causationId: via.causationId ?? null,
    data,
  };
};

const sealed = (
  { event, body, secret }: { readonly event: Unrecorded; readonly body: string; readonly secret: string | null },
  key: StreamKey | undefined,
  clock: string | undefined,
): NewEvent => {
  const { id, type, streamId, personId } = event;
  const blob = secret === null ? null : seal(secret, key as StreamKey, aadOf({ ...event, body }));
  const hash = hashOf({ id, type, streamId, personId, body, sealed: blob });
  return { id, type, body, sealed: blob, hash, ...(clock !== undefined && { recordedAt: clock }) };
};
