import * as contracts from '#contracts';
import { datedReportOf, factCommands } from '#contracts';

export class ReportVoucherIssued extends datedReportOf(contracts.VoucherIssuedData) {}
export class ReportVoucherExtended extends datedReportOf(contracts.VoucherExtendedData) {}
export class ReportVoucherPortedOut extends datedReportOf(contracts.VoucherPortedOutData) {}
export class ReportVoucherPortedIn extends datedReportOf(contracts.VoucherPortedInData) {}
export class ReportVoucherSuspended extends datedReportOf(contracts.VoucherSuspendedData) {}
export class ReportVoucherExpired extends datedReportOf(contracts.VoucherExpiredData) {}
export class ReportVoucherWithdrawn extends datedReportOf(contracts.VoucherWithdrawnData) {}
export const ofVoucher = factCommands('Voucher');
