import { LANES } from '#contracts';

type Json = Readonly<Record<string, unknown>>;

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const nullable = (schema: Json) => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: Json) => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Json>>, optional: readonly string[] = []) => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const RULE = object({ id: text, version: { type: 'integer' }, words: text });
const uuid = { type: 'string', format: 'uuid' } as const;

const MOMENT = {
  description: 'As its source said it, with the instants it may span (milliseconds since 1970).',
  ...object(
    {
      text,
      precision: { enum: ['year', 'month', 'day', 'minute', 'second'] },
      zone: text,
      from: number,
      until: number,
      estimated: { type: 'boolean' },
      implausible: { type: 'boolean' },
    },
    ['estimated', 'implausible'],
  ),
};
const ITEM = object(
  {
    id: text,
    personId: uuid,
    lane: { enum: LANES },
    kind: text,
    shape: { enum: ['bar', 'mark'] },
    look: { enum: ['solid', 'light', 'hatched', 'outlined'] },
    title: text,
    from: nullable(ref('Moment')),
    to: nullable(ref('Moment')),
    end: { enum: ['known', 'ongoing', 'unknown'] },
    organization: nullable(text),
    source: text,
    late: object({ recordedAt: text, days: number }),
    details: list(object({ term: text, value: text })),
    events: { type: 'integer' },
    erased: { type: 'boolean' },
  },
  ['late', 'erased'],
);
const GAP = {
  description:
    'From the end of a stay or ED visit to the first contact that reached the person. It belongs to the system, never to the person.',
  ...object(
    {
      id: text,
      personId: uuid,
      rule: RULE,
      state: { enum: ['running', 'met', 'not-seen-yet', 'missed', 'not-applicable'] },
      because: text,
      title: text,
      from: ref('Moment'),
      to: nullable(ref('Moment')),
      due: object({ day: text, at: number }),
      completeTo: nullable(text),
      days: nullable(number),
      items: list(text),
    },
    ['because'],
  ),
};
const LANE = object({
  id: { enum: LANES },
  title: text,
  empty: nullable(text),
  freshTo: nullable(text),
  items: list(ref('TimelineItem')),
});
const TIMELINE = object({
  personId: uuid,
  name: nullable(text),
  erased: { type: 'boolean' },
  born: nullable(text),
  records: list(object({ personId: uuid, organization: nullable(text), name: nullable(text) })),
  knownOn: object({ at: nullable(text), position: { type: 'integer' } }),
  cursor: text,
  notice: text,
  summary: text,
  lanes: list(ref('TimelineLane')),
  gaps: list(ref('TimelineGap')),
  steps: list(text),
});
const WHY = object({
  id: text,
  title: text,
  rule: nullable(RULE),
  result: text,
  events: list(
    object({
      id: uuid,
      type: text,
      means: text,
      position: { type: 'integer' },
      streamId: text,
      occurred: nullable(ref('Moment')),
      assertedAt: nullable(text),
      recordedAt: text,
      source: text,
      organization: nullable(text),
      enteredBy: text,
      supersedes: nullable(uuid),
      labels: list(text),
      fields: list(object({ name: text, value: text, sealed: { type: 'boolean' } })),
    }),
  ),
  links: list(object({ eventId: uuid, personIds: list(uuid), basis: text, position: { type: 'integer' }, recordedAt: text })),
  notice: text,
});

const personId = {
  name: 'personId',
  in: 'path',
  required: true,
  schema: uuid,
  description: 'Any of the linked records of a consumer.',
};
const knownOn = {
  name: 'knownOn',
  in: 'query',
  schema: text,
  description: 'A day or an instant: the facts as they were known then, under today’s links. A day means its end.',
};
const after = {
  name: 'after',
  in: 'query',
  schema: text,
  description: 'Waits, for at most five seconds, until the view has reached this cursor.',
};
const json = (name: string) => ({ 200: { description: 'As asked.', content: { 'application/json': { schema: ref(name) } } } });
const refused = {
  404: {
    description: 'No record of a consumer is known under this id.',
    content: { 'application/problem+json': { schema: ref('Problem') } },
  },
};
const read = (operationId: string, summary: string, parameters: readonly Json[], responses: Json) => ({
  get: { operationId, summary, tags: ['timeline'], parameters, responses: { ...responses, ...refused } },
});

/** What the timeline offers over HTTP, as OpenAPI writes it. */
export const timelineApi = {
  tags: [{ name: 'timeline', description: 'One consumer’s path from hospital to home, and why each thing stands on it.' }],
  paths: {
    '/consumers/{personId}/timeline': read(
      'readTimeline',
      'One consumer’s timeline',
      [personId, knownOn, after],
      json('Timeline'),
    ),
    '/consumers/{personId}/why/{itemId}': read(
      'askWhy',
      'The events, rule and links behind an item or a gap',
      [personId, { name: 'itemId', in: 'path', required: true, schema: text }, knownOn, after],
      json('Why'),
    ),
    '/consumers/{personId}/timeline/stream': read(
      'followTimeline',
      'Tells when a timeline has changed (`changed`), or has to be read anew (`resync`); each id is a cursor for `Last-Event-ID`',
      [personId, { name: 'Last-Event-ID', in: 'header', schema: text }],
      { 200: { description: 'Server-sent events.', content: { 'text/event-stream': { schema: text } } } },
    ),
  },
  schemas: { Moment: MOMENT, TimelineItem: ITEM, TimelineGap: GAP, TimelineLane: LANE, Timeline: TIMELINE, Why: WHY },
};
