import { LABELS, PRECISIONS } from '#kernel';
import type { JsonSchema } from '#contracts';

const text = (description?: string): JsonSchema => ({ type: 'string', ...(description && { description }) });
const uuid = (description?: string): JsonSchema => ({ type: 'string', format: 'uuid', ...(description && { description }) });
const instant = (description: string): JsonSchema => ({ type: 'string', format: 'date-time', description });
const orNull = (schema: JsonSchema): JsonSchema =>
  ({ ...schema, type: [schema.type as string, 'null'] }) as unknown as JsonSchema;
const oneOf = (...values: readonly string[]): JsonSchema => ({ type: 'string', enum: values });
/** An object of these fields; a name that ends in `?` may be absent. */
const object = (fields: Readonly<Record<string, JsonSchema>>, description?: string): JsonSchema => ({
  type: 'object',
  ...(description && { description }),
  properties: Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name.replace('?', ''), schema])),
  required: Object.keys(fields).filter((name) => !name.endsWith('?')),
  additionalProperties: false,
});

const OCCURRED = object(
  {
    start: text('Local time, as precise as it is long.'),
    'end?': text(),
    precision: oneOf(...PRECISIONS),
    zone: text('IANA zone of the place where it happened.'),
    'offset?': text('Only where the source sent one.'),
    basis: text('The field of the source that told it.'),
    'estimated?': { type: 'boolean' },
    'implausible?': { type: 'boolean', description: 'After receipt, or impossible: starts no clock.' },
    'asSent?': text('The text of a date that does not exist; `start` is the part of it that does.'),
  },
  'Clock one, the world: as the source said it.',
);
const ASSERTED = object({
  by: oneOf('consumer', 'staff', 'collateral', 'source-record', 'rule'),
  how: oneOf('observed', 'self-report', 'documented', 'inferred'),
  'confidence?': { type: 'number', minimum: 0, maximum: 1 },
});
const SUPERSEDES = object({
  'eventId?': uuid(),
  'target?': object({ subject: text(), kind: text(), 'asOf?': text() }, 'What may not have arrived yet.'),
  'reason?': text(),
});

type Sealed = Readonly<Record<string, JsonSchema>>;
/** The fields that stand in the open body; `sealed` adds those that an opened event has beside them. */
const said = (sealed: { readonly raw: Sealed; readonly source: Sealed }): Readonly<Record<string, JsonSchema>> => ({
  occurred: orNull(OCCURRED),
  assertedAt: orNull(instant('Clock two: when the source said so.')),
  asserted: ASSERTED,
  enteredBy: text('The staff member, role or door that entered it.'),
  'performers?': {
    type: 'array',
    items: object({ 'staffId?': uuid(), 'role?': text(), 'credentials?': text(), ...sealed.raw }),
  },
  organizationId: orNull(uuid('Who did it.')),
  'programId?': uuid(),
  'siteId?': uuid(),
  'place?': object({ kind: text(), 'organizationRef?': uuid(), ...sealed.raw }, 'Where.'),
  source: object({ system: text(), 'sequence?': { type: 'number' }, ...sealed.source }),
  request: object({ tag: text(), fingerprint: text() }, 'HMACs of the request that recorded it.'),
  labels: { type: 'array', items: oneOf(...LABELS), description: 'A reader needs all of them.' },
  'supersedes?': SUPERSEDES,
  correlationId: text(),
  causationId: orNull(text()),
});

const RESERVED: JsonSchema = {
  anyOf: [
    object({ authority: text(), type: text(), value: text() }, 'An identifier that a source gave.'),
    object({ tag: text() }, 'The HMAC of the request, where there was none.'),
  ],
};

const ERASABLE: JsonSchema = {
  description: 'As recorded, or erased.',
  anyOf: [
    { type: 'string' },
    { type: 'object', properties: { erased: { const: true } }, required: ['erased'], additionalProperties: false },
  ],
};

/** The open body of a stored event, around the schema of its open data. */
export const bodySchema = (data: JsonSchema): JsonSchema =>
  object({ v: { type: 'integer', minimum: 1, description: 'Schema version.' }, ...said({ raw: {}, source: {} }), data });

/** The envelope of an opened event: everything but `data`. */
export const envelopeSchema = (): JsonSchema =>
  object({
    id: uuid('Derived from its request: the same request gives the same id.'),
    type: text(),
    schemaVersion: { type: 'integer', minimum: 1 },
    streamId: text('<category>-<uuid>'),
    revision: { type: 'integer', minimum: 0, description: 'Place within the stream.' },
    position: { type: 'integer', minimum: 1, description: 'Place within the log.' },
    personId: orNull(uuid('Null for personless streams.')),
    recordedAt: instant('Clock three: when the log took it.'),
    ...said({ raw: { 'raw?': ERASABLE }, source: { 'message?': ERASABLE, 'record?': ERASABLE } }),
    'reservedUnder?': object(
      { 'stream?': RESERVED, 'person?': RESERVED },
      'Under what the ids of the stream and its person were reserved. Sealed.',
    ),
  });
