import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from '@jest/globals';
import { catalogues, decode, problemsOf, RawCode, schemaOf, schemaOfClass, type AnyEventSpec, type JsonSchema } from '#contracts';
import { ERASED, isErased } from '#kernel';
import { envelopeSchema } from '../tools/reference/envelope.schema.js';
import { referred } from '../tools/reference/referred.js';
import { samplePath, SAMPLES } from '../tools/reference/sample-files.js';
import type { Sample } from '../tools/reference/sample.js';

const all = catalogues.flatMap(({ context, events }) =>
  Object.entries(events).map(([type, spec]): [string, AnyEventSpec, string] => [type, spec, context]),
);
const envelope = new Ajv2020({ strict: false, validateFormats: false }).compile(envelopeSchema());
const stored = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Sample;

test('every type name is used once, over all contexts, and reads as a name', () => {
  const names = all.map(([type]) => type);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(names.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
});
test('every event says in a sentence what it means', () => {
  expect(all.filter(([, { means }]) => !/^[A-Z].{10,}\.$/.test(means)).map(([type]) => type)).toEqual([]);
});
test('what is declared open is a field', () => {
  const strangers = all.flatMap(([type, { open }]) =>
    open.filter((name) => !(name in (schemaOf(type, 'opened').properties ?? {}))).map((name) => `${type}.${name}`),
  );
  expect(strangers).toEqual([]);
});

const SENTENCE = 'Met Maria Lopez at 12 Oak Street and she was unwell';
/** Names of code systems and authorities have blanks in real messages; they tell of agencies, not of people. */
const SYSTEM = schemaOfClass(RawCode).properties?.['system']?.['pattern'];

/** The parts of an open field into which words about a person would fit. */
const wordsFit = (schema: JsonSchema, root: JsonSchema, path: string): readonly string[] => {
  if (schema.$ref) return wordsFit(referred(schema.$ref, root), root, path);
  if (schema['enum'] !== undefined) return [];
  const byType: Readonly<Record<string, () => readonly string[]>> = {
    integer: () => [],
    number: () => [],
    boolean: () => [],
    array: () => wordsFit(schema.items ?? {}, root, `${path}[]`),
    string: () => (textIsOpen(schema) ? [path] : []),
    object: () => fieldsFit(schema, root, path),
  };
  return byType[schema.type ?? '']?.() ?? [path];
};
const fieldsFit = (schema: JsonSchema, root: JsonSchema, path: string) => {
  const fields = Object.entries(schema.properties ?? {});
  return fields.length === 0 ? [path] : fields.flatMap(([name, field]) => wordsFit(field, root, `${path}.${name}`));
};
const textIsOpen = ({ format, pattern }: JsonSchema & { format?: string; pattern?: string }): boolean => {
  if (format === 'uuid' || format === 'local-time' || pattern === SYSTEM) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(SENTENCE);
};
const openWords = (type: string, { open }: AnyEventSpec) => {
  const schema = schemaOf(type, 'opened');
  return open.flatMap((name) => wordsFit(schema.properties?.[name] ?? {}, schema, `${type}.${name}`));
};

test('no words about a person fit into an open field: codes, dates, counts, ids and HMACs only', () => {
  // Organisations are nobody; a correction's fields are held to those of the event that it corrects, by the codec.
  const about = all.filter(([, , context]) => context !== 'organizations');
  expect(about.flatMap(([type, spec]) => openWords(type, spec)).filter((path) => path !== 'FactCorrected.changed')).toEqual([]);
});
test('the look at open fields would notice a note', () => {
  const contact = all.find(([type]) => type === 'StatementAttached')?.[1] as AnyEventSpec;
  expect(openWords('StatementAttached', { ...contact, open: ['text'] })).toEqual(['StatementAttached.text']);
});

test.each(all)('%s: a stored event of every version is still read', (type, { version }) => {
  for (let v = 1; v <= version; v++) {
    const { placed, body, secret } = stored(samplePath(type, v));
    const { data, ...by } = decode(placed, body, secret);
    expect(problemsOf(type, data)).toEqual([]);
    expect([envelope(by), envelope.errors]).toEqual([true, null]);
    if (secret !== null)
      expect(Object.values(decode(placed, body, ERASED).data).every((value) => !isErased(value))).toBe(!JSON.parse(secret).data);
  }
});
test('every sample is of a type and version that exist', () => {
  const known = new Set(all.flatMap(([type, { version }]) => Array.from({ length: version }, (_, i) => samplePath(type, i + 1))));
  expect(readdirSync(SAMPLES).filter((name) => !known.has(`${SAMPLES}/${name}`))).toEqual([]);
});
