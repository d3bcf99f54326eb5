import * as contracts from '#contracts';
import { datedReportOf, factCommands, Report } from '#contracts';

export class ReportInspection extends datedReportOf(contracts.InspectionHeldData) {}
export class ReportLease extends datedReportOf(contracts.LeaseSignedData) {}
/** Of any programme: what it is recorded as follows from `projectType`. */
export class ReportMoveIn extends datedReportOf(contracts.MoveInData) {}
export class ReportOccupantJoined extends datedReportOf(contracts.OccupantJoinedData) {}
export class ReportOccupantLeft extends datedReportOf(contracts.OccupantLeftData) {}
export class ReportUnitChange extends datedReportOf(contracts.UnitChangedData) {}
export class ReportRecertification extends datedReportOf(contracts.RecertificationCompletedData) {}
export class ReportSubsidyChange extends datedReportOf(contracts.SubsidyChangedData) {}
export class ReportSubsidyEnd extends datedReportOf(contracts.SubsidyEndedData) {}
export class ReportNotice extends datedReportOf(contracts.NoticeGivenData) {}
export class ReportNoticeWithdrawn extends datedReportOf(contracts.NoticeWithdrawnData) {}
export class ReportTenancyEnd extends datedReportOf(contracts.TenancyEndedData) {}
export class ConfirmHousingStatus extends datedReportOf(contracts.HousingStatusConfirmedData) {}
/** The source deleted the record named by `source.record`, or cleared what it said there. */
export class ReportTenancyRecordDeleted extends Report {}
export const ofTenancy = factCommands('Tenancy');
