import { schemaOfClass, type JsonSchema } from '#contracts';
import { pathOf, type CommandRegistry, type Offered } from './registry.js';

type Json = Readonly<Record<string, unknown>>;

/** What a read side offers: its paths, and the schemas that they refer to, as OpenAPI 3.1 writes them. */
export interface ApiPart {
  readonly paths: Readonly<Record<string, Json>>;
  readonly schemas: Readonly<Record<string, Json>>;
  readonly tags?: readonly { readonly name: string; readonly description: string }[];
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' } as const;
const json = (schema: Json, type = 'application/json') => ({ content: { [type]: { schema } } });

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457: what is wrong, where, and how to mend it.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: text,
    status: { type: 'integer' },
    code: { ...text, description: 'The refusal in one word: `person-unknown`, `invalid-command`.' },
    detail: text,
    remedy: text,
    field: text,
    errors: { type: 'array', items: ref('FieldError') },
    near: { type: 'array', items: text },
    at: { type: 'object', properties: { position: { type: 'integer' }, line: { type: 'integer' }, column: { type: 'integer' } } },
  },
};
const FIELD_ERROR = { type: 'object', required: ['field', 'message'], properties: { field: text, message: text, remedy: text } };
const ANSWER = {
  type: 'object',
  description: 'What a command led to; `cursor` is what `?after=` waits for.',
  required: ['status', 'position', 'cursor', 'streamId', 'personId', 'events'],
  properties: {
    status: { enum: ['recorded', 'repeated', 'unchanged'] },
    position: { type: 'integer' },
    cursor: text,
    streamId: { ...text, description: '`<category>-<uuid>`; the uuid is the subject id of further commands.' },
    personId: { type: ['string', 'null'], format: 'uuid' },
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'type', 'position'],
        properties: { id: { type: 'string', format: 'uuid' }, type: text, position: { type: 'integer' } },
      },
    },
  },
};

const problem = (description: string) => ({ description, ...json(ref('Problem'), 'application/problem+json') });
const HEALTH = {
  type: 'object',
  required: ['status'],
  properties: { status: text, reasons: { type: 'array', items: text } },
};

const header = (name: string, description: string) => ({ name, in: 'header', description, schema: text });

const words = (name: string) => name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());

const operation = (offered: Offered) => ({
  post: {
    operationId: offered.command.name,
    tags: [offered.context],
    summary: words(offered.name),
    parameters: [
      header(
        'Idempotency-Key',
        'A request sent again under its key gets its first answer. Made, and answered, where it is absent.',
      ),
      header('X-Correlation-Id', 'Followed through logs and events. Made, and answered, where it is absent.'),
    ],
    requestBody: { required: true, ...json(ref(offered.command.name)) },
    responses: {
      200: { description: 'Nothing new: said, or sent, before.', ...json(ref('Answer')) },
      201: { description: 'Recorded.', ...json(ref('Answer')) },
      400: problem('The body cannot be taken as sent; every wrong field is named.'),
      404: problem('What the command is about is unknown.'),
      409: problem('Refused, or others were writing the same record (then with Retry-After).'),
      413: problem('The body is too large.'),
      415: problem('Not JSON in UTF-8.'),
      503: problem('The log cannot be reached; send it again.'),
    },
  },
});

const health = (summary: string, statuses: readonly number[]) => ({
  get: {
    tags: ['health'],
    summary,
    responses: Object.fromEntries(statuses.map((status) => [status, { description: summary, ...json(HEALTH) }])),
  },
});

/** A union with null has no class of its own; what stands beside the reference says it all. */
const withoutObjectRef = (schema: unknown): unknown => {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(withoutObjectRef);
  const kept = Object.entries(schema).filter(([key, value]) => key !== '$ref' || value !== '#/components/schemas/Object');
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutObjectRef(value)]));
};

const componentsOf = ({ command }: Offered): Readonly<Record<string, unknown>> => {
  const { $defs = {}, ...schema } = schemaOfClass(command);
  const { Object: _, ...named } = { ...$defs, [command.name]: schema };
  const moved = JSON.parse(JSON.stringify(named).replaceAll('#/$defs/', '#/components/schemas/')) as Record<string, JsonSchema>;
  return withoutObjectRef(moved) as Record<string, unknown>;
};

/** One OpenAPI 3.1 document of every command, of what the read sides offer, and of health. */
export const openApiOf = (registry: CommandRegistry, parts: readonly ApiPart[]) => {
  const contexts = [...new Set(registry.all.map(({ context }) => context))];
  const merged = <K extends 'paths' | 'schemas'>(key: K): Json => Object.assign({}, ...parts.map((part) => part[key])) as Json;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Throughline',
      version: '0.1.0',
      description:
        'One timeline from hospital to home. A command tells what happened; its answer tells the position that it reached.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      ...contexts.map((name) => ({ name, description: `Commands of ${words(name).toLowerCase()}.` })),
      ...parts.flatMap(({ tags = [] }) => tags),
      { name: 'health', description: 'Whether the service is up, and whether it should be asked.' },
    ],
    paths: {
      ...Object.fromEntries(registry.all.map((offered) => [`/commands/${pathOf(offered)}`, operation(offered)])),
      ...merged('paths'),
      '/health/live': health('The process answers.', [200]),
      '/health/ready': health('Whether migrations and the demo are in, and the database answers.', [200, 503]),
    },
    components: {
      schemas: {
        Problem: PROBLEM,
        FieldError: FIELD_ERROR,
        Answer: ANSWER,
        ...(Object.assign({}, ...registry.all.map(componentsOf)) as Json),
        ...merged('schemas'),
      },
    },
  };
};
