import { createHash } from 'node:crypto';
import type { Dispatch, ExternalIdentifier, Report } from '#contracts';
import { IdentifierSuppressed, type Identifiers } from '#identifiers';
import { reject, Rejection } from '#kernel';
import { Problem, validationProblem } from './problem.js';
import type { Offered } from './registry.js';

/** What exists already, as far as the door has to know it. */
export interface Known {
  person(personId: string): Promise<boolean>;
  /** The person whom a stream is about (null: nobody); undefined where there is no such stream. */
  stream(streamId: string): Promise<{ readonly personId: string | null } | undefined>;
}

export interface Request {
  readonly scope: string;
  readonly key: string;
}
export type Addressed = Pick<Dispatch, 'streamId' | 'personId' | 'reserved'>;
interface Ref {
  readonly id?: string | undefined;
  readonly external?: ExternalIdentifier | undefined;
}

/** The stream whose id follows from some parts (see `Decider.subjectOf`): for the same parts always the same one. */
export const derivedStream = (category: string, parts: readonly string[]): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([category, ...parts]))
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return `${category}-${hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
};

/** Finds, or reserves, whom and what a command is about. First writer wins, so a repeat and a rival get the same ids. */
export class Addressing {
  constructor(
    private readonly identifiers: Identifiers,
    private readonly known: Known,
  ) {}

  /** Refuses who was erased. Throws a problem where the person or the subject cannot be found, or is not told. */
  async of(command: Report, offered: Offered, request: Request): Promise<Addressed | Rejection> {
    const { category, personless } = offered.decider;
    const [person, subject] = [personOf(command), subjectOf(command)];
    if (category === 'person') return this.ofPerson(person, request);
    const named = personless ? undefined : await this.personNamed(person);
    if (named instanceof Rejection) return named;
    const stream = await this.streamOf(command, subject, offered, request);
    if (personless) return { ...stream, personId: null };
    const personId = named ?? (await this.known.stream(stream.streamId))?.personId;
    if (!personId) throw personMissing();
    return { ...stream, personId };
  }

  private async ofPerson(person: Ref, { scope, key }: Request): Promise<Addressed | Rejection> {
    const named = await this.personNamed(person);
    if (named instanceof Rejection) return named;
    if (named !== undefined) return { streamId: `person-${named}`, personId: named };
    const tag = this.identifiers.tag('request', scope, key, '0');
    const personId = await this.personUnder(tag);
    if (personId instanceof Rejection) return personId;
    return { streamId: `person-${personId}`, personId, reserved: { person: { tag } } };
  }

  private async personNamed({ id, external }: Ref): Promise<string | Rejection | undefined> {
    if (external) return this.personUnder(this.identifiers.tag(external.authority, external.type, external.value));
    if (id !== undefined && !(await this.known.person(id))) throw unknown('person', 'person.personId');
    return id;
  }

  private personUnder(tag: string): Promise<string | Rejection> {
    return this.identifiers.reserve(tag, 'person').catch((error: unknown) => {
      if (error instanceof IdentifierSuppressed) return personErased();
      throw error;
    });
  }

  private async streamOf(
    command: Report,
    { id, external }: Ref,
    { decider: { category, subjectOf } }: Offered,
    { scope, key }: Request,
  ): Promise<Pick<Addressed, 'streamId' | 'reserved'>> {
    if (id !== undefined) {
      if (!(await this.known.stream(`${category}-${id}`))) throw unknown(category, 'subject.id');
      return { streamId: `${category}-${id}` };
    }
    const parts = subjectOf?.(command);
    if (parts) return { streamId: derivedStream(category, parts) };
    const named = external && [external.authority, external.type, external.value];
    const tag = this.identifiers.tag(...(named ?? ['request', scope, key, '1']));
    const streamId = `${category}-${await this.identifiers.reserve(tag, 'stream')}`;
    return named ? { streamId } : { streamId, reserved: { stream: { tag } } };
  }
}

/** Said of an identifier that is on the suppression list. */
export const personErased = (): Rejection =>
  reject(
    'person-erased',
    'The person whom this identifier named was erased. Nothing is recorded of them, unless they consent anew.',
    'person',
  );

const personOf = ({ person }: Report): Ref =>
  oneOf({ id: person?.personId, external: person?.identifier }, ['person', 'personId', 'identifier']);
const subjectOf = ({ subject }: Report): Ref =>
  oneOf({ id: subject?.id, external: subject?.record }, ['subject', 'id', 'record']);

const oneOf = (ref: Ref, [field, own, other]: readonly [string, string, string]): Ref => {
  if (ref.id === undefined || ref.external === undefined) return ref;
  const message = `names both ${own} and ${other}, which may not mean the same`;
  throw validationProblem([{ field, message, remedy: `Give one of ${own} and ${other}.` }]);
};

const personMissing = () =>
  validationProblem([
    {
      field: 'person',
      message: 'is missing: nothing tells whom this is about',
      remedy: 'Add person.personId, or person.identifier with authority, type and value.',
    },
  ]);

const unknown = (category: string, field: string) => {
  const noun = category.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Problem(404, `${noun}-unknown`, `Nothing is known under the id in ${field}.`, {
    field,
    remedy: `Check the id, or name it by the source's own ${field.startsWith('person') ? 'person.identifier' : 'subject.record'}.`,
  });
};
