import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import {
  ADMISSION_TYPES, ADMIT_SOURCES, ARRIVAL_MODES, CONTINUATION_BASES, DatedReport, DIAGNOSIS_GROUPS, DIAGNOSIS_USES, DISPOSITIONS, factCommands, IsCode,
  IsInstant, IsLocalTime, IsPlainText, IsSystem, LEAVE_KINDS, LEGAL_STATUSES, LEVEL_OF_CARE_BASES, LEVELS_OF_CARE, OccurredInput, Report,
  SERVICES, VISIT_CLASSES, VISIT_MOMENTS,
  type AdmissionType, type AdmitSource, type ArrivalMode, type ContinuationBasis, type DiagnosisGroup, type DiagnosisUse,
  type Disposition, type LeaveKind, type LegalStatus, type LevelOfCare, type LevelOfCareBasis, type Service, type VisitClass,
  type VisitMoment,
} from '#contracts'; // prettier-ignore

export class PlanVisit extends Report {
  @IsUUID() facilityId!: string;
  @IsIn(VISIT_CLASSES) class!: VisitClass;
  @IsOptional() @IsLocalTime() expectedFrom?: string;
  @IsOptional() @IsPlainText(200) visitNumber?: string;
  @IsOptional() @IsPlainText(2000) reason?: string;
}
export class WithdrawVisitPlan extends Report {}

export class ReportEdVisit extends DatedReport {
  @IsUUID() facilityId!: string;
  @IsOptional() @IsIn(ARRIVAL_MODES) arrivalMode?: ArrivalMode;
  @IsOptional() @IsCode() arrivalModeCode?: string;
  @IsOptional() @IsSystem() arrivalModeSystem?: string;
  @IsOptional() @IsPlainText(200) visitNumber?: string;
  @IsOptional() @IsPlainText(2000) reason?: string;
  @IsOptional() @IsPlainText(400) asSent?: string;
}
export class ReportObservation extends DatedReport {
  @IsUUID() facilityId!: string;
  @IsOptional() @IsPlainText(200) visitNumber?: string;
  @IsOptional() @IsPlainText(200) unit?: string;
  @IsOptional() @IsPlainText(200) bed?: string;
  @IsOptional() @IsPlainText(2000) reason?: string;
}
export class ReportAdmission extends DatedReport {
  @IsUUID() facilityId!: string;
  @IsIn(LEVELS_OF_CARE) levelOfCare!: LevelOfCare;
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
export class CancelAdmission extends Report {}

/** A snapshot of a visit: what it says anew is recorded as the difference, all else is confirmed. */
export class ConfirmVisit extends Report {
  @IsIn(VISIT_CLASSES) class!: VisitClass;
  @IsUUID() facilityId!: string;
  @IsOptional() @ValidateNested() @Type(() => OccurredInput) startedAt?: OccurredInput;
  /** When the visit ended, where it did: the snapshot corrects an end, and never makes one. */
  @IsOptional() @ValidateNested() @Type(() => OccurredInput) endedAt?: OccurredInput;
  /** Whether the visit goes on, where the snapshot tells: then an end that its source had told before is taken back. */
  @IsOptional() @IsBoolean() open?: boolean;
  @IsOptional() @IsIn(LEVELS_OF_CARE) levelOfCare?: LevelOfCare;
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
}

export class ReportLegalStatus extends DatedReport {
  @IsIn(LEGAL_STATUSES) status!: LegalStatus;
  @IsOptional() @IsCode() statusCode?: string;
  @IsOptional() @IsSystem() statusSystem?: string;
  @IsOptional() @IsLocalTime() until?: string;
}
export class ReportClassChange extends DatedReport {
  @IsOptional() @IsIn(VISIT_CLASSES) from?: VisitClass;
  @IsIn(VISIT_CLASSES) to!: VisitClass;
}
export class ReportVisitContinued extends Report {
  @IsUUID() toVisitId!: string;
  @IsIn(CONTINUATION_BASES) basis!: ContinuationBasis;
}
export class ReportTransfer extends DatedReport {
  @IsOptional() @IsPlainText(200) unit?: string;
  @IsOptional() @IsPlainText(200) bed?: string;
  @IsOptional() @IsPlainText(200) fromUnit?: string;
  @IsOptional() @IsPlainText(200) fromBed?: string;
}
export class CancelTransfer extends Report {}

export class ReportLeave extends DatedReport {
  @IsIn(LEAVE_KINDS) kind!: LeaveKind;
}
export class ReportReturnFromLeave extends DatedReport {
  @IsIn(LEAVE_KINDS) kind!: LeaveKind;
}
export class CancelLeave extends Report {
  @IsIn(LEAVE_KINDS) kind!: LeaveKind;
}

export class PlanDischarge extends Report {
  @IsOptional() @IsLocalTime() expectedOn?: string;
  @IsOptional() @IsIn(DISPOSITIONS) plannedDisposition?: Disposition;
  @IsOptional() @IsCode() plannedDispositionCode?: string;
  @IsOptional() @IsSystem() plannedDispositionSystem?: string;
  @IsOptional() @IsPlainText(400) destination?: string;
}
export class WithdrawDischargePlan extends Report {}

export class ReportVisitEnd extends DatedReport {
  @IsOptional() @IsIn(VISIT_CLASSES) class?: VisitClass;
  @IsOptional() @IsIn(DISPOSITIONS) disposition?: Disposition;
  @IsOptional() @IsCode() dispositionCode?: string;
  @IsOptional() @IsSystem() dispositionSystem?: string;
  @IsOptional() @IsBoolean() againstAdvice?: boolean;
  @IsOptional() @IsUUID() toFacilityId?: string;
  @IsOptional() @IsPlainText(400) destination?: string;
  @IsOptional() @IsPlainText(400) asSent?: string;
}
export class CancelDischarge extends Report {}

export class CorrectVisitTimes extends DatedReport {
  @IsIn(VISIT_MOMENTS) moment!: VisitMoment;
  @IsOptional() @IsIn(VISIT_CLASSES) class?: VisitClass;
}
export class ReportVisitDiagnosis extends Report {
  @IsOptional() @IsInt() @Min(1) @Max(99) rank?: number;
  @IsIn(DIAGNOSIS_USES) use!: DiagnosisUse;
  @IsIn(DIAGNOSIS_GROUPS) group!: DiagnosisGroup;
  @IsOptional() @IsPlainText(80) code?: string;
  @IsOptional() @IsPlainText(200) codeSystem?: string;
  @IsOptional() @IsPlainText(400) text?: string;
}

/** This visit is of another person than it was recorded for: the right one is the command's person. */
export class MoveVisit extends Report {}
/** The visit was recorded for another person: what follows on this stream is written again for the right one. */
export class MoveVisitHere extends Report {
  @IsUUID() fromVisitId!: string;
  @IsInstant() firstRecordedAt!: string;
}
/** Takes back all that is said here of the visit, because it was another person's. */
export class MoveVisitAway extends Report {}

export const VisitFacts = factCommands('Visit');
