import {
  ASSESSMENT_TYPES,
  COORDINATED_ENTRY_EVENTS,
  DESTINATIONS,
  LIVING_SITUATIONS,
  PROJECT_TYPES,
  REFERRAL_RESULTS,
  RENTAL_SUBSIDY_TYPES,
  type HudList,
} from '#contracts';
import type { Occurred } from '#kernel';
import { itemOf, markOf, maybe, plain, type Made, type NameOf } from './item.js';
import { momentAt, spanOf } from './moment.js';
import type { Line, StreamMemory } from './stream-memory.js';

export const hud = (list: HudList, code: unknown): string | undefined =>
  code === undefined ? undefined : (list[Number(code)] ?? `code ${String(code)}`);
/** HUD's destinations in the 400s are permanent housing. */
export const isPermanent = (destination: unknown): boolean => Number(destination) >= 400 && Number(destination) < 500;
export const startOf = (line: Line) => (line.by.occurred ? spanOf(line.by.occurred).from : 0);

const reportedHoused = (memory: StreamMemory, exit: Line, until: Occurred | null, organization: string | null): Made =>
  itemOf(memory, {
    part: 'reported-housed',
    lane: 'housing',
    kind: 'reported-housed',
    shape: 'bar',
    look: 'hatched',
    title: 'reported housed at exit, not observed since',
    line: exit,
    from: exit.by.occurred,
    to: until,
    end: 'unknown',
    organization,
    details: [['Reported', hud(DESTINATIONS, exit.data['destination'])]],
  });

const marksOf = (memory: StreamMemory): Made[] => {
  const drawing = (line: Line, part: string) => ({ line, part, lane: 'housing', organization: null }) as const;
  const situations = memory.standingEach('LivingSituationReported', ({ data }) =>
    data['beforeEntry'] ? 'before' : String(data['asOf']),
  );
  const assessments = memory.standingEach('CoordinatedEntryAssessed', ({ by }) => by.occurred?.start ?? by.id);
  return [
    ...situations.map((line) => {
      const from =
        line.by.occurred && typeof line.data['asOf'] === 'string'
          ? momentAt(line.data['asOf'], line.by.occurred)
          : line.by.occurred;
      const told = hud(LIVING_SITUATIONS, line.data['code']);
      const title = `reported: ${told ?? 'a living situation'}${line.data['beforeEntry'] ? ' (before this programme)' : ''}`;
      return itemOf(memory, {
        ...drawing(line, `situation-${line.root}`),
        kind: 'reported-situation',
        shape: 'mark',
        look: 'hatched',
        title,
        from,
      });
    }),
    ...assessments.map((line) => {
      const details = [['How', hud(ASSESSMENT_TYPES, line.data['assessmentType'])]] as const;
      return markOf(memory, {
        ...drawing(line, `assessment-${line.root}`),
        kind: 'assessment',
        look: 'solid',
        title: 'housing needs assessed',
        details,
      });
    }),
    ...engagement(memory).map((line) =>
      markOf(memory, { ...drawing(line, 'engagement'), kind: 'other', look: 'solid', title: 'agreed to work with outreach' }),
    ),
  ];
};
const engagement = (memory: StreamMemory) => [memory.standing('EngagementReached')].filter((line) => line !== undefined);

/** Nights that follow one another as one bar. */
const nightItems = (memory: StreamMemory, organization: string | null): Made[] => {
  const nights = memory
    .standingEach('ShelterNightStayed', ({ data }) => String(data['nightOf']))
    .filter(({ by }) => by.occurred)
    .sort((a, b) => String(a.data['nightOf']).localeCompare(String(b.data['nightOf'])));
  const runs: Line[][] = [];
  for (const night of nights) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && dayOf(night) - dayOf(last) === 86_400_000) run.push(night);
    else runs.push([night]);
  }
  return runs.map((run) => {
    const [first, last] = [run[0] as Line, run.at(-1) as Line];
    const [from, to] = [first, last].map(({ data, by }) => momentAt(String(data['nightOf']), by.occurred as Occurred));
    const title = run.length === 1 ? 'a night in a shelter' : `${run.length} nights in a shelter`;
    return itemOf(memory, {
      part: `night-${first.root}`,
      lane: 'housing',
      kind: 'shelter-night',
      shape: 'bar',
      look: 'solid',
      title,
      line: first,
      from: from ?? null,
      to,
      organization,
    });
  });
};
const dayOf = ({ data }: Line) => Date.parse(String(data['nightOf']).slice(0, 10));

