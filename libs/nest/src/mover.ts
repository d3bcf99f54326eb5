import type { Answer, Dispatch, ExternalIdentifier, Report } from '#contracts';
import type { Identifiers } from '#identifiers';
import {
  arrivalIn,
  idIn,
  isErased,
  movedFrom,
  reject,
  Rejection,
  stated,
  stepAway,
  stepsHere,
  type AnyEvent,
  type Envelope,
  type Movable,
  type MoveOrigin,
  type MoveStep,
} from '#kernel';
import type { CommandDoor } from './command-door.js';
import type { Runner } from './decider.provider.js';
import { validationProblem } from './problem.js';
import type { CommandClass } from './registry.js';

type History = readonly (Envelope & AnyEvent)[];
type Asked = Report & { readonly via: Dispatch };
interface Move {
  readonly kind: Movable;
  readonly asked: Asked;
  readonly origin: MoveOrigin;
}

export interface MoverParts {
  readonly door: Pick<CommandDoor, 'accept'>;
  readonly identifiers: Pick<Identifiers, 'tag' | 'reserve' | 'find' | 'point'>;
  readonly runner: Pick<Runner, 'history'>;
}

/** The names that a move gives to what it writes: they lead where they always led. */
const OWN = 'throughline';

/**
 * Moves a stream to the person whose it is: written whole there, then found there by its own numbers, then taken back
 * where it stood. It may show twice for a moment, never nowhere; asked for again after a crash, it goes on where it was.
 */
export class Mover {
  constructor(private readonly parts: MoverParts) {}

  /**
   * Refuses `<category>-unknown` and `person-unknown`, `<category>-moved-already` where the subject stands with somebody
   * else by now, and `person-erased` where its key is destroyed, and `idempotency-key-reused`. A move that was said before the one that brought it
   * where it stands adds nothing.
   */
  async move(kind: Movable, command: Report): Promise<Answer | Rejection> {
    const asked = complete(command);
    const { category } = kind.decider;
    const old = await this.history(asked.via.streamId);
    const [first] = old;
    if (!first) return unknown(category);
    if (first.personId === asked.via.personId || saidBefore(asked, arrivalIn(kind, old))) return this.finish(kind, old, asked);
    if (!(await this.history(`person-${asked.via.personId}`))[0]) return personUnknown();
    if (old.some(({ data }) => Object.values(data).some(isErased))) return erased(category);
    return this.carry(kind, old, asked);
  }

  private history(streamId: string): Promise<History> {
    return this.parts.runner.history(streamId);
  }

  private async carry(kind: Movable, old: History, asked: Asked): Promise<Answer | Rejection> {
    const { category } = kind.decider;
    const { streamId, personId } = asked.via;
    const record = { authority: OWN, type: `moved-${category}`, value: `${idIn(streamId)}|${personId}` };
    const toId = await this.parts.identifiers.reserve(this.tag(record), 'stream');
    const begun = await this.history(`${category}-${toId}`);
    const arrived = arrivalIn(kind, begun);
    if (old.some(({ type }) => type === kind.away.event)) return arrived ? standing(begun, 'repeated') : gone(category);
    if (await this.isReused(asked)) return keyReused();
    const move = { kind, asked, origin: originOf(arrived ?? asked) };
    const written = await this.write(move, old, record);
    if (written instanceof Rejection) return written;
    for (const named of await this.numbersOf(move, old)) await this.parts.identifiers.point(this.tag(named), toId, 'stream');
    const away = await this.send(move, stepAway(kind, idIn(streamId), move.origin), { subject: { id: idIn(streamId) } });
    return away instanceof Rejection ? away : together([...written, away], `${category}-${toId}`, personId);
  }

  /** No event stands under the key of the whole, so that the identifier table remembers with what body it came; the body first, lest a crash take its own repeat for another. */
  private async isReused({ via: { request } }: Asked): Promise<boolean> {
    const { scope, key, body } = request;
    if (body === undefined) return false;
    const { identifiers } = this.parts;
    const [under, said] = [identifiers.tag('move', scope, key), identifiers.tag('move', scope, key, body)];
    if ((await identifiers.find(under)) !== undefined) return (await identifiers.find(said)) === undefined;
    for (const tag of [said, under]) await identifiers.reserve(tag, 'stream');
    return false;
  }

  private async write(move: Move, old: History, record: ExternalIdentifier): Promise<readonly Answer[] | Rejection> {
    const answers: Answer[] = [];
    const tellingNow = new Map<string, string>();
    const right = { subject: { record }, person: { personId: move.asked.via.personId } };
    for (const step of stepsHere(move.kind, old, move.origin)) {
      const named = amending(step, tellingNow);
      if (!named) continue;
      const answer = await this.send(move, step, { ...right, ...named });
      if (answer instanceof Rejection) return answer;
      const told = answer.events.find(({ type }) => type === step.tells?.type);
      if (step.tells && told) tellingNow.set(step.tells.root, told.id);
      answers.push(answer);
    }
    return answers;
  }

