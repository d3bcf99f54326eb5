import { RENTAL_SUBSIDY_TYPES } from '#contracts';
import type { Occurred } from '#kernel';
import { hud, isPermanent, startOf } from './housing.items.js';
import { itemOf, markOf, plain, type Drawing, type Made, type NameOf } from './item.js';
import { spanOf } from './moment.js';
import type { StreamMemory } from './stream-memory.js';

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

/** A home: from moving in until it was left; never ended by an exit from a programme. */
export const tenancyItems = (memory: StreamMemory, exit: Exit | null, nameOf: NameOf): Made[] => {
  const line = beginning(memory);
  const lease = memory.standing('LeaseSigned');
  const reported = memory.standing('MoveInReported');
  const common = { lane: 'housing', organization: nameOf(line?.by.programId) ?? nameOf(line?.by.organizationId) } as const;
  const ending = tenancyEnd(memory, exit);
  const notice = memory.standingUnless('NoticeGiven', 'NoticeWithdrawn');
  const details = [
    ['Lease from', lease?.data['startsOn']],
    ['Subsidy', hud(RENTAL_SUBSIDY_TYPES, line?.data['subsidyType'])],
    ['Notice', notice && plain(notice.data['kind'])],
    [
      'Since then',
      ending.end === 'unknown' && exit
        ? `${isPermanent(exit.destination) ? 'reported housed at exit, ' : ''}not observed`
        : undefined,
    ],
  ] as const;
  const lost = line ? undefined : (memory.standing('TenancyEnded') ?? memory.standing('OccupantLeft'));
  return [
    ...(line ? [itemOf(memory, { ...common, part: 'tenancy', kind: 'tenancy', shape: 'bar', look: 'solid', title: 'own home', line, from: line.by.occurred, ...ending, details })] : []),
    ...(lost ? [itemOf(memory, { ...common, part: 'tenancy', kind: 'tenancy', shape: 'bar', look: 'solid', title: 'own home', line: lost, from: null, to: lost.by.occurred })] : []),
    ...(lease && !line && !lost ? [markOf(memory, { ...common, part: 'lease', kind: 'other', look: 'outlined', title: 'lease signed', line: lease })] : []),
    ...(reported ? [markOf(memory, { ...common, part: 'reported', kind: 'reported-situation', look: 'hatched', title: 'move-in date given by a programme that is not permanent housing', line: reported })] : []),
  ]; // prettier-ignore
};
