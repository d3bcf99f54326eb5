import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import type { Label } from '#kernel';
import { defineEvents, event, type EventOf } from './catalogue.js';
import { IsCode, IsSystem } from './codes.js';
import {
  ADMISSION_TYPES, ADMIT_SOURCES, ARRIVAL_MODES, CONTINUATION_BASES, DIAGNOSIS_GROUPS, DIAGNOSIS_USES, DISPOSITIONS,
  LEAVE_KINDS, LEGAL_STATUSES, LEVELS_OF_CARE, LEVEL_OF_CARE_BASES, SERVICES, VISIT_CLASSES, VISIT_MOMENTS,
  type AdmissionType, type AdmitSource, type ArrivalMode, type ContinuationBasis, type DiagnosisGroup, type DiagnosisUse,
  type Disposition, type LeaveKind, type LegalStatus, type LevelOfCare, type LevelOfCareBasis, type Service,
  type VisitClass, type VisitMoment,
} from './hospital.codes.js'; // prettier-ignore
import { IsInstant, IsLocalTime, IsPlainText } from './validators.js';

/** A psychiatric stay tells more than a medical one, and withdrawal management tells of substance use; what is not known is kept as strictly as the most telling. */
export const labelsOfLevel = (levelOfCare?: LevelOfCare): readonly Label[] => {
  if (levelOfCare === 'acute-medical' || levelOfCare === 'skilled-nursing') return ['hospital-medical'];
  return levelOfCare === 'withdrawal-management' ? ['hospital-medical', 'treatment-substance-use'] : ['hospital-mental-health'];
};
/** What an admission tells: a psychiatric or substance-use service on a medical ward tells what it treats. */
const ofAdmission = ({ levelOfCare, service }: HospitalAdmittedData): readonly Label[] => [
  ...new Set([...labelsOfLevel(levelOfCare), ...(service ? (BY_SERVICE[service] ?? []) : [])]),
];
const BY_SERVICE: Readonly<Partial<Record<Service, readonly Label[]>>> = {
  psychiatry: ['hospital-mental-health'],
  'substance-use': ['treatment-substance-use'],
};
/**
 * Where from and where to may be a psychiatric hospital, residential treatment, or the police. All of these labels on the field:
 * were it hidden only where it tells, its absence would tell.
 */
const ELSEWHERE: readonly Label[] = ['hospital-mental-health', 'hospital-medical', 'treatment-substance-use', 'justice'];
/** Where the visit's level of care is not known, the stricter label; `visit.decider` narrows it by what the visit is. */
const UNKNOWN_LEVEL = labelsOfLevel();
const BY_GROUP: Readonly<Record<DiagnosisGroup, readonly Label[]>> = {
  'mental-health': ['hospital-mental-health'],
  'substance-use': ['hospital-medical', 'treatment-substance-use'],
  other: ['hospital-medical'],
};

// Of each coded field: the platform's word, and beside it the source's own code with its system. What a source
// sends in a coded field without the shape of a code stands, sealed, in `asSent`.

