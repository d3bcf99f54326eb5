import { spanOf } from './moment.js';
import type { Visit } from './visit.js';

/** Rule: visits that overlap, continue one another, or follow a transfer by the next day are one episode. */
export const EPISODE = { id: 'episode', version: 1, transferDays: 1 } as const;

const TRANSFERS = new Set<unknown>([
  'hospital',
  'psychiatric-hospital',
  'rehabilitation',
  'skilled-nursing',
  'residential-treatment',
]);
const DAY = 86_400_000;

export const beginsAt = ({ segments }: Visit): number => {
  const from = segments[0]?.from;
  return from ? spanOf(from).from : Number.NEGATIVE_INFINITY;
};
export const endsAt = ({ end }: Visit): number => (end ? spanOf(end.at).from : Number.POSITIVE_INFINITY);

/** Whether the person had already begun, or was sent straight on to, another visit when one ended; then that is the one. */
export const continuation = (visit: Visit, visits: readonly Visit[]): Visit | null => {
  const left = endsAt(visit);
  const others = visits.filter(
    (other) => other !== visit && other.segments.some(({ class: of }) => of !== 'outpatient' && of !== 'preadmit'),
  );
  const next = others.find(({ memory }) => memory.streamId === visit.continuedAs);
  if (next) return next;
  const transferred = TRANSFERS.has(visit.end?.line.data['disposition']) || visit.end?.line.data['toFacilityId'] !== undefined;
  const within = transferred ? (EPISODE.transferDays + 1) * DAY : 0;
  return (
    others.find(
      (other) =>
        beginsAt(other) <= left + within && endsAt(other) > left && (beginsAt(other) > beginsAt(visit) || beginsAt(other) < left),
    ) ?? null
  );
};
