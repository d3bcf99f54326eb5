import { ERASED, stated, type AnyEvent, type Envelope, type Erased, type Place, type ReservedUnder } from '#kernel';
import { specOf, UnknownEvent } from './events.js';
import { openTexts } from './open-texts.js';
import { problemsOf, sealedFieldsOf } from './schema.js';

/** An event before it has a place in the log. */
export type Unrecorded = Omit<Envelope, 'position' | 'revision' | 'recordedAt'> & AnyEvent;

/** The columns of the log that are not part of the body. */
export interface Placed {
  readonly id: string;
  readonly type: string;
  readonly streamId: string;
  readonly revision: number;
  readonly position: number;
  readonly personId: string | null;
  readonly recordedAt: string;
}

/** The data are not what the catalogue declares of the type: a fault of the code that recorded them. Names fields, never values. */
export class InvalidPayload extends Error {
  constructor(
    readonly type: string,
    readonly problems: readonly string[],
  ) {
    super(`${type} cannot be recorded: ${problems.join('; ')}`);
  }
}

interface Body extends Omit<
  Envelope,
  'id' | 'type' | 'schemaVersion' | 'streamId' | 'revision' | 'position' | 'personId' | 'recordedAt' | 'reservedUnder'
> {
  readonly v: number;
  readonly data: Record<string, unknown>;
}
interface Secret {
  readonly data?: Record<string, unknown>;
  readonly performers?: readonly (string | null)[];
  readonly place?: string;
  readonly message?: string;
  readonly record?: string;
  readonly reservedUnder?: ReservedUnder;
}

const without = <T extends object>(thing: T, ...fields: readonly string[]) =>
  Object.fromEntries(Object.entries(thing).filter(([name]) => !fields.includes(name)));

const checkCorrection = ({
  corrects,
  changed,
  changedPrivately,
}: {
  corrects?: string;
  changed?: object;
  changedPrivately?: object;
}) => {
  const { open } = specOf(corrects ?? '');
  const sealed = sealedFieldsOf(corrects ?? '');
  const wrong = [
    ...Object.keys(changed ?? {}).filter((name) => !open.includes(name)).map((name) => `changed.${name} is not an open field of ${corrects}`),
    ...Object.keys(changedPrivately ?? {}).filter((name) => !sealed.includes(name)).map((name) => `changedPrivately.${name} is not a sealed field of ${corrects}`),
  ]; // prettier-ignore
  const values = problemsOf(corrects ?? '', { ...changed, ...changedPrivately }).filter(
    (problem) => !problem.startsWith('data '),
  );
  if (wrong.length + values.length > 0) throw new InvalidPayload('FactCorrected', [...wrong, ...values]);
};

const openPerformers = ({ performers }: Unrecorded) => performers?.map((performer) => without(performer, 'raw'));
const openPlace = ({ place }: Unrecorded) => place && (without(place, 'raw') as unknown as Place);

const bodyOf = (event: Unrecorded, data: Record<string, unknown>): Body => {
  const { version, open } = specOf(event.type);
  const { message: _, record: __, ...source } = event.source;
  return {
    v: version,
    occurred: event.occurred,
    assertedAt: event.assertedAt,
    asserted: event.asserted,
    enteredBy: event.enteredBy,
    performers: openPerformers(event),
    organizationId: event.organizationId,
    programId: event.programId,
    siteId: event.siteId,
    place: openPlace(event),
    source,
    request: event.request,
    labels: event.labels,
    supersedes: event.supersedes,
    correlationId: event.correlationId,
    causationId: event.causationId,
    data: Object.fromEntries(Object.entries(data).filter(([name]) => open.includes(name))),
  };
};

const some = <T extends object>(thing: T): T | undefined => (Object.keys(thing).length > 0 ? thing : undefined);

const secretOf = ({ type, source, place, performers, reservedUnder }: Unrecorded, data: Record<string, unknown>): Secret => {
  const raws = performers?.map(({ raw }) => (raw as string | undefined) ?? null) ?? [];
  const { message, record } = source;
  const secret = stated({ data: some(without(data, ...specOf(type).open)), place: place?.raw, message, record, reservedUnder });
  return { ...(secret as Secret), ...(raws.some((raw) => raw !== null) && { performers: raws }) };
};

/**
 * Writes an event as the log keeps it: `body` in the open, `secret` to be sealed under the stream's key (null where there
 * is nothing to seal). Whatever the catalogue does not declare open goes into the secret. Throws `InvalidPayload`.
 */
export const encode = (event: Unrecorded): { readonly body: string; readonly secret: string | null } => {
  const data = stated(event.data) as Record<string, unknown>;
  const problems = [...problemsOf(event.type, data), ...openTexts(event)];
  if (problems.length > 0) throw new InvalidPayload(event.type, problems);
  if (event.type === 'FactCorrected') checkCorrection(data);
  const secret = some(secretOf(event, data));
  return { body: JSON.stringify(bodyOf(event, data)), secret: secret ? JSON.stringify(secret) : null };
};

/** The schema version that an event was written in, read off its body without parsing the rest. */
export const versionIn = (body: string): number => Number(/^\{"v":(\d+)/.exec(body)?.[1]);

const upcast = (type: string, from: number, data: object): object => {
  const { version, upcast: steps } = specOf(type);
  if (from > version) throw new UnknownEvent(type, from, version);
  let current = data;
  for (let v = from; v < version; v++) {
    const step = steps?.[v];
    if (!step) throw new Error(`${type} has no upcast from version ${v}`);
    current = step(current as never);
  }
  return current;
};

/** What was sealed of the envelope itself, put back where it belongs. */
const openedEnvelope = (body: Pick<Body, 'performers' | 'place' | 'source'>, secret: Secret, erased: boolean) => {
  const raw = (text: string | null | undefined) => (erased ? { raw: ERASED } : text ? { raw: text } : {});
  const { message, record, reservedUnder } = secret;
  return {
    ...(body.performers && {
      performers: body.performers.map((performer, i) => ({ ...performer, ...raw(secret.performers?.[i]) })),
    }),
    ...(body.place && { place: { ...body.place, ...raw(secret.place) } }),
    ...(reservedUnder && { reservedUnder }),
    source: { ...body.source, ...(message && { message }), ...(record && { record }) },
  };
};

const openedData = (type: string, { v, data }: Pick<Body, 'v' | 'data'>, secret: Secret, erased: boolean): object => {
  const current = upcast(type, v, secret.data ? { ...data, ...secret.data } : data);
  return erased ? { ...current, ...Object.fromEntries(sealedFieldsOf(type).map((name) => [name, ERASED])) } : current;
};

/**
 * Reads an event back: opened, upcast to the current version. `secret` is the opened blob, null where there was none,
 * `ERASED` where its key is destroyed: then every sealed field reads `ERASED`. Throws `UnknownEvent` by name.
 */
export const decode = (placed: Placed, bodyText: string, secretText: string | null | Erased): Envelope & AnyEvent => {
  const { v, data, performers, place, source, ...rest } = JSON.parse(bodyText) as Body;
  const { id, type, streamId, revision, position, personId, recordedAt } = placed;
  const secret = (typeof secretText === 'string' ? JSON.parse(secretText) : {}) as Secret;
  const erased = secretText !== null && typeof secretText !== 'string';
  return {
    ...{ id, type, schemaVersion: specOf(type).version, streamId, revision, position, personId, recordedAt },
    ...rest,
    ...openedEnvelope({ performers, place, source }, secret, erased),
    data: openedData(type, { v, data }, secret, erased),
  };
};
