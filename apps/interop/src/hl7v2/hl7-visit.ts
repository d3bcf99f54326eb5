import type { VisitClass } from '#contracts';
import { instantOf, type Told } from '../when.js';
import {
  ADMISSION_TYPES_0007,
  ADMIT_SOURCES_0023,
  CLASSES,
  coded,
  DISPOSITION_CODES,
  LEVEL_OF_SERVICE,
  SERVICE_CODES,
} from './hl7-codes.js';
import type { Message } from './hl7-message.js';
import { identifierIn, type Given, type Identifier } from './hl7-person.js';
import { hl7Time } from './hl7-time.js';

/** When it was said: EVN-2, else MSH-7; null where neither is a time. */
export const assertedIn = (m: Message, given: Given): string | null => {
  const at = hl7Time(m.text('EVN', 2), 'EVN-2', given) ?? hl7Time(m.text('MSH', 7), 'MSH-7', given);
  return at ? instantOf(at) : null;
};

const firstTime = (m: Message, fields: readonly (readonly [string, number])[], given: Given): Told | undefined => {
  for (const [segment, field] of fields) {
    const at = hl7Time(m.text(segment, field), `${segment}-${field}`, given);
    if (at) return at;
  }
  return undefined;
};
export const PERIOD = [['PV1', 44], ['PV1', 45]] as const; // prettier-ignore
export const HAPPENED = [['EVN', 6], ['EVN', 2]] as const; // prettier-ignore
export const began = (m: Message, given: Given) => firstTime(m, [['PV1', 44], ...HAPPENED], given);
export const ended = (m: Message, given: Given) => firstTime(m, [['PV1', 45], ...HAPPENED], given);
export const happened = (m: Message, given: Given) => firstTime(m, HAPPENED, given);
export const startedAt = (m: Message, given: Given) => firstTime(m, [['PV1', 44]], given);
export const endedAt = (m: Message, given: Given) => firstTime(m, [['PV1', 45]], given);

/** PV1-2; `P` with an admit time is no plan any more. */
export const classIn = (m: Message): VisitClass | undefined => {
  const told = CLASSES[m.text('PV1', 2)?.toUpperCase() ?? ''];
  return told === 'preadmit' && m.text('PV1', 44) !== undefined ? 'inpatient' : told;
};

/**
 * The visit as its source numbers it (PV1-19, else PV1-50), of this facility; without a number, the admission of this
 * person at this time. Undefined where neither is told.
 */
export const visitIn = (m: Message, system: string, person: Identifier | undefined): Identifier | undefined => {
  const number = identifierIn(m, ['PV1', 19], system) ?? identifierIn(m, ['PV1', 50], system);
  if (number) return { authority: authorityOf(number, system), type: 'VN', value: number.value };
  const at = m.text('PV1', 44);
  return person && at ? { authority: system, type: 'admission-of', value: `${person.value}|${at}`.slice(0, 200) } : undefined;
};
/** Numbers of two facilities behind one interface may be the same. */
export const authorityOf = ({ authority }: Identifier, system: string) =>
  authority === system ? system : `${system}|${authority}`.slice(0, 200);

export const admissionIn = (m: Message) => {
  const service = coded('service', m.text('PV1', 10), 'hl7:0069', SERVICE_CODES) as {
    service?: keyof typeof LEVEL_OF_SERVICE;
    asSent?: string;
  };
  const source = coded('admitSource', m.text('PV1', 14), 'hl7:0023', ADMIT_SOURCES_0023) as { asSent?: string };
  const type = coded('admissionType', m.text('PV1', 4), 'hl7:0007', ADMISSION_TYPES_0007) as { asSent?: string };
  const level = service.service && LEVEL_OF_SERVICE[service.service];
  const asSent = [service, source, type]
    .flatMap((one) => one.asSent ?? [])
    .join('; ')
    .slice(0, 400);
  return {
    levelOfCare: level ?? 'unknown',
    ...(level && { levelOfCareBasis: 'service' }),
    ...without(service),
    ...without(source),
    ...without(type),
    ...(asSent && { asSent }),
  };
};
const without = ({ asSent: _, ...rest }: { readonly asSent?: string }) => rest;

const short = (text: string | undefined) => text?.slice(0, 200);
export const bedIn = (m: Message, field = 3) => ({ unit: short(m.text('PV1', field)), bed: short([m.text('PV1', field, { component: 2 }), m.text('PV1', field, { component: 3 })].filter(Boolean).join(' ') || undefined) }); // prettier-ignore
export const numberIn = (m: Message) => ({ visitNumber: short(m.text('PV1', 19) ?? m.text('PV1', 50)) });
export const reasonIn = (m: Message) => ({ reason: (m.text('PV2', 3, { component: 2 }) ?? m.text('PV2', 3))?.slice(0, 2000) });

/** The place where it happened, as PV1-3 calls the facility: raw, never looked up in what was never registered. */
export const placeIn = (m: Message) => {
  const raw = m.text('PV1', 3, { component: 4 });
  return raw ? { place: { kind: 'hospital', raw: raw.slice(0, 400) } } : {};
};

export const dispositionIn = (m: Message) => {
  const told = coded('disposition', m.text('PV1', 36), 'hl7:0112', DISPOSITION_CODES) as { disposition?: string };
  const destination = m.text('PV1', 37)?.slice(0, 400);
  return {
    ...told,
    ...(told.disposition === 'left-against-advice' && { againstAdvice: true }),
    ...(destination && { destination }),
  };
};

const USES = { A: 'admitting', W: 'working', F: 'final' } as const;
const PSYCHIATRIC = /^F([2-9]\d|0\d)/i;
const OF_SUBSTANCES = /^F1\d/i;
const groupOf = (code = '') => (OF_SUBSTANCES.test(code) ? 'substance-use' : PSYCHIATRIC.test(code) ? 'mental-health' : 'other');
const rankIn = (text: string | undefined) => (/^[1-9]\d?$/.test(text ?? '') ? { rank: Number(text) } : {});
const useOf = (type: string | undefined) => USES[type as keyof typeof USES] ?? 'other';

/** DG1 segments: an ICD-10 chapter tells the group; any other code system tells none. */
export const diagnosesIn = (m: Message) =>
  Array.from({ length: m.count('DG1') }, (_, nth) => {
    const text = (field: number, component = 1) => m.text('DG1', field, { component, nth });
    const code = text(3);
    return {
      ...rankIn(text(15) ?? text(1)),
      use: useOf(text(6)),
      group: groupOf(code),
      code: code?.slice(0, 80),
      codeSystem: text(3, 3)?.slice(0, 200),
      text: (text(3, 2) ?? text(4))?.slice(0, 400),
    };
  }).filter(({ code, text }) => code !== undefined || text !== undefined);
