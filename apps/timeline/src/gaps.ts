import type { Moment, TimelineGap } from '#contracts';
import type { Occurred } from '#kernel';
import { beginsAt, continuation, endsAt } from './episodes.js';
import { dayLater, daysFrom, momentOf, spanOf } from './moment.js';
import type { StreamMemory } from './stream-memory.js';
import type { Visit } from './visit.js';

/** The care team's clock; the measures that resemble it are others. */
export const FIRST_CONTACT = {
  id: 'first-contact-after-leaving',
  version: 1,
  days: 7,
  words:
    'After a hospital stay or an emergency department visit ends, a peer reaches the person within 7 days; the day of leaving counts, contacts during a stay do not.',
} as const;

/** A contact that reached the person, and the stream that tells of it. */
export interface Reached {
  readonly memory: StreamMemory;
  readonly at: Occurred;
  readonly during: boolean;
}

/** What a gap is judged by. `connectedFrom`: since when any source of contacts could have told of one. `completeTo`: up to when every connected source of contacts has sent; null where none is connected. */
export interface Judging {
  readonly now: number;
  readonly connectedFrom: string | null;
  readonly completeTo: string | null;
  readonly died: Occurred | null;
}

/** A clock that began when a visit ended: windows and facts only, nothing that depends on today. */
export interface Window {
  readonly visit: Visit;
  readonly from: Occurred;
  readonly due: { readonly day: string; readonly until: number };
  readonly contact: { readonly reached: Reached; readonly least: number; readonly most: number } | null;
  readonly voided: { readonly because: string; readonly by: Visit | null } | null;
}

export const reachedOf = (memory: StreamMemory): Reached | null => {
  const line = memory.standing('PeerContactMade');
  if (!line?.by.occurred || line.by.occurred.implausible) return null;
  return { memory, at: line.by.occurred, during: line.data['duringVisitId'] !== undefined };
};

const isInside = (visit: Visit): boolean => visit.segments.some(({ class: of }) => of === 'inpatient' || of === 'emergency');
/** Certainly between the start and the end of a stay or ED visit: a date alone on the day of leaving is not. */
const whileIn = (at: Occurred, visit: Visit): boolean =>
  isInside(visit) && spanOf(at).from >= beginsAt(visit) && spanOf(at).until <= endsAt(visit);

/** Of the contacts after leaving, the one that certainly was first: the days until it are counted, those of the others need not be. */
const firstContact = (from: Occurred, visits: readonly Visit[], contacts: readonly Reached[]): Window['contact'] => {
  const left = spanOf(from).from;
  const after = contacts
    .filter(({ at, during }) => !during && spanOf(at).until > left && !visits.some((visit) => whileIn(at, visit)))
    .sort((a, b) => spanOf(a.at).until - spanOf(b.at).until || spanOf(a.at).from - spanOf(b.at).from);
  const [reached] = after;
  if (!reached) return null;
  const { least, most } = daysFrom(from, reached.at);
  return { reached, least: Math.max(0, least), most };
};

const voiding = (
  visit: Visit,
  visits: readonly Visit[],
  window: { readonly until: number; readonly contactAt: number },
): Window['voided'] => {
  if (visit.end?.line.data['disposition'] === 'died') return { because: 'the person died', by: null };
  const next = continuation(visit, visits);
  if (next) return { because: 'the person went straight on to another hospital or unit', by: next };
  const back = visits.find(
    (other) =>
      other !== visit &&
      other.segments.some(({ class: of, from }) => {
        const at = from && of === 'inpatient' ? spanOf(from).from : Number.NaN;
        return at > endsAt(visit) && at < window.until && at < window.contactAt;
      }),
  );
  return back ? { because: 'the person was admitted again before the seven days were over', by: back } : null;
};

