import { referred } from './referred.js';
import { encode, schemaOf, specOf, type JsonSchema, type Unrecorded } from '#contracts';

/** A text for each pattern of the catalogue: a new pattern is added here once. */
const BY_PATTERN: readonly string[] = [
  'A01', 'America/Detroit', 'VisitEnded', '1234567893', 'MI-501', '230001', '482', '48226', '2026-03-05',
  '2026-03-05T16:00:00.000Z', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
]; // prettier-ignore

const uuid = (n: number) => `00000000-0000-8000-8000-${n.toString(16).padStart(12, '0')}`;

const textOf = (schema: JsonSchema, name: string, n: number): string => {
  if (schema['format'] === 'uuid') return uuid(n + 16);
  if (schema['format'] === 'local-time') return '2026-03-05';
  const pattern = schema['pattern'] as string | undefined;
  if (pattern === undefined) return `some ${name}`.slice(0, Number(schema['x-max-utf16'] ?? schema['maxLength'] ?? 80));
  const text = BY_PATTERN.find((candidate) => new RegExp(pattern, 'u').test(candidate));
  if (text === undefined) throw new Error(`No sample text fits ${pattern} (${name}): add one to tools/reference/sample.ts`);
  return text;
};

/** A value that a schema accepts, the same each time; `n` tells the items of an array apart. */
const valueOf = (schema: JsonSchema, root: JsonSchema, name: string, n = 0): unknown => {
  if (schema.$ref) return valueOf(referred(schema.$ref, root), root, name, n);
  const choices = schema['enum'] as readonly unknown[] | undefined;
  if (choices) return choices[n % choices.length];
  const leaf: Readonly<Record<string, () => unknown>> = {
    string: () => textOf(schema, name, n),
    boolean: () => true,
    integer: () => Math.max(Number(schema['minimum'] ?? 1), Math.min(2, Number(schema['maximum'] ?? 2))),
    number: () => Number(schema['maximum'] ?? 1),
    array: () => Array.from({ length: Number(schema['minItems'] ?? 1) }, (_, i) => valueOf(schema.items ?? {}, root, name, i)),
    object: () => objectOf(schema, root),
  };
  const make = leaf[schema.type ?? ''];
  if (!make) throw new Error(`No sample for the field ${name}: ${JSON.stringify(schema)}`);
  return make();
};

const objectOf = (schema: JsonSchema, root: JsonSchema) =>
  Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valueOf(field, root, name)]));

/** Data of a type with every field filled in, valid and the same each time. */
export const sampleDataOf = (type: string): object => {
  const schema = schemaOf(type, 'opened');
  return objectOf(schema, schema);
};

/** An event as the log would hold it, its secret not yet sealed. */
export interface Sample {
  readonly placed: {
    readonly id: string;
    readonly type: string;
    readonly streamId: string;
    readonly revision: number;
    readonly position: number;
    readonly personId: string | null;
    readonly recordedAt: string;
  };
  readonly body: string;
  readonly secret: string | null;
}

/** A sample of the current version of a type, with every part of the envelope filled in. */
export const sampleOf = (type: string): Sample => {
  const { labels, version } = specOf(type);
  const data = sampleDataOf(type);
  const placed = {
    id: uuid(1),
    type,
    streamId: `sample-${uuid(2)}`,
    revision: 0,
    position: 1,
    personId: uuid(3),
    recordedAt: '2026-03-05T21:00:00.000Z',
  };
  const event: Unrecorded = {
    id: placed.id,
    type,
    streamId: placed.streamId,
    personId: placed.personId,
    schemaVersion: version,
    occurred: {
      start: '2026-03-05T15:30',
      end: '2026-03-05T16:00',
      precision: 'minute',
      zone: 'America/Detroit',
      offset: '-05:00',
      basis: 'EVN-6',
      estimated: true,
    },
    assertedAt: '2026-03-05T20:59:00.000Z',
    asserted: { by: 'staff', how: 'observed', confidence: 1 },
    enteredBy: 'sample',
    performers: [{ staffId: uuid(4), raw: 'some name', role: 'peer-specialist', credentials: 'CPSS' }],
    organizationId: uuid(5),
    programId: uuid(6),
    siteId: uuid(7),
    place: { kind: 'clinic', organizationRef: uuid(8), raw: 'some place' },
    source: { system: 'hospital:sample', message: 'some message', record: 'some record', sequence: 1 },
    reservedUnder: { stream: { authority: 'hospital:sample', type: 'VN', value: 'some number' } },
    request: { tag: 'some-tag', fingerprint: 'some-fingerprint' },
    labels: typeof labels === 'function' ? labels(data as never) : labels,
    supersedes: { eventId: uuid(9), reason: 'some-reason' },
    correlationId: uuid(10),
    causationId: uuid(11),
    data,
  };
  return { placed, ...encode(event) };
};