export class VisitPlannedData {
  @IsUUID() facilityId!: string;
  @IsIn(VISIT_CLASSES) class!: VisitClass;
  @IsOptional() @IsLocalTime() expectedFrom?: string;
  @IsOptional() @IsPlainText(200) visitNumber?: string;
  @IsOptional() @IsPlainText(2000) reason?: string;
}
export class EdVisitStartedData {
  @IsUUID() facilityId!: string;
  @IsOptional() @IsIn(ARRIVAL_MODES) arrivalMode?: ArrivalMode;
  @IsOptional() @IsCode() arrivalModeCode?: string;
  @IsOptional() @IsSystem() arrivalModeSystem?: string;
  @IsOptional() @IsPlainText(200) visitNumber?: string;
  @IsOptional() @IsPlainText(2000) reason?: string;
  @IsOptional() @IsPlainText(400) asSent?: string;
}
export class ObservationStartedData {
  @IsUUID() facilityId!: string;
  @IsOptional() @IsPlainText(200) visitNumber?: string;
  @IsOptional() @IsPlainText(200) unit?: string;
  @IsOptional() @IsPlainText(200) bed?: string;
  @IsOptional() @IsPlainText(2000) reason?: string;
}
export class HospitalAdmittedData {
  @IsUUID() facilityId!: string;
  @IsIn(LEVELS_OF_CARE) levelOfCare!: LevelOfCare;
  /** What told the level of care. */
  @IsOptional() @IsIn(LEVEL_OF_CARE_BASES) levelOfCareBasis?: LevelOfCareBasis;
  @IsOptional() @IsIn(SERVICES) service?: Service;
  @IsOptional() @IsCode() serviceCode?: string;
  @IsOptional() @IsSystem() serviceSystem?: string;
  @IsOptional() @IsIn(ADMIT_SOURCES) admitSource?: AdmitSource;
  @IsOptional() @IsCode() admitSourceCode?: string;
  @IsOptional() @IsSystem() admitSourceSystem?: string;
  @IsOptional() @IsIn(ADMISSION_TYPES) admissionType?: AdmissionType;
  @IsOptional() @IsCode() admissionTypeCode?: string;
  @IsOptional() @IsSystem() admissionTypeSystem?: string;
  @IsOptional() @IsPlainText(200) visitNumber?: string;
  @IsOptional() @IsPlainText(200) unit?: string;
  @IsOptional() @IsPlainText(200) bed?: string;
  @IsOptional() @IsPlainText(400) asSent?: string;
}
export class LegalStatusReportedData {
  @IsIn(LEGAL_STATUSES) status!: LegalStatus;
  @IsOptional() @IsCode() statusCode?: string;
  @IsOptional() @IsSystem() statusSystem?: string;
  @IsOptional() @IsLocalTime() until?: string;
}
export class VisitClassChangedData {
  /** Absent where the source tells only what the visit is now. */
  @IsOptional() @IsIn(VISIT_CLASSES) from?: VisitClass;
  @IsIn(VISIT_CLASSES) to!: VisitClass;
}
export class VisitContinuedAsData {
  @IsUUID() toVisitId!: string;
  @IsIn(CONTINUATION_BASES) basis!: ContinuationBasis;
}
export class UnitTransferredData {
  @IsOptional() @IsPlainText(200) unit?: string;
  @IsOptional() @IsPlainText(200) bed?: string;
  @IsOptional() @IsPlainText(200) fromUnit?: string;
  @IsOptional() @IsPlainText(200) fromBed?: string;
}
export class LeaveData {
  @IsIn(LEAVE_KINDS) kind!: LeaveKind;
}
export class DischargePlannedData {
  @IsOptional() @IsLocalTime() expectedOn?: string;
  @IsOptional() @IsIn(DISPOSITIONS) plannedDisposition?: Disposition;
  @IsOptional() @IsCode() plannedDispositionCode?: string;
  @IsOptional() @IsSystem() plannedDispositionSystem?: string;
  @IsOptional() @IsPlainText(400) destination?: string;
}
export class VisitEndedData {
  /** What the visit was when it ended, where its source says so: a discharge may be all that is ever seen of it. */
  @IsOptional() @IsIn(VISIT_CLASSES) class?: VisitClass;
  @IsOptional() @IsIn(DISPOSITIONS) disposition?: Disposition;
  @IsOptional() @IsCode() dispositionCode?: string;
  @IsOptional() @IsSystem() dispositionSystem?: string;
  @IsOptional() @IsBoolean() againstAdvice?: boolean;
  @IsOptional() @IsUUID() toFacilityId?: string;
  @IsOptional() @IsPlainText(400) destination?: string;
  @IsOptional() @IsPlainText(400) asSent?: string;
}
export class VisitTimesCorrectedData {
  /** Which of the visit's times: the event's `occurred` is the right one. */
  @IsIn(VISIT_MOMENTS) moment!: VisitMoment;
  /** Of a start: the start of the visit as what. */
  @IsOptional() @IsIn(VISIT_CLASSES) class?: VisitClass;
}
export class VisitMovedHereData {
  @IsUUID() fromVisitId!: string;
  /** When the log first took the visit, on its old stream: shown from then. */
  @IsInstant() firstRecordedAt!: string;
}
export class VisitDiagnosisRecordedData {
  @IsOptional() @IsInt() @Min(1) @Max(99) rank?: number;
  @IsIn(DIAGNOSIS_USES) use!: DiagnosisUse;
  @IsIn(DIAGNOSIS_GROUPS) group!: DiagnosisGroup;
  @IsOptional() @IsPlainText(80) code?: string;
  @IsOptional() @IsPlainText(200) codeSystem?: string;
  @IsOptional() @IsPlainText(400) text?: string;
}
/** The visit is what its stream is about: nothing more to say. */
export class OfVisitData {}

const ofVisit = (means: string) => event(OfVisitData, { means, labels: UNKNOWN_LEVEL, open: [] });
const leave = (means: string) => event(LeaveData, { means, labels: UNKNOWN_LEVEL, open: ['kind'] });

