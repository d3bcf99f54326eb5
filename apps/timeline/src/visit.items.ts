import type { VisitClass } from '#contracts';
import { dayOfInstant, spanOf } from './moment.js';
import { itemOf, markOf, maybe, plain, type Drawing, type Made, type NameOf } from './item.js';
import { isSilent, leavesOf, plannedDay, type Segment, type Visit } from './visit.js';

const KIND: Readonly<Record<VisitClass, Pick<Drawing, 'lane' | 'kind' | 'look'>>> = {
  emergency: { lane: 'emergency', kind: 'ed-visit', look: 'solid' },
  observation: { lane: 'hospital', kind: 'observation', look: 'solid' },
  inpatient: { lane: 'hospital', kind: 'stay', look: 'solid' },
  outpatient: { lane: 'hospital', kind: 'other', look: 'solid' },
  preadmit: { lane: 'hospital', kind: 'planned-admission', look: 'outlined' },
};
const STAY: Readonly<Record<string, string>> = {
  'acute-psychiatric': 'psychiatric stay',
  'acute-medical': 'medical stay',
  'withdrawal-management': 'withdrawal management stay',
  residential: 'residential stay',
  'skilled-nursing': 'skilled nursing stay',
};
const TITLE: Readonly<Record<VisitClass, string>> = {
  emergency: 'emergency department visit',
  observation: 'observation',
  inpatient: 'hospital stay',
  outpatient: 'outpatient visit',
  preadmit: 'planned admission',
};
const DAY = 86_400_000;

const titleOf = ({ class: of, line }: Segment) =>
  of === 'inpatient' ? (STAY[String(line.data['levelOfCare'])] ?? TITLE.inpatient) : TITLE[of];

const shapeOf = ({ class: of, from, to }: Segment): Drawing['shape'] => {
  if (of === 'outpatient' || of === 'preadmit') return 'mark';
  if (of !== 'emergency') return 'bar';
  return from && to && spanOf(to).from - spanOf(from).from >= DAY ? 'bar' : 'mark';
};

const endingOf = (visit: Visit, { to, from }: Segment, now: number): Pick<Drawing, 'to' | 'end'> => {
  if (to) return { to, end: 'known' };
  if (!isSilent(visit, now)) return { to: null, end: 'ongoing' };
  const zone = from?.zone ?? 'UTC';
  const confirmed = dayOfInstant(visit.lastConfirmed, zone);
  return { to: from && spanOf(from).from > confirmed.until ? null : confirmed, end: 'unknown' };
};

const startDetails = ({ line: { data }, class: of }: Segment): Drawing['details'] & {} => [
  ['Level of care', of === 'inpatient' ? maybe(data['levelOfCare']) : undefined],
  ['Service', maybe(data['service'])],
  ['Came from', maybe(data['admitSource'])],
  ['Arrived by', maybe(data['arrivalMode'])],
];
const endDetails = ({ end, lastConfirmed }: Visit, silent: boolean): Drawing['details'] & {} => [
  ['Left to', maybe(end?.line.data['disposition'])],
  ['Left against advice', end?.line.data['againstAdvice']],
  ['Last confirmed in on', silent ? lastConfirmed.slice(0, 10) : undefined],
  ['End', silent ? 'unknown' : undefined],
];
const detailsOf = (visit: Visit, segment: Segment, isLast: boolean, now: number): Drawing['details'] =>
  isLast ? [...startDetails(segment), ...endDetails(visit, !visit.end && isSilent(visit, now))] : startDetails(segment);

const segmentItem = (visit: Visit, segment: Segment, i: number, at: { readonly now: number; readonly nameOf: NameOf }): Made =>
  itemOf(visit.memory, {
    part: segment.class,
    ...KIND[segment.class],
    shape: shapeOf(segment),
    title: titleOf(segment),
    line: segment.line,
    ...(visit.end && i === visit.segments.length - 1 && { ending: visit.end.line }),
    from: segment.from,
    ...endingOf(visit, segment, at.now),
    organization: at.nameOf(visit.facilityId, segment.line.by.organizationId),
    details: detailsOf(visit, segment, i === visit.segments.length - 1, at.now),
  });

const plannedItems = ({ memory, segments, facilityId }: Visit, nameOf: NameOf): Made[] => {
  const plan = memory.standingUnless('VisitPlanned', 'VisitPlanWithdrawn');
  if (!plan || segments.length > 0) return [];
  const from = plannedDay(plan, 'expectedFrom') ?? plan.by.occurred;
  return [
    itemOf(memory, {
      part: 'planned',
      ...KIND.preadmit,
      shape: 'mark',
      title: TITLE.preadmit,
      line: plan,
      from,
      organization: nameOf(facilityId),
    }),
  ];
};

const plannedDischarge = ({ memory, end, segments }: Visit): Made[] => {
  const plan = memory.standingUnless('DischargePlanned', 'DischargePlanWithdrawn');
  if (!plan || end || segments.length === 0) return [];
  const from = plannedDay(plan, 'expectedOn', segments.at(-1)?.from) ?? plan.by.occurred;
  const details = [['Planned to', plan.data['plannedDisposition'] && plain(plan.data['plannedDisposition'])]] as const;
  return [
    itemOf(memory, {
      part: 'planned-discharge',
      lane: 'hospital',
      kind: 'other',
      look: 'outlined',
      shape: 'mark',
      title: 'planned discharge',
      line: plan,
      from,
      organization: null,
      details,
    }),
  ];
};

const leaveItems = ({ memory, end }: Visit): Made[] =>
  leavesOf(memory).map(({ line, to }) => {
    const until = to?.by.occurred ?? end?.at ?? null;
    const title = line.data['kind'] === 'absent' ? 'away, without the hospital’s agreement' : 'on leave';
    const drawing = {
      part: `leave-${line.root}`,
      lane: 'hospital',
      kind: 'leave',
      look: 'light',
      title,
      line,
      organization: null,
    } as const;
    return line.by.occurred
      ? itemOf(memory, { ...drawing, shape: 'bar', from: line.by.occurred, to: until, end: until ? 'known' : 'ongoing' })
      : markOf(memory, drawing);
  });

/** A visit's stays as bars, ED visits as marks (bars from a day on), plans outlined, leaves light. */
export const visitItems = (visit: Visit, now: number, nameOf: NameOf): Made[] => [
  ...visit.segments.map((segment, i) => segmentItem(visit, segment, i, { now, nameOf })),
  ...plannedItems(visit, nameOf),
  ...plannedDischarge(visit),
  ...leaveItems(visit),
];
