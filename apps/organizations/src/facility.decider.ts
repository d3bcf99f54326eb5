import { factCases, type FactRejection, type OrganizationsEvent } from '#contracts';
import { decider, type Said } from '#kernel';
import { FacilityFacts, ReportFacility } from './organization.commands.js';
import { register } from './particulars.policy.js';

interface Facility {
  readonly said: Said<object>;
}
type FacilityEvent = Extract<OrganizationsEvent, { type: 'FacilityRegistered' | 'FacilityChanged' }>;

const { when, record, remember, build } = decider<Facility, FacilityEvent, FactRejection>();

const report = when(ReportFacility, (r, { said }) => {
  const { name, shortName, localCodes, zone, part2, hmis, victimServices, effectiveFrom, cleared = [] } = r;
  const { ofOrganizationId: organizationId, facilityType, facilityTypeCode, npi, ccn, cocCode } = r;
  const own = { organizationId, facilityType, facilityTypeCode, npi, ccn, cocCode };
  const particulars = { name, shortName, localCodes, zone, part2, hmis, victimServices, effectiveFrom, ...own };
  return register<ReturnType<typeof record>>(said, r, {
    registered: record('FacilityRegistered', particulars),
    changed: record('FacilityChanged', { ...particulars, cleared }),
  });
});

/** A place where care happens; the stream's id is the facility's. */
export const facility = build({
  category: 'facility',
  personless: true,
  initial: { said: [] },
  cases: [report, ...factCases<Facility>(FacilityFacts)],
  evolve: remember({ FacilityRegistered: 'said', FacilityChanged: 'said' }),
});
