import type { OrganizationsEvent } from '#contracts';
import { rows, type Fact, type RowTable } from './projection.js';

/** An organisation, programme or facility, as far as a view names it. */
export interface PlaceRow {
  readonly name: string;
  readonly organizationId?: string;
  readonly zone?: string;
  /** A victim service provider's name is never shown. */
  readonly victimServices?: boolean;
}

const REGISTERED = /^(Organization|Program|Facility)(Registered|Changed)$/;
const FIELDS = ['name', 'organizationId', 'zone', 'victimServices'] as const;

const step = (before: PlaceRow | undefined, event: Fact): PlaceRow => {
  const data = event.data as OrganizationsEvent['data'] & Partial<PlaceRow> & { readonly cleared?: readonly string[] };
  const stated = FIELDS.flatMap((field) => {
    if (data.cleared?.includes(field)) return [];
    const value = data[field] ?? before?.[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return { name: '', ...Object.fromEntries(stated) };
};

/** What organisations, programmes and facilities are called, by id. */
export const placeRows: RowTable<object> = rows<PlaceRow>({
  name: 'place',
  keeps: 'current',
  keys: ({ type, streamId }) => (REGISTERED.test(type) ? [streamId.slice(streamId.indexOf('-') + 1)] : []),
  fold: step,
  columns: [
    { name: 'name', type: 'text', of: ({ name, victimServices }) => (victimServices ? null : name) },
    // Its maximum tells whether any name has changed.
    { name: 'changed', type: 'bigint', of: (_, { position }) => position, index: 'btree' },
  ],
});
