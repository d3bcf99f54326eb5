import * as contracts from '#contracts';
import { factCases, sameOccasion, telling, type FactRejection, type HousingEvent } from '#contracts';
import { decider, type Said } from '#kernel';
import * as commands from './voucher.commands.js';

type VoucherEvent = Extract<HousingEvent, { type: `Voucher${string}` }>;

/** What has been said of one voucher; its holder is the stream's person. */
export interface Voucher {
  readonly issued: Said<object>;
  /** Each extension is a fact of its own: told apart by its source's record, or the day on which it was given. */
  readonly extensions: Said<object>;
  readonly portedOut: Said<object>;
  readonly portedIn: Said<object>;
  /** Each suspension is a fact of its own: told apart by the day on which it began. */
  readonly suspensions: Said<object>;
  readonly expired: Said<object>;
  readonly withdrawn: Said<object>;
}
const words = decider<Voucher, VoucherEvent, FactRejection>();
const tells = telling(words);

/** One voucher, from its issue to the day it runs out, as housing authorities report it. */
export const voucher = words.build({
  category: 'voucher',
  initial: { issued: [], extensions: [], portedOut: [], portedIn: [], suspensions: [], expired: [], withdrawn: [] },
  cases: [
    tells(commands.ReportVoucherIssued, 'issued', ['VoucherIssued', contracts.VoucherIssuedData]),
    tells(commands.ReportVoucherExtended, 'extensions', ['VoucherExtended', contracts.VoucherExtendedData], sameOccasion),
    tells(commands.ReportVoucherPortedOut, 'portedOut', ['VoucherPortedOut', contracts.VoucherPortedOutData], sameOccasion),
    tells(commands.ReportVoucherPortedIn, 'portedIn', ['VoucherPortedIn', contracts.VoucherPortedInData], sameOccasion),
    tells(commands.ReportVoucherSuspended, 'suspensions', ['VoucherSuspended', contracts.VoucherSuspendedData], sameOccasion),
    tells(commands.ReportVoucherExpired, 'expired', ['VoucherExpired', contracts.VoucherExpiredData]),
    tells(commands.ReportVoucherWithdrawn, 'withdrawn', ['VoucherWithdrawn', contracts.VoucherWithdrawnData]),
    ...factCases<Voucher>(commands.ofVoucher),
  ],
  evolve: words.remember({
    VoucherIssued: 'issued',
    VoucherExtended: 'extensions',
    VoucherPortedOut: 'portedOut',
    VoucherPortedIn: 'portedIn',
    VoucherSuspended: 'suspensions',
    VoucherExpired: 'expired',
    VoucherWithdrawn: 'withdrawn',
  }),
});
