import { factCases, type FactRejection, type OrganizationsEvent } from '#contracts';
import { decider, type Said } from '#kernel';
import { ProgramFacts, ReportProgram } from './organization.commands.js';
import { register } from './particulars.policy.js';

interface Program {
  readonly said: Said<object>;
}
type ProgramEvent = Extract<OrganizationsEvent, { type: 'ProgramRegistered' | 'ProgramChanged' }>;

const { when, record, remember, build } = decider<Program, ProgramEvent, FactRejection>();

const report = when(ReportProgram, (r, { said }) => {
  const { name, shortName, localCodes, zone, part2, hmis, victimServices, effectiveFrom, cleared = [] } = r;
  const { ofOrganizationId: organizationId, kind, projectType, cocCodes, operatingFrom, operatingUntil } = r;
  const own = { organizationId, kind, projectType, cocCodes, operatingFrom, operatingUntil };
  const particulars = { name, shortName, localCodes, zone, part2, hmis, victimServices, effectiveFrom, ...own };
  return register<ReturnType<typeof record>>(said, r, {
    registered: record('ProgramRegistered', particulars),
    changed: record('ProgramChanged', { ...particulars, cleared }),
  });
});

/** A programme of an organisation, with what regulates it; the stream's id is the programme's. */
export const program = build({
  category: 'program',
  personless: true,
  initial: { said: [] },
  cases: [report, ...factCases<Program>(ProgramFacts)],
  evolve: remember({ ProgramRegistered: 'said', ProgramChanged: 'said' }),
});
