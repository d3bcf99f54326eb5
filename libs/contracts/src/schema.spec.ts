import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { precisionOf, stated } from '#kernel';
import { eventTypes, specOf } from './events.js';
import { problemsOf, schemaOf, type JsonSchema } from './schema.js';

type Json = Record<string, unknown>;
type Defs = JsonSchema['$defs'];
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const referred = (schema: JsonSchema, defs: Defs): JsonSchema =>
  schema.$ref ? (defs?.[schema.$ref.slice('#/$defs/'.length)] as JsonSchema) : schema;

const pad = (n: number) => String(n).padStart(2, '0');
const localTime = fc
  .tuple(
    fc.integer({ min: 1900, max: 2100 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
    fc.nat(59),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([y, m, d, minute, parts]) => [`${y}`, `-${pad(m)}`, `-${pad(d)}`, `T16:${pad(minute)}`, ':30'].slice(0, parts).join(''))
  .filter((text) => precisionOf(text) !== undefined);

const textOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  if (schema['format'] === 'uuid') return fc.uuid();
  if (schema['format'] === 'local-time') return localTime;
  if (schema['pattern'] !== undefined) return fc.stringMatching(new RegExp(schema['pattern'] as string, 'u'));
  const max = Number(schema['x-max-utf16'] ?? schema['maxLength']);
  return fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }), fc.constant('é'.repeat(max)));
};
/** What a schema accepts. */
const fits = (given: JsonSchema, defs: Defs = given.$defs): fc.Arbitrary<unknown> => {
  const schema = referred(given, defs);
  if (schema['enum']) return fc.constantFrom(...(schema['enum'] as readonly unknown[]));
  const bounds = { min: Number(schema['minimum'] ?? -9), max: Number(schema['maximum'] ?? 9) };
  const byType: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
    string: () => textOf(schema),
    boolean: () => fc.boolean(),
    integer: () => fc.integer(bounds),
    number: () => fc.double({ ...bounds, noNaN: true }),
    array: () => arrayOf(schema, defs),
    object: () => objectOf(schema, defs),
  };
  return (byType[schema.type ?? ''] as () => fc.Arbitrary<unknown>)();
};
const arrayOf = (schema: JsonSchema, defs: Defs) => {
  const size = { minLength: Number(schema['minItems'] ?? 0), maxLength: Math.min(3, Number(schema['maxItems'] ?? 3)) };
  const item = fits(schema.items ?? {}, defs);
  return schema['uniqueItems'] ? fc.uniqueArray(item, size) : fc.array(item, size);
};
const objectOf = ({ properties = {}, required = [], additionalProperties }: JsonSchema, defs: Defs): fc.Arbitrary<object> => {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, fits(field, defs)]));
  // The free objects of a correction: any fields.
  if (additionalProperties !== false)
    return fc.dictionary(fc.constantFrom('levelOfCare', 'unit'), fc.string(), { noNullPrototype: true });
  return fc.record(fields, { requiredKeys: [...required], noNullPrototype: true });
};

/** What senders get wrong, and what a database or a reader could not take. */
const ODD = [
  null, '', ' ', 'x', 0, 1, -1, 2.5, 1e9, true, [], {}, [[]], [{}], ['x'], [null], { text: 'x' }, 'NUL\u0000', 'half \ud83d', 'e'.repeat(30_000),
  '2026-02-30', '2026-W01', '2026-03-05T16:00:00Z', '2026-03-05T16:00:00.000Z', '00000000-0000-0000-0000-000000000000',
  'F47AC10B-58CC-4372-A567-0E02B2C3D479', '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001\n', 'inpatient', '99', 99,
] as const; // prettier-ignore
type Damage = {
  readonly path: readonly number[];
  readonly how: 'replace' | 'remove' | 'add' | 'wrap' | 'unwrap' | 'quote';
  readonly by: unknown;
};
const damage: fc.Arbitrary<Damage> = fc.record({
  path: fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'wrap', 'unwrap', 'quote'),
  by: fc.constantFrom(...ODD),
});

