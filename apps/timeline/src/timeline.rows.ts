import { saidAt } from '#kernel';
import { pairRows, personRows, placeRows, rows, type Projection } from '#read-store';
import { isContact, isShown, laneOf, remembered, type Remembered } from './timeline.projection.js';

/**
 * What each event said of one stream. A version holds what its event said and nothing of the versions before it: the state
 * at any position is the fold of the versions up to there, so a stream of many events costs what they cost, not their square.
 */
const statementRows = rows<Remembered>({
  name: 'statement',
  keeps: 'history',
  keys: (event) => (event.personId && isShown(event) ? [event.streamId] : []),
  fold: (_, event) => remembered(event) ?? null,
  columns: [{ name: 'person_id', type: 'uuid', of: (_, { personId }) => personId, index: 'btree' }],
});

/** How far a source is known to have sent. */
export interface SourceRow {
  readonly lane: string;
  readonly organizationId: string | null;
  readonly system: string;
  /** Oldest instant at which it said anything: of what was before, it could not have told. */
  readonly since: string;
  /** Newest instant at which it said anything: complete up to there. */
  readonly said: string;
  /** Newest instant at which the log took anything from it. */
  readonly recorded: string;
}

/** The sources of contacts are followed by themselves: a clock is missed only once all of them are complete. */
export const CONTACTS = 'contacts';

const later = (a: string | undefined, b: string) => (a === undefined || b > a ? b : a);
const sooner = (a: string | undefined, b: string) => (a === undefined || b < a ? b : a);
const hour = (instant: string) => instant.slice(0, 13);

/** Whether the sources of each lane are alive; a version an hour is enough to tell how it stood on a day. */
const sourceRows = rows<SourceRow>({
  name: 'source',
  keeps: 'both',
  keys: (event) => {
    const lane = event.personId ? laneOf(event) : undefined;
    const source = `${event.organizationId ?? ''}|${event.source.system}`;
    if (!lane) return [];
    return isContact(event) ? [`${lane}|${source}`, `${CONTACTS}|${source}`] : [`${lane}|${source}`];
  },
  fold: (before, event, key) => {
    const [said, recorded] = [later(before?.said, saidAt(event)), later(before?.recorded, event.recordedAt)];
    const since = sooner(before?.since, saidAt(event));
    if (before?.said === said && before.recorded === recorded && before.since === since) return before;
    const lane = key.slice(0, key.indexOf('|'));
    return { lane, organizationId: event.organizationId, system: event.source.system, since, said, recorded };
  },
  versioned: (before, after) => !before || !after || hour(before.said) !== hour(after.said),
  columns: [{ name: 'source', type: 'text', of: (_, { key }) => key, index: 'btree' }],
});

export const TIMELINE: Projection = {
  name: 'timeline@1',
  tables: [statementRows, sourceRows, pairRows, personRows(), placeRows],
};
