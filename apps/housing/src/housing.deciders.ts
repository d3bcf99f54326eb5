import { enrolment } from './enrolment/enrolment.decider.js';
import { household } from './household/household.decider.js';
import { referral } from './referral/referral.decider.js';
import { tenancy } from './tenancy/tenancy.decider.js';
import { voucher } from './voucher/voucher.decider.js';

export const deciders = [enrolment, referral, voucher, tenancy, household];
