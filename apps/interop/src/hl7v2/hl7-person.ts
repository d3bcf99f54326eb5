import type { Message } from './hl7-message.js';
import { isCode } from './hl7-codes.js';
import { hl7Date, hl7Time } from './hl7-time.js';

export interface Given {
  readonly zone: string;
  readonly receivedAt: string;
}
export interface Identifier {
  readonly authority: string;
  readonly type: string;
  readonly value: string;
}

const AUTHORITY = /^[A-Za-z0-9][A-Za-z0-9 ._:/^&#?=%+~@-]{0,199}$/;
const clean = (text: string | undefined) => (text !== undefined && AUTHORITY.test(text) ? text : undefined);

/** A CX field: whose number it is (its authority, else the sender), of what kind, and the number. */
export const identifierIn = (
  m: Message,
  field: readonly [segment: string, field: number],
  system: string,
  at = { repetition: 0, nth: 0 },
): Identifier | undefined => {
  const text = (component: number, part = 1) => m.text(...field, { component, part, ...at });
  const value = text(1)?.slice(0, 200);
  if (value === undefined) return undefined;
  const type = text(5);
  const authority = clean(text(4)) ?? clean(text(4, 2)) ?? system;
  return { authority, type: type !== undefined && isCode(type) ? type : 'PI', value };
};

export const identifiersIn = (m: Message, field: readonly [string, number], system: string, nth = 0): readonly Identifier[] =>
  m.repetitions(...field, nth).flatMap((repetition) => identifierIn(m, field, system, { repetition, nth }) ?? []);

const NATIONAL = /^(SS|SSN|NI|NH|NNxxx|NN[A-Z]{3}|NHSNMBR|DL|PPN|AN|VN)$/i;
/** The number under which the sender itself knows the person: its medical record number, else the first that is not a national one. */
export const ownNumber = (all: readonly Identifier[]): Identifier | undefined =>
  all.find(({ type }) => /^MRN?$/i.test(type)) ?? all.find(({ type }) => !NATIONAL.test(type)) ?? all[0];

const SEXES = { F: 'female', M: 'male', O: 'other', A: 'other', U: 'unknown', N: 'other' } as const;
const NAME_USES = { L: 'legal', D: 'usual', M: 'maiden', A: 'alias', N: 'alias', C: 'former', CURRENT: 'usual' } as const;
const lookUp = <T>(map: Readonly<Record<string, T>>, code: string | undefined): T | undefined =>
  code === undefined ? undefined : map[code.toUpperCase()];

const namesIn = (m: Message) =>
  m.repetitions('PID', 5).flatMap((repetition) => {
    const text = (component: number) => m.text('PID', 5, { component, repetition })?.slice(0, 80);
    const name = { family: text(1), given: text(2), middle: text(3), suffix: text(4), prefix: text(5) };
    return Object.values(name).some(Boolean) ? [{ use: lookUp(NAME_USES, text(7)) ?? 'usual', ...name }] : [];
  });

const codedTexts = (m: Message, field: number, system: string) => {
  const all = m.repetitions('PID', field).flatMap((repetition) => {
    const code = m.text('PID', field, { repetition })?.slice(0, 200);
    const text = m.text('PID', field, { component: 2, repetition })?.slice(0, 400);
    return code === undefined && text === undefined
      ? []
      : [{ system: m.text('PID', field, { component: 3, repetition }) ?? system, code, text }];
  });
  return all.length > 0 ? all : undefined;
};

/** Who the person is, as PID says it: what was sent as `""` is cleared, what was not sent is not mentioned. */
export const detailsIn = (m: Message, given: Given) => {
  const names = namesIn(m);
  const sex = m.text('PID', 8);
  const cleared = ([['names', 5], ['birthDate', 7], ['sex', 8], ['race', 10], ['ethnicity', 22]] as const).filter(([, field]) => m.cleared('PID', field)); // prettier-ignore
  return {
    names: names.length > 0 ? names : undefined,
    birthDate: hl7Date(m.text('PID', 7), given),
    sex:
      sex !== undefined && isCode(sex) ? { system: 'hl7:0001', code: sex, mapped: lookUp(SEXES, sex) ?? 'unknown' } : undefined,
    race: codedTexts(m, 10, 'hl7:0005'),
    ethnicity: codedTexts(m, 22, 'hl7:0189'),
    cleared: cleared.length > 0 ? cleared.map(([name]) => name) : undefined,
  };
};

const ADDRESS_KINDS = { H: 'home', HOME: 'home', L: 'home', C: 'temporary', M: 'mailing', N: 'birth', BDL: 'birth' } as const;
export const addressesIn = (m: Message) =>
  m.repetitions('PID', 11).flatMap((repetition) => {
    const text = (component: number) => m.text('PID', 11, { component, repetition });
    const lines = [text(1), text(2), text(3), text(4), text(5), text(6)].filter(Boolean).join('\n').slice(0, 1000);
    const zip = text(5);
    const isZip = zip !== undefined && /^\d{5}(-\d{4})?$/.test(zip);
    return lines === '' ? [] : [{ kind: lookUp(ADDRESS_KINDS, text(7)) ?? 'other', lines, ...(isZip && { zip }) }];
  });

const CONTACT_KINDS = { CP: 'mobile', PH: 'phone', INTERNET: 'email', FX: 'other', BP: 'other' } as const;
export const contactsIn = (m: Message) =>
  m.repetitions('PID', 13).flatMap((repetition) => {
    const text = (component: number) => m.text('PID', 13, { component, repetition });
    const [email, number] = [text(4), text(1) ?? text(12) ?? text(7)];
    if (number !== undefined) return [{ kind: lookUp(CONTACT_KINDS, text(3)) ?? 'phone', value: number.slice(0, 400) }];
    return email === undefined ? [] : [{ kind: 'email', value: email.slice(0, 400) }];
  });

export const languageIn = (m: Message) => {
  const code = m.text('PID', 15);
  const system = clean(m.text('PID', 15, { component: 3 })) ?? 'hl7:0296';
  return code !== undefined && isCode(code) ? { language: { system, code } } : undefined;
};

/** PID-30 tells that the person died, PID-29 when. */
export const deathIn = (m: Message, given: Given) =>
  m.text('PID', 30)?.toUpperCase() === 'Y'
    ? { reporter: 'source-record', occurred: hl7Time(m.text('PID', 29), 'PID-29', given) }
    : undefined;
