import type { ItemKind } from '#contracts';
import { momentAt } from './moment.js';
import { itemOf, markOf, plain, type Drawing, type Made, type NameOf } from './item.js';
import type { Line, StreamMemory } from './stream-memory.js';

interface ContactKind {
  readonly kind: ItemKind;
  readonly look: Drawing['look'];
  readonly title: (data: Line['data']) => string;
  readonly details: readonly (readonly [term: string, field: string])[];
}
const HOW = [['How', 'method'], ['Where', 'setting']] as const; // prettier-ignore

const MARKS: Readonly<Record<string, ContactKind>> = {
  PeerContactMade: {
    kind: 'contact',
    look: 'solid',
    title: ({ method }) => (method === undefined ? 'contact with a peer' : `contact with a peer, ${plain(method)}`),
    details: [
      ...HOW,
      ['Minutes', 'minutes'],
      ['What was done', 'practices'],
      ['About', 'dimensions'],
      ['Next contact', 'nextContactOn'],
    ],
  },
  PeerContactAttempted: {
    kind: 'attempt',
    look: 'light',
    title: ({ result }) =>
      result === undefined ? 'a peer tried to reach the person' : `a peer tried to reach the person: ${plain(result)}`,
    details: [...HOW, ['Result', 'result']],
  },
  CollateralContactMade: {
    kind: 'collateral-contact',
    look: 'light',
    title: ({ withWhom }) => `contact with someone else${withWhom === undefined ? '' : ` (${plain(withWhom)})`}`,
    details: [['With', 'withWhom'], ['Consumer agreed', 'consumerAgreed']], // prettier-ignore
  },
  WarmHandoffMade: { kind: 'warm-handoff', look: 'solid', title: () => 'introduced in person to who comes next', details: [['To', 'role'], ['Consumer present', 'consumerPresent']] }, // prettier-ignore
  AccompaniedTo: {
    kind: 'accompanied',
    look: 'solid',
    title: ({ kind }) => `accompanied to ${plain(kind ?? 'a place')}`,
    details: [['Outcome', 'outcome']],
  },
  NotAtPlaceReported: {
    kind: 'not-at-place',
    look: 'light',
    title: () => 'not where expected',
    details: [['Kind of place', 'placeKind']],
  },
  SupportGivenToOthers: {
    kind: 'support-given',
    look: 'solid',
    title: ({ kind }) => `supported others${kind === undefined ? '' : ` (${plain(kind)})`}`,
    details: [],
  },
};

const detailsOf = (line: Line, details: ContactKind['details']): Drawing['details'] =>
  details.map(
    ([term, field]) => [term, typeof line.data[field] === 'string' ? plain(line.data[field]) : line.data[field]] as const,
  );

/** What a stream of contacts shows: each statement that stands, as a mark. */
export const contactItems = (memory: StreamMemory, nameOf: NameOf): Made[] => {
  const marks = Object.entries(MARKS).flatMap(([type, kind]) => {
    const line = memory.standing(type);
    if (!line) return [];
    const drawing = {
      part: kind.kind,
      lane: 'peer',
      kind: kind.kind,
      look: kind.look,
      title: kind.title(line.data),
      line,
    } as const;
    return [markOf(memory, { ...drawing, organization: nameOf(line.by.organizationId), details: detailsOf(line, kind.details) })];
  });
  return [...marks, ...scheduled(memory, nameOf)];
};

const scheduled = (memory: StreamMemory, nameOf: NameOf): Made[] => {
  const plan = memory.standingUnless('PeerContactScheduled', 'PeerContactCancelled');
  if (!plan || memory.standing('PeerContactMade') || !plan.by.occurred) return [];
  const from = momentAt(String(plan.data['expectedOn']), plan.by.occurred);
  const drawing = {
    part: 'planned-contact',
    lane: 'peer',
    kind: 'planned-contact',
    look: 'outlined',
    shape: 'mark',
    title: 'planned contact with a peer',
  } as const;
  return [
    itemOf(memory, { ...drawing, line: plan, from, organization: nameOf(plan.by.organizationId), details: detailsOf(plan, HOW) }),
  ];
};

const STEP_DETAILS = [['By', 'by'], ['Reason', 'reason']] as const; // prettier-ignore
const stepOf = (line: Line, nameOf: NameOf) =>
  ({
    lane: 'peer',
    kind: 'peer-relationship',
    line,
    organization: nameOf(line.by.organizationId),
    details: detailsOf(line, STEP_DETAILS),
  }) as const;

const agreed = (memory: StreamMemory, nameOf: NameOf): Made[] => {
  const [accepted, ended] = [memory.standing('PeerSupportAccepted'), memory.standing('PeerSupportEnded')];
  const line = accepted ?? (memory.standing('PeerSupportDeclined') ? undefined : ended);
  if (!line) return [];
  const drawing = { part: 'relationship', shape: 'bar', look: 'solid', title: 'peer support' } as const;
  const from = memory.whenOf('PeerSupportAccepted');
  const to = memory.whenOf('PeerSupportEnded');
  return [itemOf(memory, { ...stepOf(line, nameOf), ...drawing, from, to, end: ended ? 'known' : 'ongoing' })];
};

/** A peer relationship: the offer as a mark, what was agreed to as a bar. */
export const relationshipItems = (memory: StreamMemory, nameOf: NameOf): Made[] => {
  const mark = (type: string, part: string, title: string) => {
    const line = memory.standing(type);
    return line ? [markOf(memory, { ...stepOf(line, nameOf), part, look: 'outlined', title })] : [];
  };
  return [
    ...agreed(memory, nameOf),
    ...mark('PeerSupportOffered', 'offer', 'peer support offered'),
    ...mark('PeerSupportDeclined', 'declined', 'peer support declined for now'),
  ];
};
