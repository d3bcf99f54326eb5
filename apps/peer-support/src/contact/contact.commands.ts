import { IsIn, IsOptional } from 'class-validator';
import {
  AccompaniedToData,
  CollateralContactMadeData,
  ContactMovedHereData,
  DatedReport,
  datedReportOf,
  factCommands,
  IsPlainText,
  PeerContactAttemptedData,
  PeerContactCancelledData,
  PeerContactMadeData,
  PeerContactScheduledData,
  PLACE_KINDS,
  Report,
  reportOf,
  SupportGivenToOthersData,
  WarmHandoffMadeData,
} from '#contracts';

export class ReportPeerContact extends datedReportOf(PeerContactMadeData) {}
export class ReportContactAttempt extends datedReportOf(PeerContactAttemptedData) {}
export class ReportCollateralContact extends datedReportOf(CollateralContactMadeData) {}
export class SchedulePeerContact extends datedReportOf(PeerContactScheduledData) {}
export class CancelPeerContact extends datedReportOf(PeerContactCancelledData) {}
export class ReportWarmHandoff extends datedReportOf(WarmHandoffMadeData) {}
export class ReportAccompaniment extends datedReportOf(AccompaniedToData) {}
export class ReportSupportGiven extends datedReportOf(SupportGivenToOthersData) {}
export class ReportNotAtPlace extends DatedReport {
  @IsIn(PLACE_KINDS) placeKind!: (typeof PLACE_KINDS)[number];
  /** The place in words; `place` is where the report was made. */
  @IsOptional() @IsPlainText(2_000) whichPlace?: string;
}
/** This contact was with another person than it was recorded for: the right one is the command's person. */
export class MoveContact extends Report {}
/** Writes here what had been recorded for another person; its facts follow with their own commands. */
export class MoveContactHere extends reportOf(ContactMovedHereData) {}
/** This contact was not of this person: all of it is withdrawn. */
export class MoveContactAway extends Report {}
export const ofContact = factCommands('Contact');
