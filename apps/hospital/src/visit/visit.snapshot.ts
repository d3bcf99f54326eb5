import { isDeepStrictEqual } from 'node:util';
import { labelsOfLevel, type HospitalEvent, type LevelOfCare, type OccurredInput, type VisitClass } from '#contracts';
import {
  labelsOf,
  precisionOf,
  saidAt,
  stated,
  type FactConfirmed,
  type Occurred,
  type Recorded,
  type Said,
  type Statement,
} from '#kernel';
import type { ConfirmVisit } from './visit.commands.js';
import { levelTold, sameMoment, START_OF, timesSaid, type Visit } from './visit.state.js';

type Noted = readonly Recorded<HospitalEvent | FactConfirmed>[];

const DETAILS: Readonly<Record<VisitClass, readonly string[]>> = {
  preadmit: ['facilityId'],
  emergency: ['facilityId'],
  observation: ['facilityId'],
  outpatient: ['to'],
  inpatient: [
    'facilityId', 'levelOfCare', 'levelOfCareBasis', 'service', 'serviceCode', 'serviceSystem', 'admitSource', 'admitSourceCode',
    'admitSourceSystem', 'admissionType', 'admissionTypeCode', 'admissionTypeSystem',
  ],
}; // prettier-ignore
const details = (data: object, visitClass: VisitClass) =>
  stated(Object.fromEntries(DETAILS[visitClass].map((field) => [field, (data as Record<string, unknown>)[field]])));

/** The start that a snapshot of this class tells of. */
const startOf = (s: ConfirmVisit): HospitalEvent => {
  const { facilityId, visitNumber, unit, bed } = s;
  if (s.class === 'preadmit')
    return { type: 'VisitPlanned', data: stated({ facilityId, class: 'preadmit' as const, visitNumber }) };
  if (s.class === 'emergency') return { type: 'EdVisitStarted', data: stated({ facilityId, visitNumber }) };
  if (s.class === 'observation') return { type: 'ObservationStarted', data: stated({ facilityId, visitNumber, unit, bed }) };
  if (s.class === 'outpatient') return { type: 'VisitClassChanged', data: { to: 'outpatient' } };
  const told = details({ ...s, levelOfCare: s.levelOfCare ?? 'unknown' }, 'inpatient') as { levelOfCare: 'unknown' };
  return { type: 'HospitalAdmitted', data: stated({ facilityId, ...told, visitNumber, unit, bed }) };
};

/** Against what its own source said: already said just then, confirmed, or different. */
const against = (said: Said<object>, report: ConfirmVisit, alike: (statement: Statement<object>) => boolean) => {
  const own = said.filter(({ by }) => by.source.system === report.source.system);
  const same = own.filter(alike);
  if (same.some(({ by }) => report.assertedAt === null || by.assertedAt === report.assertedAt)) return 'said';
  const last = own.at(-1);
  return last && saidAt(report) >= saidAt(last.by) && same.includes(last) ? last : 'different';
};

const time = (which: 'start' | 'end', visit: Visit, snapshot: ConfirmVisit, occurred: Occurred | undefined) =>
  occurred ? against(timesSaid(visit, which, snapshot.class), snapshot, ({ by }) => sameMoment(by.occurred, occurred)) : 'said';

/** A time within a snapshot, with what follows from its text: the door completes only the time of the report itself. */
const moment = (told: OccurredInput | undefined): Occurred | undefined =>
  told &&
  stated({ ...told, precision: precisionOf(told.start) ?? 'day', zone: told.zone ?? 'UTC', basis: told.basis ?? 'entered' });

/** What a snapshot adds: the start it tells of where that is unknown or described otherwise, corrected times, and one confirmation of all that it repeats. */
export const confirmed = (snapshot: ConfirmVisit, visit: Visit): Noted => {
  const startedAt = moment(snapshot.startedAt);
  const endedAt = moment(snapshot.endedAt);
  const begun = startOf(snapshot);
  const described = against(visit[START_OF[snapshot.class]], snapshot, ({ data }) =>
    isDeepStrictEqual(details(data, snapshot.class), details(begun.data, snapshot.class)),
  );
  // A new description brings its own time; a plan has none.
  const timeless = described === 'different' || snapshot.class === 'preadmit';
  const started = timeless ? 'said' : time('start', visit, snapshot, startedAt);
  const ended = time('end', visit, snapshot, endedAt);
  const repeated = [described, started, ended].filter((outcome) => typeof outcome === 'object');
  const level = levelTold(visit, snapshot);
  return [
    ...confirmation(repeated, startedAt ?? null),
    ...(described === 'different' ? [{ ...begun, occurred: startedAt ?? null }] : []),
    ...corrected({ moment: 'start', class: snapshot.class }, started, startedAt, level),
    ...corrected({ moment: 'end' }, ended, endedAt, level),
  ];
};

type Corrected = Extract<HospitalEvent, { type: 'VisitTimesCorrected' }>;
const corrected = (
  data: Corrected['data'],
  outcome: ReturnType<typeof against>,
  occurred: Occurred | undefined,
  level: LevelOfCare | undefined,
): Noted =>
  outcome === 'different' && occurred
    ? [{ type: 'VisitTimesCorrected', data, occurred, ...(level && { labels: labelsOfLevel(level) }) }]
    : [];

const confirmation = (statements: readonly Statement<object>[], occurred: Occurred | null): Noted =>
  statements.length === 0
    ? []
    : [
        {
          type: 'FactConfirmed',
          data: { repeated: [...new Set(statements.map(({ root }) => root))] },
          occurred,
          labels: [...new Set(statements.flatMap(labelsOf))],
        },
      ];
