export const VISIT_CLASSES = ['preadmit', 'emergency', 'observation', 'inpatient', 'outpatient'] as const;
export type VisitClass = (typeof VISIT_CLASSES)[number];

export const LEVELS_OF_CARE = [
  'acute-psychiatric', 'acute-medical', 'withdrawal-management', 'residential', 'skilled-nursing', 'unknown',
] as const; // prettier-ignore
export type LevelOfCare = (typeof LEVELS_OF_CARE)[number];
/** What told the level of care, from the most to the least telling. */
export const LEVEL_OF_CARE_BASES = ['stated', 'unit', 'service', 'facility-type', 'admission-type'] as const;
export type LevelOfCareBasis = (typeof LEVEL_OF_CARE_BASES)[number];

export const SERVICES = [
  'psychiatry', 'substance-use', 'medicine', 'surgery', 'cardiology', 'pulmonary', 'urology', 'obstetrics', 'paediatrics', 'emergency', 'rehabilitation', 'other',
] as const; // prettier-ignore
export type Service = (typeof SERVICES)[number];

export const ADMIT_SOURCES = [
  'home', 'emergency-department', 'outpatient-clinic', 'physician-referral', 'other-hospital', 'psychiatric-hospital', 'nursing-home',
  'rehabilitation', 'law-enforcement', 'born-here', 'other',
] as const; // prettier-ignore
export type AdmitSource = (typeof ADMIT_SOURCES)[number];

export const ADMISSION_TYPES = ['emergency', 'urgent', 'elective', 'routine', 'accident', 'labour', 'newborn', 'other'] as const;
export type AdmissionType = (typeof ADMISSION_TYPES)[number];

export const ARRIVAL_MODES = [
  'ambulance',
  'police',
  'walk-in',
  'public-transport',
  'private-vehicle',
  'air',
  'transfer',
  'other',
] as const;
export type ArrivalMode = (typeof ARRIVAL_MODES)[number];

export const LEGAL_STATUSES = [
  'voluntary', 'emergency-hold', 'involuntary', 'court-ordered', 'forensic', 'conditional-release', 'other', 'unknown',
] as const; // prettier-ignore
export type LegalStatus = (typeof LEGAL_STATUSES)[number];

export const DISPOSITIONS = [
  'home', 'home-with-services', 'other-home', 'shelter', 'hospital', 'psychiatric-hospital', 'rehabilitation', 'skilled-nursing', 'long-term-care',
  'residential-treatment', 'hospice', 'law-enforcement', 'left-against-advice', 'died', 'other-facility', 'other', 'unknown',
] as const; // prettier-ignore
export type Disposition = (typeof DISPOSITIONS)[number];

export const LEAVE_KINDS = ['approved', 'absent'] as const;
export type LeaveKind = (typeof LEAVE_KINDS)[number];

export const VISIT_MOMENTS = ['start', 'end'] as const;
export type VisitMoment = (typeof VISIT_MOMENTS)[number];

export const CONTINUATION_BASES = ['class-change-with-new-number', 'direct-transfer', 'stated'] as const;
export type ContinuationBasis = (typeof CONTINUATION_BASES)[number];

export const DIAGNOSIS_USES = ['admitting', 'working', 'final', 'discharge', 'billing', 'other'] as const;
export type DiagnosisUse = (typeof DIAGNOSIS_USES)[number];
export const DIAGNOSIS_GROUPS = ['mental-health', 'substance-use', 'other'] as const;
export type DiagnosisGroup = (typeof DIAGNOSIS_GROUPS)[number];
