import { RENTAL_SUBSIDY_TYPES } from '#contracts';
import type { Occurred } from '#kernel';
import { hud, isPermanent, startOf } from './housing.items.js';
import { itemOf, markOf, maybe, type Drawing, type Made, type NameOf } from './item.js';
import { spanOf } from './moment.js';
import type { Line, StreamMemory } from './stream-memory.js';

/** An enrolment of the same person, for the tenancy that refers to it. */
export interface Exit {
  readonly at: Occurred;
  readonly destination: unknown;
}
export const exitOf = (memory: StreamMemory): Exit | null => {
  const exit = memory.standing('ProjectExited');
  return exit?.by.occurred ? { at: exit.by.occurred, destination: exit.data['destination'] } : null;
};

const beginning = (memory: StreamMemory) => memory.standing('MovedIn') ?? memory.standing('OccupantJoined');
export const movedInAt = (memory: StreamMemory): Occurred | null => beginning(memory)?.by.occurred ?? null;
export const enrolmentOf = (memory: StreamMemory): string | null => {
  const id = memory.standing('MovedIn')?.data['enrolmentId'];
  return typeof id === 'string' ? id : null;
};

/** Until when someone saw that the home was still theirs, and whether that is where it ended. */
const tenancyEnd = (memory: StreamMemory, exit: Exit | null): Pick<Drawing, 'to' | 'end'> => {
  const ended = memory.standing('TenancyEnded') ?? memory.standing('OccupantLeft');
  if (ended) return { to: ended.by.occurred, end: 'known' };
  const checks = memory.standingEach('HousingStatusConfirmed', ({ by }) => by.occurred?.start ?? by.id);
  const last = checks.toSorted((a, b) => startOf(a) - startOf(b)).at(-1);
  if (last?.data['status'] === 'not-there') return { to: last.by.occurred, end: 'unknown' };
  if (!exit || (last && startOf(last) >= spanOf(exit.at).from)) return { to: null, end: 'ongoing' };
  return { to: exit.at, end: 'unknown' };
};

const tenancyDetails = (memory: StreamMemory, line: Line, isLost: boolean, exit: Exit | null): Drawing['details'] => {
  const notice = memory.standingUnless('NoticeGiven', 'NoticeWithdrawn');
  const reported = exit && isPermanent(exit.destination) ? 'reported housed at exit, not observed' : 'not observed';
  return [
    ['Lease from', memory.fieldOf('LeaseSigned', 'startsOn')],
    ['Subsidy', hud(RENTAL_SUBSIDY_TYPES, line.data['subsidyType'])],
    ['Notice', maybe(notice?.data['kind'])],
    ['Since then', isLost && exit ? reported : undefined],
  ];
};

const homeItems = (memory: StreamMemory, exit: Exit | null, nameOf: NameOf): Made[] => {
  const began = beginning(memory);
  const line = began ?? memory.standing('TenancyEnded') ?? memory.standing('OccupantLeft');
  if (!line) return [];
  const ending = tenancyEnd(memory, exit);
  const drawing = { part: 'tenancy', lane: 'housing', kind: 'tenancy', shape: 'bar', look: 'solid', title: 'own home' } as const;
  const details = tenancyDetails(memory, line, ending.end === 'unknown', exit);
  const organization = nameOf(line.by.programId, line.by.organizationId);
  return [itemOf(memory, { ...drawing, line, from: began?.by.occurred ?? null, ...ending, organization, details })];
};

/** A home: from moving in until it was left; never ended by an exit from a programme. */
export const tenancyItems = (memory: StreamMemory, exit: Exit | null, nameOf: NameOf): Made[] => {
  const home = homeItems(memory, exit, nameOf);
  const lease = memory.standing('LeaseSigned');
  const reported = memory.standing('MoveInReported');
  const common = { lane: 'housing', organization: null } as const;
  const title = 'move-in date given by a programme that is not permanent housing';
  return [
    ...home,
    ...(lease && home.length === 0
      ? [markOf(memory, { ...common, part: 'lease', kind: 'other', look: 'outlined', title: 'lease signed', line: lease })]
      : []),
    ...(reported
      ? [markOf(memory, { ...common, part: 'reported', kind: 'reported-situation', look: 'hatched', title, line: reported })]
      : []),
  ];
};
