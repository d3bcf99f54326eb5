import { catalogues, schemaOf, specOf, type JsonSchema } from '#contracts';
import { bodySchema, envelopeSchema } from './envelope.schema.js';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const alone = (schema: JsonSchema): JsonSchema => ({ ...schema, $defs: undefined });

/** One file for both forms of an event's data: `#/$defs/stored` and `#/$defs/opened`; the file itself accepts the opened form. */
const eventFile = (type: string): JsonSchema => {
  const { means, version } = specOf(type);
  const [stored, opened] = [schemaOf(type, 'stored'), schemaOf(type, 'opened')];
  return {
    $schema: DIALECT,
    $id: `throughline:${type}:${version}`,
    title: type,
    description: means,
    $ref: '#/$defs/opened',
    $defs: { stored: alone(stored), opened: alone(opened), ...opened.$defs },
  };
};

/** docs/reference/schemas: one file an event, and one for the envelope. */
export const schemaFiles = (): readonly (readonly [name: string, content: string])[] => [
  [
    'envelope.json',
    json({
      $schema: DIALECT,
      $id: 'throughline:envelope',
      title: 'Envelope',
      description: 'Everything about an event except what it says; `#/$defs/body` is the open body as it stands in the log.',
      ...envelopeSchema(),
      $defs: { body: bodySchema({ type: 'object' }) },
    }),
  ],
  ...catalogues.flatMap(({ events }) => Object.keys(events).map((type) => [`${type}.json`, json(eventFile(type))] as const)),
];
