import type { Disposition, VisitClass } from '#contracts';
import { ADMIT_SOURCES_FHIR, DISPOSITIONS_FHIR, LEVEL_OF_SERVICE_TYPE } from './fhir-codes.js';
import { fhirTime, type Given } from './fhir-patient.js';
import type { Concept, Encounter } from './fhir-resources.js';

/** v3 ActCode; classes that are no visit to a facility (virtual, home, field) are not in here. */
export const CLASSES: Readonly<Record<string, VisitClass>> = {
  IMP: 'inpatient', ACUTE: 'inpatient', NONAC: 'inpatient', EMER: 'emergency', OBSENC: 'observation', SS: 'observation', AMB: 'outpatient',
  PRENC: 'preadmit',
}; // prettier-ignore

/** The status decides whether a visit is planned, open, ended or void; `period.end` alone ends nothing. */
export type Stage = 'planned' | 'open' | 'ended' | 'void';
export const STAGES: Readonly<Record<string, Stage>> = {
  planned: 'planned', arrived: 'open', triaged: 'open', 'in-progress': 'open', onleave: 'open', finished: 'ended', cancelled: 'void',
  'entered-in-error': 'void', unknown: 'open',
}; // prettier-ignore

const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/^+-]{0,63}$/;
const coded = (name: string, concept: Concept | undefined, map: Readonly<Record<string, string>>) => {
  const { code, system } = concept?.coding?.[0] ?? {};
  if (!code || !CODE.test(code)) return {};
  return {
    ...(map[code] && { [name]: map[code] }),
    [`${name}Code`]: code,
    ...(system && { [`${name}System`]: system.slice(0, 200) }),
  };
};

export const timesOf = ({ period }: Encounter, given: Given) => ({
  start: fhirTime(period?.start, 'period.start', given),
  end: fhirTime(period?.end, 'period.end', given),
});

/** What an inpatient Encounter tells of its admission. */
export const admissionOf = ({ serviceType, hospitalization }: Encounter) => {
  const level = LEVEL_OF_SERVICE_TYPE[serviceType?.coding?.[0]?.code ?? ''];
  return {
    levelOfCare: level ?? 'unknown',
    ...(level && { levelOfCareBasis: 'service' }),
    ...coded('service', serviceType, {}),
    ...coded('admitSource', hospitalization?.admitSource, ADMIT_SOURCES_FHIR),
  };
};

export const endingOf = ({ hospitalization }: Encounter) => {
  const told = coded('disposition', hospitalization?.dischargeDisposition, DISPOSITIONS_FHIR) as { disposition?: Disposition };
  const destination = hospitalization?.destination?.display?.slice(0, 400);
  return {
    ...told,
    ...(told.disposition === 'left-against-advice' && { againstAdvice: true }),
    ...(destination && { destination }),
  };
};
