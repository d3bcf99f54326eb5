import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { DatedReport, IsPlainText, LEVELS_OF_CARE, Report, type LevelOfCare } from '#contracts';

export class ReportAdmission extends DatedReport {
  @IsUUID() facilityId!: string;
  @IsIn(LEVELS_OF_CARE) levelOfCare!: LevelOfCare;
  @IsOptional() @IsPlainText(200) unit?: string;
}
export class ReportVisitEnd extends DatedReport {
  @IsOptional() @IsPlainText(80) disposition?: string;
}
export class CancelDischarge extends Report {}
