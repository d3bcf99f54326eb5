import type { AdmissionType, AdmitSource, Disposition, LevelOfCare, Service, VisitClass } from '#contracts';

/** Table 0004 and its common extensions; what is not in here tells no class. */
export const CLASSES: Readonly<Record<string, VisitClass>> = {
  I: 'inpatient', INPATIENT: 'inpatient', IMP: 'inpatient', E: 'emergency', EMER: 'emergency', O: 'outpatient', R: 'outpatient', C: 'outpatient',
  AMB: 'outpatient', P: 'preadmit', OBS: 'observation', OBSENC: 'observation', B: 'inpatient', N: 'outpatient',
}; // prettier-ignore

/** Table 0069 and the codes of services that tell the level of care. */
export const SERVICE_CODES: Readonly<Record<string, Service>> = {
  PSY: 'psychiatry', PSYCH: 'psychiatry', BH: 'psychiatry', PSI: 'psychiatry', SUD: 'substance-use', DETOX: 'substance-use', SA: 'substance-use',
  MED: 'medicine', SUR: 'surgery', URO: 'urology', CAR: 'cardiology', PUL: 'pulmonary', OBG: 'obstetrics', PED: 'paediatrics',
  EME: 'emergency', ER: 'emergency', REH: 'rehabilitation',
}; // prettier-ignore
export const LEVEL_OF_SERVICE: Readonly<Partial<Record<Service, LevelOfCare>>> = {
  psychiatry: 'acute-psychiatric', 'substance-use': 'withdrawal-management', medicine: 'acute-medical', surgery: 'acute-medical',
  cardiology: 'acute-medical', pulmonary: 'acute-medical', urology: 'acute-medical', obstetrics: 'acute-medical', paediatrics: 'acute-medical',
}; // prettier-ignore

/** Table 0023. */
export const ADMIT_SOURCES_0023: Readonly<Record<string, AdmitSource>> = {
  1: 'physician-referral', 2: 'outpatient-clinic', 3: 'physician-referral', 4: 'other-hospital', 5: 'nursing-home', 6: 'other',
  7: 'emergency-department', 8: 'law-enforcement',
}; // prettier-ignore

/** Table 0007. */
export const ADMISSION_TYPES_0007: Readonly<Record<string, AdmissionType>> = {
  A: 'accident', C: 'elective', E: 'emergency', L: 'labour', N: 'newborn', R: 'routine', U: 'urgent',
}; // prettier-ignore

/** Table 0112 is the site's own; these are the UB-04 numbers and FHIR words that most sites send. */
export const DISPOSITION_CODES: Readonly<Record<string, Disposition>> = {
  '01': 'home', '1': 'home', '02': 'hospital', '2': 'hospital', '03': 'skilled-nursing', '3': 'skilled-nursing', '04': 'long-term-care',
  '05': 'other-facility', '06': 'home-with-services', '6': 'home-with-services', '07': 'left-against-advice', '7': 'left-against-advice',
  '20': 'died', '21': 'law-enforcement', '50': 'hospice', '51': 'hospice', '62': 'rehabilitation', '63': 'long-term-care',
  '65': 'psychiatric-hospital', '70': 'other-facility', home: 'home', 'alt-home': 'other-home', 'other-hcf': 'other-facility', hosp: 'hospital',
  long: 'long-term-care', aadvice: 'left-against-advice', exp: 'died', psy: 'psychiatric-hospital', rehab: 'rehabilitation',
  snf: 'skilled-nursing', oth: 'other',
}; // prettier-ignore

const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/^+-]{0,63}$/;
export const isCode = (text: string): boolean => CODE.test(text);

/** A code, raw with its system and mapped beside; what has not the shape of a code is kept apart, to be sealed. */
export const coded = <T extends string>(
  name: string,
  sent: string | undefined,
  system: string,
  map: Readonly<Record<string, T>>,
) => {
  if (sent === undefined) return {};
  if (!isCode(sent)) return { asSent: sent.slice(0, 400) };
  const mapped = map[sent] ?? map[sent.toUpperCase()];
  return { ...(mapped && { [name]: mapped }), [`${name}Code`]: sent, [`${name}System`]: system };
};
