import {
  CoordinatedEntryAssessedData,
  datedReportOf,
  EngagementReachedData,
  factCommands,
  IsHudCode,
  LivingSituationReportedData,
  PROJECT_TYPES,
  ProjectEnteredData,
  ProjectExitedData,
  Report,
  ShelterNightStayedData,
  type ProjectType,
} from '#contracts';

export class ReportProjectEntry extends datedReportOf(ProjectEnteredData) {}
export class ReportProjectExit extends datedReportOf(ProjectExitedData) {}
export class ReportEngagement extends datedReportOf(EngagementReachedData) {}
export class ReportShelterNight extends datedReportOf(ShelterNightStayedData) {
  @IsHudCode(PROJECT_TYPES) projectType!: ProjectType;
}
export class ReportLivingSituation extends datedReportOf(LivingSituationReportedData) {}
export class ReportAssessment extends datedReportOf(CoordinatedEntryAssessedData) {}
/** The source deleted the record named by `source.record`, or cleared what it said there. */
export class ReportEnrolmentRecordDeleted extends Report {}
export const ofEnrolment = factCommands('Enrolment');