const changes: Readonly<Record<Exclude<Damage['how'], 'add' | 'remove'>, (old: unknown, by: unknown) => unknown>> = {
  replace: (_, by) => by,
  wrap: (old) => [old],
  unwrap: (old) => (Array.isArray(old) ? (old[0] as unknown) : old),
  quote: (old) => JSON.stringify([old, old]),
};
/** A payload with one thing in it changed, at whatever depth. */
const damaged = (value: unknown, change: Damage): unknown => {
  const [at = 0, ...path] = change.path;
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (i === at % value.length ? damaged(item, { ...change, path }) : item));
  if (isObject(value)) return withChange(value, at, { ...change, path });
  return change.how === 'add' || change.how === 'remove' ? change.by : changes[change.how](value, change.by);
};
const withChange = (value: Json, at: number, change: Damage): Json => {
  const name = Object.keys(value)[at % Object.keys(value).length];
  const { how, by, path } = change;
  if (how === 'add' || name === undefined) return { ...value, [['note', 'ssn', 'facilityId', 'names'][at % 4] as string]: by };
  const { [name]: old, ...others } = value;
  if (path.length > 0 && typeof old === 'object') return { ...value, [name]: damaged(old, change) };
  return how === 'remove' ? others : { ...value, [name]: changes[how](old, by) };
};

const withoutUnset = (value: unknown): unknown => {
  if (isObject(value)) for (const [name, field] of Object.entries(value)) if (field === undefined) delete value[name]; else withoutUnset(field); // prettier-ignore
  if (Array.isArray(value)) value.forEach(withoutUnset);
  return value;
};
/** class-validator's verdict on what a class is made of. */
const accepted = (payload: new () => object, data: object): boolean =>
  validateSync(withoutUnset(plainToInstance(payload, data)) as object, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  }).length === 0;

/** class-validator takes a list where one object is asked for, and one where a list is; the door sees to that itself. */
const misshapen = (data: unknown, given: JsonSchema, defs: Defs = given.$defs): boolean => {
  const schema = referred(given, defs);
  if (Array.isArray(data)) return schema.type === 'object' || data.some((item) => misshapen(item, schema.items ?? {}, defs));
  if (!isObject(data)) return false;
  const fields = Object.entries(schema.properties ?? {});
  return schema.type === 'array' || fields.some(([name, field]) => misshapen(data[name], field, defs));
};

const verdicts = (type: string, given: object) => {
  const data = stated(given);
  return { schema: problemsOf(type, data).length === 0, classes: accepted(specOf(type).payload, data) };
};

test.each(eventTypes())('%s: what its schema says of any payload, its class says too', (type) => {
  const schema = schemaOf(type, 'opened');
  const payload = fits(schema) as fc.Arbitrary<object>;
  fc.assert(
    fc.property(payload, (data) => expect(verdicts(type, data)).toEqual({ schema: true, classes: true })),
    { numRuns: 15 },
  );
  fc.assert(
    fc.property(payload, damage, (data, change) => {
      const changed = damaged(data, change) as object;
      if (misshapen(stated(changed), schema)) return expect(verdicts(type, changed).schema).toBe(false);
      const { schema: bySchema, classes } = verdicts(type, changed);
      return expect(bySchema).toBe(classes);
    }),
    { numRuns: 80 },
  );
});
test('enough of the damaged payloads are refused, and enough still accepted, for agreement to tell anything', () => {
  const counts = { accepted: 0, refused: 0 };
  for (const type of eventTypes())
    for (const [data, change] of fc.sample(fc.tuple(fits(schemaOf(type, 'opened')) as fc.Arbitrary<object>, damage), 20))
      counts[problemsOf(type, stated(damaged(data, change) as object)).length === 0 ? 'accepted' : 'refused'] += 1;
  const all = counts.accepted + counts.refused;
  expect(Math.min(counts.accepted, counts.refused) / all).toBeGreaterThan(0.1);
});
