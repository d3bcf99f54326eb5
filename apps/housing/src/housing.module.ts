import { Module } from '@nestjs/common';
import { provideDecider } from '#nest';
import { enrolment } from './enrolment/enrolment.decider.js';
import { household } from './household/household.decider.js';
import { referral } from './referral/referral.decider.js';
import { tenancy } from './tenancy/tenancy.decider.js';
import { voucher } from './voucher/voucher.decider.js';

@Module({
  providers: [
    ...provideDecider(enrolment),
    ...provideDecider(referral),
    ...provideDecider(voucher),
    ...provideDecider(tenancy),
    ...provideDecider(household),
  ],
})
export class HousingModule {}
