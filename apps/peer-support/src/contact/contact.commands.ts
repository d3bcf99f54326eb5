import { IsIn, IsOptional } from 'class-validator';
import {
  AccompaniedToData,
  CollateralContactMadeData,
  DatedReport,
  datedReportOf,
  factCommands,
  IsPlainText,
  PeerContactAttemptedData,
  PeerContactCancelledData,
  PeerContactMadeData,
  PeerContactScheduledData,
  PLACE_KINDS,
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
export const ofContact = factCommands('Contact');
