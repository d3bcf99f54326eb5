import { catalogues, schemaOf, type AnyEventSpec, type JsonSchema } from '#contracts';
import { referred } from './referred.js';
import { sampleDataOf } from './sample.js';

const cell = (text: string) => text.replaceAll('|', '\\|');
const codes = (values: readonly unknown[]) => values.map((value) => `\`${String(value)}\``).join(', ');

/** A field's type in words: what may stand there. */
const typeOf = (schema: JsonSchema, root: JsonSchema): string => {
  if (schema.$ref) return objectWords(referred(schema.$ref, root), root);
  const choices = schema['enum'] as readonly unknown[] | undefined;
  if (choices) return `one of ${codes(choices)}`;
  return (WORDS[schema.type ?? ''] ?? numberWords)(schema, root);
};
const numberWords = ({ type = 'anything', minimum, maximum }: JsonSchema) =>
  minimum === undefined && maximum === undefined ? type : `${type}, ${String(minimum ?? '…')} to ${String(maximum ?? '…')}`;
const textWords = (schema: JsonSchema): string => {
  if (schema['format'] === 'uuid') return 'id (UUID)';
  if (schema['format'] === 'local-time') return 'local date or time, as precise as it is long';
  if (schema['pattern'] !== undefined) return `text like \`${String(schema['pattern'])}\``;
  const most = schema['x-max-utf16'] ?? schema['maxLength'];
  return most === undefined ? 'text' : `text, at most ${String(most)} characters`;
};
const objectWords = (schema: JsonSchema, root: JsonSchema): string => {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return 'object';
  const words = fields.map(([name, field]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    return `\`${name}${optional}\` ${typeOf(field, root)}`;
  });
  return `{ ${words.join('; ')} }`;
};

const WORDS: Readonly<Record<string, (schema: JsonSchema, root: JsonSchema) => string>> = {
  array: ({ items = {} }, root) => `list of: ${typeOf(items, root)}`,
  object: objectWords,
  string: textWords,
};

/** Where the data decide, every set of labels that some value of a code-list field leads to. */
const labelSets = (type: string, labels: Exclude<AnyEventSpec['labels'], readonly unknown[]>): readonly string[] => {
  const { properties = {}, required = [] } = schemaOf(type, 'opened');
  const sample = sampleDataOf(type);
  const variants = Object.entries(properties).flatMap(([name, field]) => {
    const values = (field['enum'] as readonly unknown[] | undefined) ?? [];
    return [...values, ...(required.includes(name) ? [] : [undefined])].map((value) => ({ ...sample, [name]: value }));
  });
  return [...new Set([sample, ...variants].map((data) => labels(data as never).join(' + ')))].sort();
};
const labelWords = (type: string, { labels }: AnyEventSpec): string => {
  if (typeof labels === 'function') return `by what it says: ${codes(labelSets(type, labels))}`;
  return labels.length > 0 ? codes(labels) : 'none of its own';
};

const fieldRow = (name: string, type: string, spec: AnyEventSpec): string => {
  const schema = schemaOf(type, 'opened');
  const needed = schema.required?.includes(name) ? '' : '?';
  const labels = spec.fieldLabels?.[name];
  const kept = spec.open.includes(name) ? 'open' : 'sealed';
  return `| \`${name}${needed}\` | ${cell(typeOf(schema.properties?.[name] ?? {}, schema))} | ${kept} | ${labels ? codes(labels) : ''} |`;
};

const eventSection = (type: string, spec: AnyEventSpec): string => {
  const fields = Object.keys(schemaOf(type, 'opened').properties ?? {});
  const table = [
    '| field | type | kept | labels of its own |',
    '|---|---|---|---|',
    ...fields.map((name) => fieldRow(name, type, spec)),
  ];
  return [
    `### ${type}`,
    `${spec.means} Version ${spec.version}; labels: ${labelWords(type, spec)}; [schema](schemas/${type}.json).`,
    fields.length > 0 ? table.join('\n') : 'It says nothing beside its envelope.',
  ].join('\n\n');
};

const INTRODUCTION = `# Events

Made from the catalogue (\`libs/contracts\`) by \`npm run generate\`; do not edit.

Every event also has an [envelope](schemas/envelope.json): who, when by three clocks, and from which source. *Open* fields stand in
the log as they are; *sealed* ones are encrypted under the key of the event's stream and are gone once that key is destroyed.
A \`?\` marks a field that may be absent. A reader needs every label of an event, and of a field, to see it.`;

/** docs/reference/events.md */
export const eventsPage = (): string => {
  const contents = catalogues.map(
    ({ context, events }) =>
      `- **${context}** (${Object.keys(events).length}): ${Object.keys(events)
        .map((type) => `[${type}](#${type.toLowerCase()})`)
        .join(' · ')}`,
  );
  const sections = catalogues.flatMap(({ context, events }) => [
    `## ${context[0]?.toUpperCase()}${context.slice(1)}`,
    ...Object.entries(events).map(([type, spec]) => eventSection(type, spec)),
  ]);
  return `${[INTRODUCTION, contents.join('\n'), ...sections].join('\n\n')}\n`;
};
