import type { PeopleEvent, PersonName } from '#contracts';
import { bySaid, isErased, type Envelope, type Erased } from '#kernel';
import { rows, type Fact, type RowTable } from './projection.js';

/** What one event said of who a person is. */
interface Said {
  readonly root: string;
  readonly by: { readonly id: string } & Pick<Envelope, 'assertedAt' | 'recordedAt' | 'position'> & {
      readonly source: { readonly sequence?: number };
    };
  readonly names?: readonly PersonName[];
  readonly born?: string;
  readonly withdrawn?: true;
}

/** A person as one agency's system knows them, or the trace of one who was erased. */
export interface PersonRow {
  readonly erased?: true;
  readonly organizationId: string | null;
  readonly said: readonly Said[];
  /** Suspicions that the record has become another person's, which nobody has judged yet. */
  readonly suspected?: readonly { readonly id: string; readonly recordedAt: string }[];
}

type Details = { readonly names?: unknown; readonly birthDate?: unknown; readonly birthYear?: unknown };
type Step = (before: PersonRow, event: Fact) => PersonRow;

const details = ({ names, birthDate, birthYear }: Details) => {
  const born = typeof birthDate === 'string' ? birthDate : typeof birthYear === 'number' ? String(birthYear) : undefined;
  return { ...(Array.isArray(names) && { names: names as PersonName[] }), ...(born && { born }) };
};
const clockOf = ({ id, assertedAt, recordedAt, position, source: { sequence } }: Envelope): Said['by'] => ({
  id,
  assertedAt,
  recordedAt,
  position,
  source: { ...(sequence !== undefined && { sequence }) },
});
const opened = (value: object | Erased | undefined): Details => (value === undefined || isErased(value) ? {} : value);
const said = (before: PersonRow, statement: Said): PersonRow => ({
  ...before,
  said: [...before.said, statement].sort((a, b) => bySaid(a.by as Envelope, b.by as Envelope)),
});
const amend = (before: PersonRow, event: Fact, change: object): PersonRow => {
  const root = before.said.find(({ by }) => by.id === event.supersedes?.eventId)?.root;
  return root === undefined ? before : { ...before, said: before.said.map((s) => (s.root === root ? { ...s, ...change } : s)) };
};

const STEPS: Readonly<Record<string, Step>> = {
  PersonRegistered: (before, event) =>
    said(
      { ...before, organizationId: before.organizationId ?? event.organizationId },
      { root: event.id, by: clockOf(event), ...details(event.data) },
    ),
  PersonDetailsChanged: (before, event) => {
    const { values } = event.data as Extract<PeopleEvent, { type: 'PersonDetailsChanged' }>['data'];
    return said(before, { root: event.id, by: clockOf(event), ...details(opened(values)) });
  },
  FactConfirmed: (before, event) => {
    const { repeated } = event.data as { readonly repeated: readonly string[] };
    const held = before.said.find(({ by }) => repeated.includes(by.id));
    return held ? said(before, { ...held, by: clockOf(event) }) : before;
  },
  FactCorrected: (before, event) => {
    const { changed, changedPrivately } = event.data as { readonly changed: object; readonly changedPrivately?: object | Erased };
    const { values, ...others } = { ...changed, ...opened(changedPrivately) } as Details & { readonly values?: object };
    return amend(before, event, details({ ...others, ...values }));
  },
  FactWithdrawn: (before, event) => amend(before, event, { withdrawn: true }),
  IdentityOverlaySuspected: (before, { id, recordedAt }) => ({
    ...before,
    suspected: [...(before.suspected ?? []).filter((one) => one.id !== id), { id, recordedAt }],
  }),
  IdentityOverlayResolved: (before, { data }) => {
    const { suspectedEventId } = data as { readonly suspectedEventId: string };
    return { ...before, suspected: (before.suspected ?? []).filter(({ id }) => id !== suspectedEventId) };
  },
  PersonErased: () => ({ erased: true, organizationId: null, said: [] }),
};

/** The steps of a person's row; what comes after an erasure adds nothing to it. */
export const foldPerson = (before: PersonRow | undefined, event: Fact): PersonRow | null => {
  if (before?.erased) return before;
  return STEPS[event.type]?.(before ?? { organizationId: null, said: [] }, event) ?? before ?? null;
};

const latest = <T>({ said }: PersonRow, pick: (statement: Said) => T | undefined): T | undefined => {
  const held = said.findLast((statement) => !statement.withdrawn && pick(statement) !== undefined);
  return held && pick(held);
};
const USES = ['usual', 'legal', 'alias', 'former', 'maiden'];
const words = ({ given, middle, family, text }: PersonName) => text ?? [given, middle, family].filter(Boolean).join(' ');

/** Every name under which the person is known, the usual one first. */
export const namesOf = (person: PersonRow): readonly string[] =>
  [...(latest(person, ({ names }) => names) ?? [])]
    .sort((a, b) => USES.indexOf(a.use) - USES.indexOf(b.use))
    .map(words)
    .filter(Boolean);
export const nameOf = (person: PersonRow): string | null => namesOf(person)[0] ?? null;
export const bornOf = (person: PersonRow): string | null => latest(person, ({ born }) => born) ?? null;

/** Since when the record waits for a person to judge whether it is still the same person's; null where it does not. */
export const underReviewSince = ({ suspected = [] }: PersonRow): string | null => suspected[0]?.recordedAt ?? null;

const WHY = 'who the person is, to name the record and to find it';
const PERSON_STREAM = /^person-/;

/** One row a person, in the schema of each read model that names people. `more`: columns of that read model alone. */
export const personRows = (more: RowTable<PersonRow>['columns'] = []): RowTable<object> =>
  rows<PersonRow>({
    name: 'person',
    keeps: 'current',
    personalState: WHY,
    keys: ({ personId, streamId, type }) => (personId && PERSON_STREAM.test(streamId) && STEPS[type] ? [personId] : []),
    fold: foldPerson,
    columns: [
      { name: 'name', type: 'text', of: nameOf, personal: WHY },
      { name: 'born', type: 'text', of: bornOf, personal: WHY },
      { name: 'organization_id', type: 'text', of: ({ organizationId }) => organizationId },
      { name: 'erased', type: 'boolean', of: ({ erased }) => erased ?? false },
      ...more,
    ],
  });
