import { catalogues, schemaOf, specOf, type JsonSchema } from '#contracts';
import { bodySchema } from './envelope.schema.js';

const moved = <T>(schema: T): T => JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as T;

const header = (description: string, more: object = {}) => ({ type: 'string', description, ...more });
/** CloudEvents 1.0 in Kafka's binary mode: the value of a record is the stored body, byte for byte. */
const HEADERS = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_position', 'ce_prevposition'],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: header('The event’s id.', { format: 'uuid' }),
    ce_type: header('The event’s type.'),
    ce_source: header('The log.'),
    ce_subject: header('The stream.'),
    ce_time: header('Start of `occurred`, where it is an instant.', { format: 'date-time' }),
    ce_partitionkey: header('Person, or stream where the event has none.'),
    ce_logid: header('Id of the log.'),
    ce_epoch: header('Raised whenever the log is restored to an earlier point.'),
    ce_position: header('Place within the log.'),
    ce_prevposition: header('Position of the record before it in this partition.'),
    ce_recordedtime: header('Clock three.', { format: 'date-time' }),
    ce_assertedtime: header('Clock two.', { format: 'date-time' }),
    ce_correlationid: header('What it belongs to.'),
    ce_causationid: header('What led to it.'),
    ce_dataregulation: header('Regulations that applied when it was recorded.'),
    ce_hash: header('SHA-256 over the fields its writer knew and the exact bytes, hex.'),
    ce_sealed: header('The sealed part, where there is one: readable with the stream’s key.', { contentEncoding: 'base64' }),
  },
};

const messageOf = (type: string) => {
  const { $defs: _, ...stored } = schemaOf(type, 'stored');
  return {
    name: type,
    title: type,
    summary: specOf(type).means,
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/Headers' },
    payload: { allOf: [{ $ref: '#/components/schemas/Body' }, { type: 'object', properties: { data: moved(stored) } }] },
    bindings: {
      kafka: {
        key: { type: 'string', description: 'personId; streamId where the event is about nobody' },
        bindingVersion: '0.5.0',
      },
    },
  };
};

/** docs/reference/asyncapi.json: what the bus carries, in stored form (open fields, and the sealed part as bytes). */
export const asyncapi = (): string => {
  const types = catalogues.flatMap(({ events }) => Object.keys(events));
  const defs: Record<string, JsonSchema> = Object.assign({}, ...types.map((type) => schemaOf(type, 'stored').$defs ?? {}));
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Throughline events',
      version: '1.0.0',
      description:
        'Everything recorded, in the order of the log within each key. Fields that are not declared open are sealed: see events.md.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      'care.events': {
        address: 'care.events',
        description: 'Keyed by person: the events of one person are in one partition, in the order of the log. Never compacted.',
        messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
        bindings: {
          kafka: {
            topic: 'care.events',
            topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1 },
            bindingVersion: '0.5.0',
          },
        },
      },
    },
    operations: {
      publishEvents: {
        action: 'send',
        channel: { $ref: '#/channels/care.events' },
        summary: 'The relay publishes every event of the log, in order.',
      },
    },
    components: {
      schemas: { Headers: HEADERS, Body: bodySchema({ type: 'object' }), ...moved(defs) },
      messages: Object.fromEntries(types.map((type) => [type, messageOf(type)])),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