/** Every clock that began: one for each stay or ED visit that ended at a plausible time. */
export const windowsOf = (visits: readonly Visit[], contacts: readonly Reached[]): readonly Window[] =>
  visits.flatMap((visit) => {
    const from = visit.end?.at;
    if (!from || from.implausible || !isInside(visit)) return [];
    const due = dayLater(from, FIRST_CONTACT.days);
    const contact = firstContact(from, visits, contacts);
    const contactAt = contact ? spanOf(contact.reached.at).from : Number.POSITIVE_INFINITY;
    return [{ visit, from, due, contact, voided: voiding(visit, visits, { until: due.until, contactAt }) }];
  });

type Standing = Pick<TimelineGap, 'state' | 'because'>;

const settled = ({ contact, due, voided, from }: Window, died: Occurred | null): Standing | undefined => {
  if (voided) return { state: 'not-applicable', because: voided.because };
  if (contact && contact.most <= FIRST_CONTACT.days) return { state: 'met' };
  const left = spanOf(from).from;
  const at = died ? spanOf(died).from : Number.NaN;
  return at >= left && at < due.until ? { state: 'not-applicable', because: 'the person died' } : undefined;
};

/** How a clock stands at an instant. */
export const status = (window: Window, judging: Judging): Standing => {
  const { contact, due } = window;
  const decided = settled(window, judging.died);
  if (decided) return decided;
  if (contact && contact.least <= FIRST_CONTACT.days) {
    return { state: 'not-seen-yet', because: 'a contact is known, but not on which day exactly' };
  }
  return judging.now < due.until ? { state: 'running' } : unseen(due.until, judging);
};

/** No contact is known, and the days are over: missed only where every source of contacts could have told, and has told all. */
const unseen = (until: number, { connectedFrom, completeTo }: Judging): Standing => {
  if (connectedFrom !== null && Date.parse(connectedFrom) > until) {
    return { state: 'not-seen-yet', because: 'no source of contacts was connected then' };
  }
  if (completeTo === null) return { state: 'not-seen-yet', because: 'no source of contacts is connected' };
  if (Date.parse(completeTo) >= until) return { state: 'missed' };
  return { state: 'not-seen-yet', because: `the sources of contacts are complete only to ${completeTo.slice(0, 10)}` };
};

const days = (n: number) => `${n} ${n === 1 ? 'day' : 'days'}`;
const TITLES: Readonly<Record<TimelineGap['state'], (window: Window) => string>> = {
  met: ({ contact }) =>
    contact?.most === 0
      ? 'A peer reached the person on the day of leaving'
      : `A peer reached the person after ${days(contact?.most ?? 0)}`,
  missed: ({ contact }) =>
    contact
      ? `No one made contact within 7 days; the first was after ${days(contact.least)}`
      : 'No one made contact within 7 days',
  running: ({ due }) => `First contact is due by ${due.day}`,
  'not-seen-yet': () => 'No contact has been seen yet',
  'not-applicable': ({ voided }) => `No follow-up clock: ${voided?.because ?? 'the person died'}`,
};

export const gapIdOf = ({ visit }: Window): string => `${visit.memory.streamId}:gap`;

export const gapOf = (window: Window, judging: Judging, itemOf: (memory: StreamMemory) => string | undefined): TimelineGap => {
  const { visit, from, due, contact } = window;
  const judged = status(window, judging);
  const to: Moment | null = contact ? momentOf(contact.reached.at) : null;
  return {
    id: gapIdOf(window),
    personId: visit.memory.personId,
    rule: { id: FIRST_CONTACT.id, version: FIRST_CONTACT.version, words: FIRST_CONTACT.words },
    ...judged,
    title: TITLES[judged.state](window),
    from: momentOf(from),
    to: judged.state === 'not-applicable' ? null : to,
    due: { day: due.day, at: due.until },
    completeTo: judging.completeTo,
    days: contact && judged.state !== 'not-applicable' ? contact.least : null,
    items: [visit.memory, contact?.reached.memory, window.voided?.by?.memory].flatMap((memory) =>
      memory ? (itemOf(memory) ?? []) : [],
    ),
  };
};
