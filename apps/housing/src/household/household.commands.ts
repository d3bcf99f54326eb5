import {
  datedReportOf,
  factCommands,
  HeadOfHouseholdChangedData,
  HouseholdMemberJoinedData,
  HouseholdMemberLeftData,
} from '#contracts';

export class ReportHouseholdMemberJoined extends datedReportOf(HouseholdMemberJoinedData) {}
export class ReportHouseholdMemberLeft extends datedReportOf(HouseholdMemberLeftData) {}
export class ReportHeadOfHouseholdChanged extends datedReportOf(HeadOfHouseholdChangedData) {}
export const ofHousehold = factCommands('Household');