export const HospitalEvents = defineEvents('hospital', {
  VisitPlanned: event(VisitPlannedData, {
    means: 'A visit is planned or expected: a plan, not a fact.',
    labels: UNKNOWN_LEVEL,
    open: ['facilityId', 'class', 'expectedFrom'],
  }),
  VisitPlanWithdrawn: ofVisit('The planned visit will not take place.'),
  EdVisitStarted: event(EdVisitStartedData, {
    means: 'The person came to an emergency department.',
    labels: ['emergency'],
    fieldLabels: { arrivalMode: ['justice'], arrivalModeCode: ['justice'] },
    open: ['facilityId', 'arrivalMode', 'arrivalModeCode', 'arrivalModeSystem'],
  }),
  ObservationStarted: event(ObservationStartedData, {
    means: 'The person is kept under observation, without being admitted.',
    labels: UNKNOWN_LEVEL,
    open: ['facilityId'],
  }),
  HospitalAdmitted: event(HospitalAdmittedData, {
    means: 'An inpatient stay began; on a visit that began in the emergency department, its inpatient part.',
    labels: ofAdmission,
    fieldLabels: { unit: ['location'], bed: ['location'], admitSource: ELSEWHERE, admitSourceCode: ELSEWHERE },
    open: [
      'facilityId', 'levelOfCare', 'levelOfCareBasis', 'service', 'serviceCode', 'serviceSystem', 'admitSource', 'admitSourceCode',
      'admitSourceSystem', 'admissionType', 'admissionTypeCode', 'admissionTypeSystem',
    ], // prettier-ignore
  }),
  LegalStatusReported: event(LegalStatusReportedData, {
    means: 'Under which legal status the person is kept, as the hospital reports it.',
    labels: ['legal-status', ...UNKNOWN_LEVEL],
    open: [],
  }),
  VisitClassChanged: event(VisitClassChangedData, {
    means:
      'From then on the visit is of another class, where no admission, ED or observation start tells so; `outpatient` is neither a stay nor an ED visit.',
    labels: UNKNOWN_LEVEL,
    open: ['from', 'to'],
  }),
  VisitContinuedAs: event(VisitContinuedAsData, {
    means: 'The visit goes on under another number, as another visit of the same facility.',
    labels: UNKNOWN_LEVEL,
    open: ['toVisitId', 'basis'],
  }),
  UnitTransferred: event(UnitTransferredData, {
    means: 'The person moved to another unit or bed of the same facility.',
    labels: UNKNOWN_LEVEL,
    fieldLabels: { unit: ['location'], bed: ['location'], fromUnit: ['location'], fromBed: ['location'] },
    open: [],
  }),
  UnitTransferCancelled: ofVisit('The last transfer did not happen.'),
  LeaveStarted: leave('The person is away, and the visit goes on.'),
  LeaveEnded: leave('The person is back from leave.'),
  LeaveCancelled: leave('The leave did not happen.'),
  DischargePlanned: event(DischargePlannedData, {
    means: 'The hospital expects to discharge: a plan, not a fact.',
    labels: UNKNOWN_LEVEL,
    fieldLabels: { plannedDisposition: ELSEWHERE, plannedDispositionCode: ELSEWHERE, destination: ['location', ...ELSEWHERE] },
    open: ['expectedOn', 'plannedDisposition', 'plannedDispositionCode', 'plannedDispositionSystem'],
  }),
  DischargePlanWithdrawn: ofVisit('The discharge is no longer planned.'),
  VisitEnded: event(VisitEndedData, {
    means: 'The person left: an ED visit, an observation or a stay ended.',
    labels: UNKNOWN_LEVEL,
    fieldLabels: {
      disposition: ELSEWHERE,
      dispositionCode: ELSEWHERE,
      toFacilityId: ['location', ...ELSEWHERE],
      destination: ['location', ...ELSEWHERE],
    },
    open: ['class', 'disposition', 'dispositionCode', 'dispositionSystem', 'againstAdvice', 'toFacilityId'],
  }),
  AdmissionCancelled: ofVisit('The visit did not begin; may be said before the admission is.'),
  DischargeCancelled: ofVisit('The discharge did not happen; the visit is open again. May be said before the discharge is.'),
  VisitTimesCorrected: event(VisitTimesCorrectedData, {
    means:
      "The visit's start or end was at another time than its source had said; `occurred` is the right time. Begins and ends nothing by itself.",
    labels: UNKNOWN_LEVEL,
    open: ['moment', 'class'],
  }),
  VisitMovedHere: event(VisitMovedHereData, {
    means: 'The visit was first recorded for another person; all of it is written again here, for the right one.',
    labels: UNKNOWN_LEVEL,
    open: ['fromVisitId', 'firstRecordedAt'],
  }),
  VisitMovedAway: ofVisit('The visit was not of this person; it stands with the right one now.'),
  VisitDiagnosisRecorded: event(VisitDiagnosisRecordedData, {
    means: 'The hospital gave the visit a diagnosis.',
    labels: ({ group }) => BY_GROUP[group],
    open: ['rank', 'use', 'group'],
  }),
});
export type HospitalEvent = EventOf<typeof HospitalEvents>;
