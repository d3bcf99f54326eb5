import { isDeepStrictEqual } from 'node:util';
import { labelsOfLevel, type LevelOfCare, type VisitClass } from '#contracts';
import {
  bySaid, restate, saidAt, standing, type Asserting, type Envelope, type Label, type Occurred, type Recorded, type Said, type Statement,
} from '#kernel'; // prettier-ignore

/** What has been said of one visit: any statement may come first, and late. */
export interface Visit {
  readonly plan: Said<object>;
  readonly planWithdrawn: Said<object>;
  readonly edVisit: Said<object>;
  readonly observation: Said<object>;
  readonly admission: Said<object>;
  readonly admissionCancelled: Said<object>;
  readonly legalStatus: Said<object>;
  readonly classChange: Said<object>;
  readonly continued: Said<object>;
  readonly transfer: Said<object>;
  readonly transferCancelled: Said<object>;
  readonly leave: Said<object>;
  readonly leaveEnded: Said<object>;
  readonly leaveCancelled: Said<object>;
  readonly dischargePlan: Said<object>;
  readonly dischargePlanWithdrawn: Said<object>;
  readonly end: Said<object>;
  readonly endCancelled: Said<object>;
  readonly times: Said<object>;
  readonly movedHere: Said<object>;
  readonly movedAway: Said<object>;
  readonly diagnosis: Said<object>;
  /** The start that a confirmation repeated, by the id of the confirmation; null where it told none. */
  readonly startConfirmed: Readonly<Record<string, Occurred | null>>;
}

export const UNSAID: Visit = {
  plan: [], planWithdrawn: [], edVisit: [], observation: [], admission: [], admissionCancelled: [], legalStatus: [], classChange: [],
  continued: [], transfer: [], transferCancelled: [], leave: [], leaveEnded: [], leaveCancelled: [], dischargePlan: [],
  dischargePlanWithdrawn: [], end: [], endCancelled: [], times: [], movedHere: [], movedAway: [], diagnosis: [], startConfirmed: {},
}; // prettier-ignore

export type VisitList = Exclude<keyof Visit, 'startConfirmed'>;
export const START_OF = {
  preadmit: 'plan', emergency: 'edVisit', observation: 'observation', inpatient: 'admission', outpatient: 'classChange',
} as const satisfies Record<VisitClass, VisitList>; // prettier-ignore

export const statements = (visit: Visit): readonly Statement<object>[] =>
  Object.values(visit as Omit<Visit, 'startConfirmed'>).flatMap((said) => (Array.isArray(said) ? (said as Said<object>) : []));

/** The last instant at which anything was said of the visit: silence after it is not presence. */
export const lastConfirmedAt = (visit: Visit): string | undefined =>
  statements(visit)
    .map(({ by }) => saidAt(by))
    .sort()
    .at(-1);

/**
 * What a report adds (see the kernel's `restate`), where another kind of statement may have taken back what was said
 * before: said again after that, it is a new fact and confirms nothing.
 */
export const say = <E extends Parameters<typeof restate>[2]>(
  said: Said<object>,
  report: Asserting,
  event: E,
  undoneBy: Said<object> = [],
) => {
  const own = (by: Envelope) => by.source.system === report.source.system;
  const undone = report.assertedAt === null ? undefined : undoneBy.findLast(({ by }) => own(by) && saidAt(by) < saidAt(report));
  const since = undone ? said.filter(({ by }) => bySaid(undone.by, by) < 0) : said;
  return restate(since, report, event).map((outcome) => namingRoots(outcome, said));
};

/** A confirmation may repeat several facts at once, so that its own id does not tell which of them is repeated again. */
const namingRoots = <E extends object>(outcome: E, said: Said<object>): E => {
  if (!('type' in outcome) || outcome.type !== 'FactConfirmed') return outcome;
  const { repeated } = (outcome as unknown as { data: { repeated: readonly string[] } }).data;
  const roots = said.filter(({ by }) => repeated.includes(by.id)).map(({ root }) => root);
  return { ...outcome, data: { repeated: [...new Set(roots)] } };
};

export const sameMoment = (a: Occurred | null | undefined, b: Occurred | null | undefined): boolean =>
  isDeepStrictEqual(a && momentOf(a), b && momentOf(b));
