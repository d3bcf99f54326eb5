import { specOf, type TimelineItem, type WhyEvent, type WhyView } from '#contracts';
import { isErased, linksOf, type AnyEvent, type Envelope } from '#kernel';
import { EPISODE } from './episodes.js';
import { momentOf } from './moment.js';
import type { Shows } from './stream-memory.js';
import type { Composed } from './timeline.composition.js';
import type { Read } from './timeline.reads.js';
import { SILENCE } from './visit.js';

type Opened = Envelope & AnyEvent;
const NOTICE = 'Some information may not be shared with you.';

const textOf = (value: unknown): string =>
  isErased(value) ? 'erased' : typeof value === 'string' ? value : JSON.stringify(value);

const fieldsOf = (event: Opened, shows: Shows): WhyEvent['fields'] => {
  const { open, fieldLabels } = specOf(event.type);
  const sealed = {
    performers: event.performers?.map(({ raw }) => raw).find((raw) => raw !== undefined),
    place: event.place?.raw,
  };
  const own = Object.entries(event.data).filter(([name]) => shows(fieldLabels?.[name] ?? []));
  return [
    ...own.map(([name, value]) => ({ name, value: textOf(value), sealed: !open.includes(name) })),
    ...Object.entries(sealed).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value: textOf(value), sealed: true }],
    ),
  ];
};

const whyEvent = (event: Opened, { nameOf }: Read, shows: Shows): WhyEvent => ({
  id: event.id,
  type: event.type,
  means: specOf(event.type).means,
  position: event.position,
  streamId: event.streamId,
  occurred: event.occurred && momentOf(event.occurred),
  assertedAt: event.assertedAt,
  recordedAt: event.recordedAt,
  source: event.source.system,
  organization: nameOf(event.organizationId),
  enteredBy: event.enteredBy,
  supersedes: event.supersedes?.eventId ?? null,
  labels: event.labels,
  fields: fieldsOf(event, shows),
});

const ruleOf = (itemId: string, { view }: Composed): WhyView['rule'] => {
  const gap = view.gaps.find(({ id }) => id === itemId);
  if (gap) return gap.rule;
  const item = view.lanes.flatMap(({ items }) => items).find(({ id }) => id === itemId);
  if (item?.end === 'unknown' && item.details.some(({ term }) => term === 'Last confirmed in on')) {
    return {
      id: SILENCE.id,
      version: SILENCE.version,
      words: 'A visit about which its source has long been silent is not assumed to go on: its end is unknown.',
    };
  }
  return item?.kind === 'stay'
    ? {
        id: EPISODE.id,
        version: EPISODE.version,
        words:
          'A stay is the inpatient part of a visit; visits that overlap, continue one another or follow a transfer by the next day are one episode.',
      }
    : null;
};

const untilOf = ({ end, to }: TimelineItem) => (end === 'ongoing' ? 'ongoing' : end === 'unknown' ? 'end unknown' : to?.text);

const resultOf = (itemId: string, { view }: Composed): { readonly title: string; readonly result: string } | undefined => {
  const gap = view.gaps.find(({ id }) => id === itemId);
  if (gap) return { title: gap.title, result: gap.because ? `${gap.state}: ${gap.because}` : gap.state };
  const item = view.lanes.flatMap(({ items }) => items).find(({ id }) => id === itemId);
  return item && { title: item.title, result: [item.from?.text ?? 'start unknown', untilOf(item)].filter(Boolean).join(' – ') };
};

/** What a timeline was composed from, and for whom. */
export interface Behind {
  readonly composed: Composed;
  readonly read: Read;
  readonly shows: Shows;
}

/** Why an item or a gap stands there; undefined where there is no such one. */
export const composeWhy = (itemId: string, { composed, read, shows }: Behind, opened: readonly Opened[]): WhyView | undefined => {
  const result = resultOf(itemId, composed);
  if (!result) return undefined;
  const shown = opened.filter(({ labels }) => shows(labels));
  return {
    id: itemId,
    ...result,
    rule: ruleOf(itemId, composed),
    events: shown.map((event) => whyEvent(event, read, shows)),
    links: linksOf(read.identity, composed.view.personId).map(({ eventId, personIds, basis, position, recordedAt }) => ({
      eventId,
      personIds,
      basis,
      position,
      recordedAt,
    })),
    notice: NOTICE,
  };
};
