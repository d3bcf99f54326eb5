import { PROJECT_TYPES } from '#contracts';
import type { ImportCommand } from '../importer.js';
import { Refused, type HmisExport } from './hmis.export.js';
import type { Row } from './hmis.row.js';

const VICTIM_SERVICES = new Refused(
  'belongs to a victim service provider (VictimServiceProvider = 1): its data may not be in HMIS and is not taken in',
  'Leave victim service providers out of the export.',
);
export { VICTIM_SERVICES };

export const organization = (row: Row, from: HmisExport): readonly ImportCommand[] | Refused => {
  const id = row.required('OrganizationID');
  if (row.text('VictimServiceProvider') === '1') {
    from.victimServices.organizations.add(id);
    return VICTIM_SERVICES;
  }
  const record = from.record('OrganizationID', id);
  const register = from.command(
    'organizations/report-organization',
    { file: 'Organization', row, id },
    {
      subject: { record },
      name: row.required('OrganizationName'),
      shortName: row.text('OrganizationCommonName'),
      localCodes: [record],
      zone: from.zone,
      hmis: true,
    },
  );
  from.organizations.set(id, register);
  return [register];
};

export const project = async (row: Row, from: HmisExport): Promise<readonly ImportCommand[] | Refused> => {
  const id = row.required('ProjectID');
  const organizationId = row.required('OrganizationID');
  if (from.victimServices.organizations.has(organizationId)) {
    from.victimServices.projects.add(id);
    return VICTIM_SERVICES;
  }
  row.required('ProjectType');
  const projectType = row.code('ProjectType', PROJECT_TYPES)!;
  const record = from.record('ProjectID', id);
  const register = from.command(
    'organizations/report-program',
    { file: 'Project', row, id },
    {
      subject: { record },
      name: row.required('ProjectName'),
      shortName: row.text('ProjectCommonName'),
      ofOrganizationId: await from.organizationId(organizationId),
      kind: 'housing',
      projectType,
      operatingFrom: row.day('OperatingStartDate'),
      operatingUntil: row.day('OperatingEndDate'),
      localCodes: [record],
      zone: from.zone,
      hmis: true,
    },
  );
  from.projects.set(id, { organizationId, projectType, register });
  return [register];
};
