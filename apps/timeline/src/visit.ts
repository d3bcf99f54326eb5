import { type Moment, type VisitClass } from '#contracts';
import { saidAt, type Occurred } from '#kernel';
import { momentAt, spanOf } from './moment.js';
import { saidAfter, type Line, type StreamMemory } from './stream-memory.js';

/** The part of a visit during which it is of one class. */
export interface Segment {
  readonly class: VisitClass;
  /** Null where only the end was ever said. */
  readonly line: Line;
  readonly from: Occurred | null;
  readonly to: Occurred | null;
}

/** One facility's encounter, as far as it is known: a history of classes, and perhaps an end. */
export interface Visit {
  readonly memory: StreamMemory;
  readonly facilityId: unknown;
  readonly segments: readonly Segment[];
  readonly end: { readonly line: Line; readonly at: Occurred } | null;
  /** The last instant at which its source said anything of it. */
  readonly lastConfirmed: string;
  readonly continuedAs: string | null;
}

const STARTS: Readonly<Record<string, VisitClass>> = {
  EdVisitStarted: 'emergency',
  ObservationStarted: 'observation',
  HospitalAdmitted: 'inpatient',
};
const RANK: readonly VisitClass[] = ['preadmit', 'outpatient', 'emergency', 'observation', 'inpatient'];

const corrected = (memory: StreamMemory, line: Line, moment: 'start' | 'end', of?: VisitClass): Occurred | null => {
  const correction = memory
    .said('VisitTimesCorrected')
    .findLast(
      ({ data, withdrawn }) => !withdrawn && data['moment'] === moment && (data['class'] === undefined || data['class'] === of),
    );
  return correction && saidAfter(correction, line) ? correction.by.occurred : line.by.occurred;
};

const lastTimeOf = (memory: StreamMemory, type: string): Occurred | null =>
  memory.said(type).findLast(({ by, withdrawn }) => !withdrawn && by.occurred)?.by.occurred ?? null;

const startsOf = (memory: StreamMemory) => {
  const starts = Object.entries(STARTS).flatMap(([type, of]) => {
    const line = memory.standingUnless(type, 'AdmissionCancelled');
    // A snapshot may describe a stay without telling when it began: then it began when it was last said to have.
    return line ? [{ class: of, line, from: corrected(memory, line, 'start', of) ?? lastTimeOf(memory, type) }] : [];
  });
  const changes = memory
    .standingEach('VisitClassChanged', ({ data }) => String(data['to']))
    .map((line) => ({ class: line.data['to'] as VisitClass, line, from: line.by.occurred }));
  const told = new Set(starts.map((start) => start.class));
  return [...starts, ...changes.filter((change) => !told.has(change.class))].sort(
    (a, b) => earliest(a.from) - earliest(b.from) || RANK.indexOf(a.class) - RANK.indexOf(b.class),
  );
};
const earliest = (at: Occurred | null) => (at ? spanOf(at).from : Number.NEGATIVE_INFINITY);

const endOf = (memory: StreamMemory): Visit['end'] => {
  const line = memory.standingUnless('VisitEnded', 'DischargeCancelled');
  const at = line && corrected(memory, line, 'end');
  return line && at ? { line, at } : null;
};

const segmentsOf = (memory: StreamMemory, end: Visit['end'], leftFor: Occurred | null): Segment[] => {
  const starts = startsOf(memory);
  const last = end?.at ?? leftFor;
  if (starts.length > 0) return starts.map((start, i) => ({ ...start, to: starts[i + 1]?.from ?? last }));
  if (!end || memory.standing('AdmissionCancelled')) return [];
  return [{ class: (end.line.data['class'] as VisitClass | undefined) ?? 'inpatient', line: end.line, from: null, to: end.at }];
};

export const visitOf = (memory: StreamMemory): Visit => {
  const end = endOf(memory);
  const continued = memory.standing('VisitContinuedAs');
  const confirmed = memory.all.map(({ by }) => saidAt(by));
  return {
    memory,
    facilityId: memory.all.find(({ data }) => data['facilityId'] !== undefined)?.data['facilityId'],
    segments: segmentsOf(memory, end, continued?.by.occurred ?? null),
    end,
    lastConfirmed: confirmed.reduce((last, at) => (at > last ? at : last), ''),
    continuedAs: continued ? `visit-${String(continued.data['toVisitId'])}` : null,
  };
};

/** Rule: a visit about which its source has been silent for so many days is no longer known to go on. */
export const SILENCE = {
  id: 'visit-silent',
  version: 1,
  days: { emergency: 3, observation: 7, inpatient: 30, outpatient: 3, preadmit: 30 } satisfies Record<VisitClass, number>,
} as const;

/** Whether a visit without an end goes on, as far as anyone can tell at an instant. */
export const isSilent = (visit: Visit, now: number): boolean => now >= silentFrom(visit);
/** The first instant at which it counts as silent. */
export const silentFrom = ({ lastConfirmed, segments }: Visit): number =>
  Date.parse(lastConfirmed) + SILENCE.days[segments.at(-1)?.class ?? 'inpatient'] * 86_400_000 + 1;

/** Away with the hospital's knowledge or without it, while the visit goes on. */
export const leavesOf = (memory: StreamMemory): readonly { readonly line: Line; readonly to: Line | null }[] => {
  const apart = ({ by }: Line) => by.occurred?.start ?? by.id;
  const ends = memory.standingEach('LeaveEnded', apart);
  const cancelled = memory.standing('LeaveCancelled');
  const starts = memory.standingEach('LeaveStarted', apart);
  const kept = starts.filter((line) => line !== starts.at(-1) || !cancelled || !saidAfter(cancelled, line));
  return kept.map((line) => ({ line, to: ends.find((end) => earliest(end.by.occurred) >= earliest(line.by.occurred)) ?? null }));
};

/** The day named by a plan, in the zone of whoever planned it. */
export const plannedDay = ({ data, by }: Line, field: string, near: Occurred | null = null): Moment | null => {
  const there = by.occurred ?? near;
  return typeof data[field] === 'string' && there ? momentAt(data[field], there) : null;
};
