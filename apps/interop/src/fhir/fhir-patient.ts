import { told, type Told } from '../when.js';
import type { Address, ContactPoint, Extension, HumanName, Identifier, Patient } from './fhir-resources.js';

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
const nameOf = (name: HumanName) => ({
  use: NAME_USES[name.use ?? 'usual'] ?? 'usual',
  family: text(name.family, 200),
  given: text(name.given?.[0], 200),
  middle: text(name.given?.slice(1).join(' '), 200),
  prefix: text(name.prefix?.join(' '), 80),
  suffix: text(name.suffix?.join(' '), 80),
  text: name.family || name.given ? undefined : text(name.text, 400),
});

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

/** Who the person is, as a Patient says it. */
export const detailsOf = (patient: Patient, given: Given) => ({
  names: some((patient.name ?? []).map(nameOf)),
  birthDate: /^\d{4}(-\d\d){0,2}$/.test(patient.birthDate ?? '') ? patient.birthDate : undefined,
  sex:
    CODE.test(patient.gender ?? '') && patient.gender
      ? { system: 'http://hl7.org/fhir/administrative-gender', code: patient.gender, mapped: SEXES[patient.gender] ?? 'unknown' }
      : undefined,
  race: codings(within(patient.extension, /us-core-race$/)),
  ethnicity: codings(within(patient.extension, /us-core-ethnicity$/)),
  receivedAt: given.receivedAt,
});

export const identifiersOf = ({ identifier = [] }: Patient, system: string) =>
  identifier.flatMap(({ system: authority, type, value }: Identifier) => {
    const code = type?.coding?.[0]?.code;
    return value
      ? [
          {
            authority: authority && SYSTEM.test(authority) ? authority : system,
            idType: code && CODE.test(code) ? code : 'PI',
            value: value.slice(0, 200),
          },
        ]
      : [];
  });

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
  const coding = (communication.find(({ preferred }) => preferred) ?? communication[0])?.language?.coding?.[0];
  return coding?.code && CODE.test(coding.code)
    ? { language: { system: coding.system ?? 'urn:ietf:bcp:47', code: coding.code } }
    : undefined;
};

export const deathOf = ({ deceasedBoolean, deceasedDateTime }: Patient, given: Given) =>
  deceasedBoolean || deceasedDateTime
    ? { reporter: 'source-record', occurred: fhirTime(deceasedDateTime, 'Patient.deceased', given) }
    : undefined;
