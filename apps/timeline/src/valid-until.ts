import type { Window } from './gaps.js';
import { silentFrom, type Visit } from './visit.js';

/**
 * The next instant after `now` at which a path may have to be drawn otherwise though nothing was told: a visit's source has
 * been silent for too long, or a clock is due. Infinity where time alone changes nothing. Whatever else in a view comes to
 * depend on the time of asking belongs here.
 */
export const validUntil = (visits: readonly Visit[], windows: readonly Pick<Window, 'due'>[], now: number): number =>
  [...visits.map(silentFrom), ...windows.map(({ due }) => due.until)]
    .filter((at) => at > now)
    .reduce((next, at) => Math.min(next, at), Number.POSITIVE_INFINITY);