  /** It stands with that person, or was moved on since. If a move brought it here, the last step of that may not have been made. */
  private async finish(kind: Movable, here: History, asked: Asked): Promise<Answer | Rejection> {
    const answer = standing(here, 'unchanged');
    const [arrival, from] = [arrivalIn(kind, here), movedFrom(kind, here)];
    if (!arrival || from === undefined) return answer;
    const origin = originOf(arrival);
    const away = await this.send({ kind, asked, origin }, stepAway(kind, from, origin), { subject: { id: from } });
    return away instanceof Rejection ? away : together([answer, away], answer.streamId, answer.personId);
  }

  private send({ kind, asked: { via } }: Move, step: MoveStep, more: object): Promise<Answer | Rejection> {
    return this.parts.door.accept(
      step.command as CommandClass,
      { ...step.body, ...more },
      {
        scope: `move-${kind.decider.category}`,
        idempotencyKey: step.key,
        enteredBy: via.enteredBy,
        dates: 'mark',
        ...stated({ correlationId: via.correlationId, causationId: step.causationId }),
      },
    );
  }

  private async numbersOf({ kind, asked }: Move, old: History): Promise<readonly ExternalIdentifier[]> {
    const named = asked.subject?.record;
    return [...(await this.recordsOf(kind, old)), ...(named ? [named] : [])];
  }

  /** The numbers by which its sources know it, on whichever stream they were first told. */
  private async recordsOf(kind: Movable, stream: History): Promise<readonly ExternalIdentifier[]> {
    const from = movedFrom(kind, stream);
    const before = from === undefined ? [] : await this.recordsOf(kind, await this.history(`${kind.decider.category}-${from}`));
    const own = stream.flatMap(({ reservedUnder }) => {
      const under = reservedUnder?.stream;
      return under && 'authority' in under && under.authority !== OWN ? [under] : [];
    });
    return [...before, ...own];
  }

  private tag({ authority, type, value }: ExternalIdentifier): string {
    return this.parts.identifiers.tag(authority, type, value);
  }
}

const complete = (command: Report): Asked => {
  const missing = (['subject', 'person'] as const).filter((field) => Object.values(command[field] ?? {}).every((v) => !v));
  if (missing.length > 0) {
    const remedies = { subject: 'Add subject.id, or subject.record.', person: 'Name the right person: person.personId or person.identifier.' }; // prettier-ignore
    throw validationProblem(missing.map((field) => ({ field, message: 'is missing', remedy: remedies[field] })));
  }
  if (!command.via) throw new Error(`${command.constructor.name} came without a dispatch: it has to pass the door`);
  return command as Asked;
};

/** What a step names of the new stream; undefined where that tells nothing of the fact, because it was the same as another. */
const amending = ({ about }: MoveStep, tellingNow: ReadonlyMap<string, string>): object | undefined => {
  if (!about) return {};
  const eventId = tellingNow.get(about.root);
  return eventId === undefined ? undefined : { [about.field]: eventId };
};

const originOf = ({ source, assertedAt, asserted, organizationId }: Asked | (Envelope & AnyEvent)): MoveOrigin =>
  stated({ source, assertedAt, asserted, organizationId }) as MoveOrigin;

const saidBefore = ({ assertedAt }: Asked, arrival: Envelope | undefined): boolean =>
  assertedAt !== null && typeof arrival?.assertedAt === 'string' && assertedAt < arrival.assertedAt;

const standing = (stream: History, status: Answer['status']): Answer => ({
  status,
  position: stream.at(-1)?.position ?? 0,
  streamId: stream[0]?.streamId ?? '',
  personId: stream[0]?.personId ?? null,
  events: [],
});

const together = (answers: readonly Answer[], streamId: string, personId: string | null): Answer => {
  const recorded = answers.filter(({ status }) => status === 'recorded');
  return {
    status: recorded.length > 0 ? 'recorded' : 'repeated',
    position: Math.max(...answers.map(({ position }) => position)),
    streamId,
    personId,
    events: recorded.flatMap(({ events }) => events),
  };
};

const unknown = (category: string) =>
  reject(`${category}-unknown`, `Nothing is recorded of the ${category} that is to move. Record what tells of it first.`, 'subject'); // prettier-ignore
const personUnknown = () =>
  reject('person-unknown', 'Nothing is recorded of the person to whom this is to move. Say who they are first.', 'person');
const gone = (category: string) =>
  reject(`${category}-moved-already`, `This ${category} was moved to another person before. Name it where it stands now.`, 'subject'); // prettier-ignore
const keyReused = () =>
  reject('idempotency-key-reused', 'This idempotency key was used for another move. Send the new one under a new key.');
const erased = (category: string) =>
  reject('person-erased', `The key of this ${category} was destroyed; nothing of it can be written anew.`, 'subject');
