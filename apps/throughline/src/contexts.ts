import type { Type } from '@nestjs/common';
import { HospitalModule } from '../../hospital/src/hospital.module.js';
import { HousingModule } from '../../housing/src/housing.module.js';
import { OrganizationsModule } from '../../organizations/src/organizations.module.js';
import { PeerSupportModule } from '../../peer-support/src/peer-support.module.js';
import { PeopleModule } from '../../people/src/people.module.js';

/** The modules that decide, by the first part of their commands' addresses. */
export const contexts: Readonly<Record<string, Type>> = {
  organizations: OrganizationsModule,
  people: PeopleModule,
  hospital: HospitalModule,
  'peer-support': PeerSupportModule,
  housing: HousingModule,
};