const momentOf = ({ start, end, zone, offset }: Occurred) => [start, end, zone, offset];

/** What was said of the start of the visit as `visitClass`, or of its end, in the order in which it was said. */
export const timesSaid = (visit: Visit, moment: 'start' | 'end', visitClass: VisitClass): Said<object> => {
  const begun = visit[START_OF[visitClass]].filter(({ by }) => confirmsStart(visit, by));
  const stated = (moment === 'end' ? visit.end : begun).filter(({ by }) => by.occurred !== null);
  const corrected = visit.times.filter(({ data }) => {
    const told = data as { moment?: string; class?: VisitClass };
    return told.moment === moment && (moment === 'end' || told.class === visitClass);
  });
  return [...stated, ...corrected].sort((a, b) => bySaid(a.by, b.by));
};
const confirmsStart = ({ startConfirmed }: Visit, by: Envelope) =>
  by.type !== 'FactConfirmed' || sameMoment(startConfirmed[by.id], by.occurred);

const levelOf = (admission: Said<object>) => standing(admission)?.data as { levelOfCare?: LevelOfCare } | undefined;
/** What the visit tells by what it is; of a visit not (yet) known to be an admission, the stricter. */
const labelsOfVisit = (visit: Visit): readonly Label[] => labelsOfLevel(levelOf(visit.admission)?.levelOfCare);

/** Labels of an event that depend on what the visit is; undefined where the event itself decides, or is about a fact. */
export const labelsIn = (
  { type, data, labels }: { readonly type: string; readonly data: object; readonly labels?: readonly Label[] },
  visit: Visit,
): readonly Label[] | undefined => {
  if (labels || BY_THEMSELVES.has(type)) return undefined;
  if (type === 'LegalStatusReported') return ['legal-status', ...labelsOfVisit(visit)];
  if (type === 'VisitDiagnosisRecorded') return labelsOfDiagnosis(data, visit);
  if (type === 'VisitEnded' && (data as { class?: VisitClass }).class === 'emergency') return ['emergency'];
  return labelsOfVisit(visit);
};
/** A diagnosis of neither group, or of a code system that tells none, is kept as strictly as the visit. */
const labelsOfDiagnosis = (data: object, visit: Visit): readonly Label[] | undefined =>
  (data as { group?: string }).group === 'other' ? [...new Set<Label>(['hospital-medical', ...labelsOfVisit(visit)])] : undefined;
const BY_THEMSELVES: ReadonlySet<string> = new Set([
  'EdVisitStarted', 'HospitalAdmitted',
  'FactConfirmed', 'FactCorrected', 'FactWithdrawn', 'EventRelabelled', 'StatementAttached',
]); // prettier-ignore

export type Relabelling = Recorded<{ type: 'EventRelabelled'; data: { labels: readonly Label[] } }>;

type OfLevel = Asserting & { readonly levelOfCare?: LevelOfCare };
/** The level of care that a report leads to; undefined where it tells none, or something said later stands. */
export const levelTold = (visit: Visit, report: OfLevel): LevelOfCare | undefined => {
  const last = standing(visit.admission);
  return last && saidAt(report) < saidAt(last.by) ? undefined : report.levelOfCare;
};

/** Once an admission tells the level of care, what was recorded before under other labels gets those of the visit. */
export const relabelled = (visit: Visit, report: OfLevel): readonly Relabelling[] => {
  const levelOfCare = levelTold(visit, report);
  if (!levelOfCare) return [];
  const known = { ...visit, admission: [{ data: { levelOfCare } } as unknown as Statement<object>] };
  return statements(visit)
    .filter(({ by, root, withdrawn }) => by.id === root && withdrawn === undefined)
    .flatMap((statement) => {
      const now = statement.labels ?? statement.by.labels;
      const labels = labelsIn({ type: statement.by.type, data: statement.data }, known);
      if (!labels || isDeepStrictEqual(new Set(now), new Set(labels))) return [];
      const both = [...new Set([...now, ...labels])];
      const supersedes = { eventId: statement.root };
      return [{ type: 'EventRelabelled' as const, data: { labels }, occurred: null, supersedes, labels: both }];
    });
};
