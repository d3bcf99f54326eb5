import { CONTACTS, type SourceRow } from './timeline.rows.js';

const ofContacts = (sources: readonly SourceRow[]) => sources.filter(({ lane }) => lane === CONTACTS);
const least = (instants: readonly string[]): string | null => instants.toSorted()[0] ?? null;

/** Up to when every connected source of contacts has sent: that of the one furthest behind; null where none is connected. */
export const completeTo = (sources: readonly SourceRow[]): string | null => least(ofContacts(sources).map(({ said }) => said));

/** Since when any source of contacts could have told of one. */
export const connectedFrom = (sources: readonly SourceRow[]): string | null =>
  least(ofContacts(sources).map(({ since }) => since));
