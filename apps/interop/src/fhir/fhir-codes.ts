import type { AdmitSource, Disposition, LevelOfCare } from '#contracts';

/** http://terminology.hl7.org/CodeSystem/admit-source */
export const ADMIT_SOURCES_FHIR: Readonly<Record<string, AdmitSource>> = {
  'hosp-trans': 'other-hospital', emd: 'emergency-department', outp: 'outpatient-clinic', born: 'born-here', gp: 'physician-referral',
  mp: 'physician-referral', nursing: 'nursing-home', psych: 'psychiatric-hospital', rehab: 'rehabilitation', other: 'other',
}; // prettier-ignore

/** http://terminology.hl7.org/CodeSystem/discharge-disposition */
export const DISPOSITIONS_FHIR: Readonly<Record<string, Disposition>> = {
  home: 'home', 'alt-home': 'other-home', 'other-hcf': 'other-facility', hosp: 'hospice', long: 'long-term-care', aadvice: 'left-against-advice',
  exp: 'died', psy: 'psychiatric-hospital', rehab: 'rehabilitation', snf: 'skilled-nursing', oth: 'other',
}; // prettier-ignore

/** http://terminology.hl7.org/CodeSystem/service-type and SNOMED CT: the types that tell a level of care. */
export const LEVEL_OF_SERVICE_TYPE: Readonly<Record<string, LevelOfCare>> = {
  '29': 'acute-psychiatric', '30': 'acute-psychiatric', '31': 'acute-psychiatric', '310116000': 'acute-psychiatric', '310117009': 'acute-psychiatric',
}; // prettier-ignore
