import { told, type Told } from '../when.js';
import type { Address, Concept, ContactPoint, Extension, HumanName, Identifier, Patient } from './fhir-resources.js';

export interface Given {
  readonly zone: string;
  readonly receivedAt: string;
}

/** A FHIR dateTime with its offset kept, as precise as it is long. */
export const fhirTime = (text: string | undefined, basis: string, given: Given): Told | undefined => {
  const found = /^(\d{4}(?:-\d\d){0,2}(?:T\d\d:\d\d(?::\d\d)?)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text ?? '');
  return found?.[1] === undefined
    ? undefined
    : told(found[1], { ...given, basis, offset: found[2] === 'Z' ? '+00:00' : found[2] });
};

const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/^+-]{0,63}$/;
const SYSTEM = /^[A-Za-z0-9][A-Za-z0-9 ._:/^&#?=%+~@-]{0,199}$/;
const some = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);
const text = (value: unknown, most: number) =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, most) : undefined;

const NAME_USES: Readonly<Record<string, string>> = {
  usual: 'usual',
  official: 'legal',
  old: 'former',
  nickname: 'alias',
  anonymous: 'alias',
  maiden: 'maiden',
  temp: 'usual',
};
const nameOf = ({ use = 'usual', family, given = [], prefix = [], suffix = [], text: whole }: HumanName) => {
  const parts = { family: text(family, 200), given: text(given[0], 200), middle: text(given.slice(1).join(' '), 200) };
  const titles = { prefix: text(prefix.join(' '), 80), suffix: text(suffix.join(' '), 80) };
  const named = parts.family !== undefined || parts.given !== undefined;
  return { use: NAME_USES[use] ?? 'usual', ...parts, ...titles, text: named ? undefined : text(whole, 400) };
};

const SEXES: Readonly<Record<string, string>> = { female: 'female', male: 'male', other: 'other', unknown: 'unknown' };
const within = (all: readonly Extension[] | undefined, url: RegExp): Extension | undefined => all?.find((e) => url.test(e.url));
const codings = (extension: Extension | undefined) =>
  some(
    (extension?.extension ?? []).flatMap(({ valueCoding }) =>
      valueCoding
        ? [
            {
              system: text(valueCoding.system, 200) ?? 'unnamed',
              code: text(valueCoding.code, 200),
              text: text(valueCoding.display, 400),
            },
          ]
        : [],
    ),
  );

const sexOf = (code = '') =>
  CODE.test(code) ? { system: 'http://hl7.org/fhir/administrative-gender', code, mapped: SEXES[code] ?? 'unknown' } : undefined;
/** Who the person is, as a Patient says it. */
export const detailsOf = ({ name = [], birthDate = '', gender, extension }: Patient, given: Given) => ({
  names: some(name.map(nameOf)),
  birthDate: /^\d{4}(-\d\d){0,2}$/.test(birthDate) ? birthDate : undefined,
  sex: sexOf(gender),
  race: codings(within(extension, /us-core-race$/)),
  ethnicity: codings(within(extension, /us-core-ethnicity$/)),
  receivedAt: given.receivedAt,
});

export const identifiersOf = ({ identifier = [] }: Patient, system: string) =>
  identifier.flatMap(({ system: authority = '', type, value }: Identifier) => {
    const idType = codeOf(type) ?? 'PI';
    return value ? [{ authority: SYSTEM.test(authority) ? authority : system, idType, value: value.slice(0, 200) }] : [];
  });
const codeOf = (type: Concept | undefined) => type?.coding?.map(({ code = '' }) => code).find((code) => CODE.test(code));

const ADDRESS_USES: Readonly<Record<string, string>> = { temp: 'temporary', work: 'other', billing: 'other' };
const addressKind = ({ use = '', type }: Address) => (type === 'postal' ? 'mailing' : (ADDRESS_USES[use] ?? 'home'));
export const addressesOf = ({ address = [] }: Patient) =>
  address.flatMap((one) => {
    const lines = [...(one.line ?? []), one.city, one.state, one.postalCode, one.country]
      .filter(Boolean)
      .join('\n')
      .slice(0, 1000);
    const zip = /^\d{5}(-\d{4})?$/.test(one.postalCode ?? '') ? { zip: one.postalCode } : {};
    return lines === '' ? [] : [{ kind: addressKind(one), lines, ...zip }];
  });

const CONTACT_SYSTEMS: Readonly<Record<string, string>> = { email: 'email', phone: 'phone', sms: 'phone' };
const contactKind = ({ system = '', use }: ContactPoint) => {
  const kind = CONTACT_SYSTEMS[system] ?? 'other';
  return kind === 'phone' && use === 'mobile' ? 'mobile' : kind;
};
export const contactsOf = ({ telecom = [] }: Patient) =>
  telecom.flatMap((one) => (text(one.value, 400) === undefined ? [] : [{ kind: contactKind(one), value: text(one.value, 400) }]));

export const languageOf = ({ communication = [] }: Patient) => {
  const spoken = [...communication.filter(({ preferred }) => preferred), ...communication].flatMap(
    ({ language }) => language?.coding ?? [],
  );
  const [{ code = '', system = 'urn:ietf:bcp:47' } = {}] = spoken;
  return CODE.test(code) ? { language: { system, code } } : undefined;
};

export const deathOf = ({ deceasedBoolean, deceasedDateTime }: Patient, given: Given) =>
  deceasedBoolean || deceasedDateTime
    ? { reporter: 'source-record', occurred: fhirTime(deceasedDateTime, 'Patient.deceased', given) }
    : undefined;
