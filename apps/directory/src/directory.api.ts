const text = { type: 'string' } as const;
const nullable = { type: ['string', 'null'] } as const;
const FOUND = {
  type: 'object',
  required: ['personId', 'name', 'born', 'records', 'organizations'],
  properties: {
    personId: { type: 'string', format: 'uuid', description: 'One of the linked records; any of them addresses the consumer.' },
    name: nullable,
    born: nullable,
    records: { type: 'integer' },
    organizations: { type: 'array', items: text },
  },
};
const SEARCH = {
  type: 'object',
  required: ['found', 'more', 'notice'],
  properties: {
    found: { type: 'array', items: { $ref: '#/components/schemas/ConsumerFound' } },
    more: { type: 'boolean' },
    next: text,
    notice: text,
  },
};
const query = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });

/** What the directory offers over HTTP, as OpenAPI writes it. */
export const directoryApi = {
  tags: [{ name: 'directory', description: 'Who can be found.' }],
  paths: {
    '/consumers': {
      get: {
        operationId: 'searchConsumers',
        summary:
          'Consumers by any part of their names or birth date; those of whom something was recorded last, where nothing is sought',
        tags: ['directory'],
        parameters: [
          query(
            'search',
            { type: 'string', maxLength: 200 },
            'Words, each a part of a name; accents and case do not matter. Of one or two letters, its beginning.',
          ),
          query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 25 }, 'Most consumers in the answer.'),
          query('from', text, '`next` of the page before.'),
          query('after', text, 'Waits, for at most five seconds, until the view has reached this cursor.'),
        ],
        responses: {
          200: {
            description: 'As asked.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/ConsumersFound' } } },
          },
        },
      },
    },
  },
  schemas: { ConsumerFound: FOUND, ConsumersFound: SEARCH },
};
