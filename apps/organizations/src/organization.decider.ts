import { factCases, type FactRejection, type OrganizationsEvent } from '#contracts';
import { decider, type Said } from '#kernel';
import { OrganizationFacts, ReportOrganization } from './organization.commands.js';
import { register } from './particulars.policy.js';

interface Organization {
  readonly said: Said<object>;
}
type OrganizationEvent = Extract<OrganizationsEvent, { type: 'OrganizationRegistered' | 'OrganizationChanged' }>;

const { when, record, remember, build } = decider<Organization, OrganizationEvent, FactRejection>();

const report = when(ReportOrganization, (r, { said }) => {
  const { name, shortName, localCodes, zone, part2, hmis, victimServices, effectiveFrom, cleared = [] } = r;
  const particulars = { name, shortName, localCodes, zone, part2, hmis, victimServices, effectiveFrom, npi: r.npi };
  return register<ReturnType<typeof record>>(said, r, {
    registered: record('OrganizationRegistered', particulars),
    changed: record('OrganizationChanged', { ...particulars, cleared }),
  });
});

/** Who provides care; the stream's id is the organisation's. */
export const organization = build({
  category: 'organization',
  personless: true,
  initial: { said: [] },
  cases: [report, ...factCases<Organization>(OrganizationFacts)],
  evolve: remember({ OrganizationRegistered: 'said', OrganizationChanged: 'said' }),
});