const enrolmentBar = (memory: StreamMemory, line: Line, organization: string | null): Made =>
  itemOf(memory, {
    part: 'enrolment',
    lane: 'housing',
    kind: 'enrolment',
    shape: 'bar',
    look: 'solid',
    title: `enrolled: ${hud(PROJECT_TYPES, memory.fieldOf('ProjectEntered', 'projectType')) ?? 'a housing programme'}`,
    line,
    from: memory.whenOf('ProjectEntered'),
    to: memory.whenOf('ProjectExited'),
    end: memory.standing('ProjectExited') ? 'known' : 'ongoing',
    organization,
    details: [['Left to', hud(DESTINATIONS, memory.fieldOf('ProjectExited', 'destination'))]],
  });

/** An enrolment as a bar of its own; after an exit to permanent housing, what was reported then, until something else is seen. */
export const enrolmentItems = (memory: StreamMemory, next: (after: number) => Occurred | null, nameOf: NameOf): Made[] => {
  const exit = memory.standing('ProjectExited');
  const line = memory.standing('ProjectEntered') ?? exit;
  if (!line) return [...marksOf(memory), ...nightItems(memory, null)];
  const organization = nameOf(line.data['projectId'], line.by.programId, line.by.organizationId);
  const housed = exit?.by.occurred && isPermanent(exit.data['destination']);
  return [
    enrolmentBar(memory, line, organization),
    ...(housed ? [reportedHoused(memory, exit, next(startOf(exit)), organization)] : []),
    ...marksOf(memory),
    ...nightItems(memory, organization),
  ];
};

const STEPS = [
  ['HousingReferred', 'referral', 'outlined', ({ data }: Line) => hud(COORDINATED_ENTRY_EVENTS, data['referralEvent']) ?? 'referred to housing'],
  ['ReferralResulted', 'referral', 'solid', ({ data }: Line) => `referral: ${hud(REFERRAL_RESULTS, data['result']) ?? 'a result'}`],
  ['ApplicationSubmitted', 'referral', 'outlined', () => 'applied for housing'],
  ['ApplicationDecided', 'referral', 'solid', ({ data }: Line) => `application ${plain(data['decision'])}`],
  ['UnitMatched', 'offer', 'outlined', () => 'a unit was found'],
  ['UnitOffered', 'offer', 'outlined', () => 'a unit was offered'],
  ['OfferAccepted', 'offer', 'solid', () => 'the offer was accepted'],
  ['OfferDeclined', 'offer', 'light', ({ data }: Line) => (data['by'] === 'consumer' ? 'another home is wanted than the one offered' : `the offer came to nothing (${plain(data['by'])})`)],
] as const; // prettier-ignore

export const referralItems = (memory: StreamMemory, nameOf: NameOf): Made[] =>
  STEPS.flatMap(([type, kind, look, title]) => {
    const line = type === 'UnitMatched' ? memory.standingUnless(type, 'MatchWithdrawn') : memory.standing(type);
    if (!line) return [];
    const organization = nameOf(line.data['toProjectId'], line.data['toOrganizationId'], line.by.organizationId);
    const details = [['Reason', maybe(line.data['reason'])]] as const;
    return [markOf(memory, { part: type, lane: 'housing', kind, look, title: title(line), line, organization, details })];
  });

const first = (memory: StreamMemory, ...types: readonly string[]) =>
  types.map((type) => memory.standing(type)).find((line) => line !== undefined);

export const voucherItems = (memory: StreamMemory, nameOf: NameOf): Made[] => {
  const line = first(memory, 'VoucherIssued', 'VoucherPortedIn') ?? memory.all[0];
  if (!line) return [];
  const end = first(memory, 'VoucherWithdrawn', 'VoucherExpired', 'VoucherPortedOut');
  const expires = memory.fieldOf('VoucherExtended', 'expiresOn') ?? line.data['expiresOn'];
  const details = [
    ['Runs out on', expires],
    ['Subsidy', hud(RENTAL_SUBSIDY_TYPES, line.data['subsidyType'])],
  ] as const;
  const drawing = {
    part: 'voucher',
    lane: 'housing',
    kind: 'voucher',
    shape: 'bar',
    look: 'outlined',
    title: 'housing voucher',
  } as const;
  const [to, organization] = [end?.by.occurred ?? null, nameOf(line.by.organizationId)];
  return [
    itemOf(memory, { ...drawing, line, from: line.by.occurred, to, end: end ? 'known' : 'ongoing', organization, details }),
  ];
};

export const householdItems = (memory: StreamMemory): Made[] => {
  const [joined, left] = [memory.standing('HouseholdMemberJoined'), memory.standing('HouseholdMemberLeft')];
  const line = joined ?? left;
  if (!line) return [];
  const drawing = {
    part: 'household',
    lane: 'housing',
    kind: 'household',
    shape: 'bar',
    look: 'light',
    title: 'in a household',
  } as const;
  return [
    itemOf(memory, {
      ...drawing,
      line,
      from: joined?.by.occurred ?? null,
      to: left?.by.occurred ?? null,
      end: left ? 'known' : 'ongoing',
      organization: null,
    }),
  ];
};
