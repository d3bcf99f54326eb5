import * as contracts from '#contracts';
import { datedReportOf, factCommands, Report, reportOf } from '#contracts';

export class ReportHousingReferral extends datedReportOf(contracts.HousingReferredData) {}
/** A result is often sent without its date. */
export class ReportReferralResult extends reportOf(contracts.ReferralResultedData) {}
export class ReportApplication extends datedReportOf(contracts.ApplicationSubmittedData) {}
export class ReportApplicationDecision extends datedReportOf(contracts.ApplicationDecidedData) {}
export class MatchUnit extends datedReportOf(contracts.UnitMatchedData) {}
export class WithdrawMatch extends datedReportOf(contracts.MatchWithdrawnData) {}
export class OfferUnit extends datedReportOf(contracts.UnitOfferedData) {}
export class AcceptUnitOffer extends datedReportOf(contracts.OfferAcceptedData) {}
export class DeclineUnitOffer extends datedReportOf(contracts.OfferDeclinedData) {}
/** The source deleted the record named by `source.record`, or cleared what it said there. */
export class ReportReferralRecordDeleted extends Report {}
export const ofReferral = factCommands('Referral');
