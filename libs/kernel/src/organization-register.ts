import type { AnyEvent, Envelope } from './envelope.js';
import { remember, type Said, type Statement } from './statement.js';

/** A code as a source uses it, for an organisation, a programme or a place. */
export interface SourceCode {
  readonly authority: string;
  readonly type: string;
  readonly value: string;
}

/** What stands of an organisation, programme or facility on a day; whatever nobody said is absent. */
export interface Particulars {
  readonly kind: 'organization' | 'program' | 'facility';
  readonly name?: string;
  readonly shortName?: string;
  readonly zone?: string;
  readonly organizationId?: string;
  readonly projectType?: number;
  readonly programKind?: string;
  readonly facilityType?: string;
  readonly part2?: boolean;
  readonly hmis?: boolean;
  readonly victimServices?: boolean;
  readonly cocCodes?: readonly string[];
  readonly cocCode?: string;
  readonly npi?: string;
  readonly ccn?: string;
  readonly operatingFrom?: string;
  readonly operatingUntil?: string;
  readonly localCodes?: readonly SourceCode[];
}

interface Entry {
  readonly kind: Particulars['kind'];
  readonly said: Said<object>;
}

/** Organisations, programmes and facilities as the log tells of them. Opaque: ask `particularsOf`, `idOfCode`, `regulationOf`. */
export interface OrganizationRegister {
  readonly entries: Map<string, Entry>;
  readonly idOfEvent: Map<string, string>;
  readonly codes: Map<string, string>;
}
export const emptyRegister = (): OrganizationRegister => ({ entries: new Map(), idOfEvent: new Map(), codes: new Map() });

const OWN = {
  OrganizationRegistered: 'said',
  OrganizationChanged: 'said',
  ProgramRegistered: 'said',
  ProgramChanged: 'said',
  FacilityRegistered: 'said',
  FacilityChanged: 'said',
} as const;
const evolve = remember<{ said: Said<object> }, { type: keyof typeof OWN; data: object }>(OWN);
const KINDS: Readonly<Record<string, Entry['kind']>> = { organization: 'organization', program: 'program', facility: 'facility' };

/** Takes in one event; those of other contexts change nothing, nor does an event seen twice. Changed in place (it belongs to one reader of the log) and returned. */
export const foldOrganizations = (register: OrganizationRegister, event: Envelope & AnyEvent): OrganizationRegister => {
  const cut = event.streamId.indexOf('-');
  const [kind, id] = [KINDS[event.streamId.slice(0, cut)], event.streamId.slice(cut + 1)];
  const step = (
    evolve as Readonly<Record<string, (s: { said: Said<object> }, data: never, by: Envelope) => { said: Said<object> }>>
  )[event.type];
  if (!kind || !step || register.idOfEvent.has(event.id)) return register;
  register.idOfEvent.set(event.id, id);
  const entry = { kind, ...step({ said: register.entries.get(id)?.said ?? [] }, event.data as never, event) };
  register.entries.set(id, entry);
  for (const code of codesIn(entry.said)) register.codes.set(keyOf(code), id);
  return register;
};

const keyOf = ({ authority, type, value }: SourceCode) => JSON.stringify([authority, type, value]);
const codesIn = (said: Said<object>) =>
  said.flatMap(({ data }) => (data as { readonly localCodes?: readonly SourceCode[] }).localCodes ?? []);

/** Everything said of it, each field as last said among what held on the day (a local date; the newest where absent); undefined where nothing is known under the id. */
export const particularsOf = ({ entries }: OrganizationRegister, id: string, on?: string): Particulars | undefined => {
  const entry = entries.get(id);
  if (!entry) return undefined;
  const fields: Record<string, unknown> = {};
  for (const statement of entry.said) if (holdsOn(statement, on)) tell(fields, { ...statement.data, ...statement.corrected });
  return { ...fields, kind: entry.kind };
};
const holdsOn = ({ data, corrected, withdrawn }: Statement<object>, on: string | undefined) => {
  const { effectiveFrom } = { ...data, ...corrected } as Told;
  return withdrawn === undefined && (on === undefined || effectiveFrom === undefined || effectiveFrom <= on);
};
const tell = (fields: Record<string, unknown>, { effectiveFrom: _, cleared = [], kind, ...told }: Told) => {
  Object.assign(fields, told, kind !== undefined && { programKind: kind });
  for (const field of cleared) delete fields[field === 'kind' ? 'programKind' : field];
};
interface Told {
  readonly effectiveFrom?: string;
  readonly cleared?: readonly string[];
  readonly kind?: string;
}

/** The id that a source's code stands for; undefined where it is unmapped: then the code is kept as sent, and nothing is invented. */
export const idOfCode = (register: OrganizationRegister, code: SourceCode): string | undefined => {
  const id = register.codes.get(keyOf(code));
  if (id === undefined) return undefined;
  return particularsOf(register, id)?.localCodes?.some((own) => keyOf(own) === keyOf(code)) ? id : undefined;
};

/** What regulates data of a programme, with its organisation, on a local date: the stricter of both. */
export const regulationOf = (
  register: OrganizationRegister,
  id: string,
  on?: string,
): { readonly part2: boolean; readonly hmis: boolean; readonly victimServices: boolean } => {
  const own = particularsOf(register, id, on);
  const above = own?.organizationId === undefined ? undefined : particularsOf(register, own.organizationId, on);
  const either = (field: 'part2' | 'hmis' | 'victimServices') => own?.[field] === true || above?.[field] === true;
  return { part2: either('part2'), hmis: either('hmis'), victimServices: either('victimServices') };
};
