import * as hud from '#contracts';
import type { ImportCommand } from '../importer.js';
import { Ignored, Refused, type HmisExport, type KnownEnrolment, type RowOf } from './hmis.export.js';
import { VICTIM_SERVICES } from './hmis.organizations.js';
import { BadValue, type Row } from './hmis.row.js';

type Commands = readonly ImportCommand[] | Ignored | Refused;
const BED_NIGHT = '200';

/** Says housing commands of one row of one person, in the enrolment's stream unless another subject is named. */
const saying = (of: RowOf, from: HmisExport, known?: KnownEnrolment) => {
  const { row } = of;
  const common = {
    person: { identifier: from.record('PersonalID', row.required('PersonalID')) },
    subject: { record: from.record('EnrollmentID', row.required('EnrollmentID')) },
    organizationId: known?.organizationId,
    programId: known?.projectId,
  };
  return (command: string, body: object): ImportCommand => from.command(`housing/${command}`, of, { ...common, ...body });
};

const street = (row: Row) => {
  const day = row.day('DateToStreetESSH');
  // One in five is a first of the month: they mean the month, and mostly not the day.
  return day && { dateToStreet: day, dateToStreetPrecision: day.endsWith('-01') ? 'month' : 'day' };
};

const cocCode = (row: Row) => {
  const value = row.text('EnrollmentCoC');
  if (value === undefined || /^[A-Z]{2}-\d{3}$/.test(value)) return value;
  throw new BadValue('EnrollmentCoC', 'is not a continuum of care', 'Write it as XX-501.');
};

const household = async (row: Row, from: HmisExport) => {
  const id = row.text('HouseholdID');
  const relationship = row.code('RelationshipToHoH', hud.RELATIONSHIPS_TO_HOH);
  return {
    ...(id !== undefined && { householdId: await from.idFor('HouseholdID', id) }),
    ...(relationship !== undefined && { relationshipToHoH: relationship }),
    cocCode: cocCode(row),
  };
};

const tenancyOf = (row: Row, from: HmisExport) => ({
  subject: { record: from.record('EnrollmentID.MoveInDate', row.required('EnrollmentID')) },
});

export const enrollment = async (row: Row, from: HmisExport): Promise<Commands> => {
  const id = row.required('EnrollmentID');
  const projectKey = row.required('ProjectID');
  if (from.victimServices.projects.has(projectKey)) {
    from.protectedEnrolments.add(id);
    return VICTIM_SERVICES;
  }
  const project = from.projects.get(projectKey);
  if (!project)
    throw new BadValue('ProjectID', 'names no project of Project.csv', 'Export the project along with its enrolments.');
  const projectId = (await from.projectId(projectKey))!;
  const organizationId = await from.organizationId(project.organizationId);
  const known = { projectId, organizationId, projectType: project.projectType, household: await household(row, from) };
  from.enrolments.set(id, known);
  const say = saying({ file: 'Enrollment', row, id }, from, known);
  const tenancy = tenancyOf(row, from);
  if (row.text('DateDeleted') !== undefined) {
    return [say('report-enrolment-record-deleted', {}), say('report-tenancy-record-deleted', tenancy)];
  }
  const engaged = row.day('DateOfEngagement');
  return [
    say('report-project-entry', {
      occurred: from.occurred(row.requiredDay('EntryDate'), 'EntryDate'),
      projectId,
      projectType: known.projectType,
      priorLivingSituation: row.code('LivingSituation', hud.LIVING_SITUATIONS),
      lengthOfStay: row.code('LengthOfStay', hud.LENGTHS_OF_STAY),
      ...street(row),
      timesHomeless: row.code('TimesHomelessPastThreeYears', hud.TIMES_HOMELESS),
      monthsHomeless: row.code('MonthsHomelessPastThreeYears', hud.MONTHS_HOMELESS),
      ...known.household,
    }),
    ...(engaged ? [say('report-engagement', { occurred: from.occurred(engaged, 'DateOfEngagement'), ...known.household })] : []),
    ...(await moveIn(row, from, known, say)),
  ];
};

/** A date that was cleared takes the move-in back; of projects that move nobody in, what was reported stands as reported. */
const moveIn = async (
  row: Row,
  from: HmisExport,
  known: KnownEnrolment,
  say: ReturnType<typeof saying>,
): Promise<readonly ImportCommand[]> => {
  const day = row.day('MoveInDate');
  const tenancy = tenancyOf(row, from);
  const { projectType } = known;
  if (day === undefined) {
    const housing = hud.PERMANENT_HOUSING_TYPES.includes(projectType as hud.ProjectType);
    return housing ? [say('report-tenancy-record-deleted', tenancy)] : [];
  }
  const enrolmentId = await from.idFor('EnrollmentID', row.required('EnrollmentID'));
  const occurred = from.occurred(day, 'MoveInDate');
  return [say('report-move-in', { ...tenancy, occurred, enrolmentId, projectType, ...known.household })];
};

/** What hangs on an enrolment; of an export of changes only, the enrolment itself may be missing. */
const attached = (row: Row, from: HmisExport) => {
  const enrolmentId = row.required('EnrollmentID');
  const refused = from.protectedEnrolments.has(enrolmentId) || from.protectedClients.has(row.required('PersonalID'));
  return { known: from.enrolments.get(enrolmentId), refused };
};

export const exit = (row: Row, from: HmisExport): Commands => {
  const id = row.required('ExitID');
  const { known, refused } = attached(row, from);
  if (refused) return VICTIM_SERVICES;
  const say = saying({ file: 'Exit', row, id }, from, known);
  if (row.text('DateDeleted') !== undefined) return [say('report-enrolment-record-deleted', {})];
  const destination = row.code('Destination', hud.DESTINATIONS);
  const exited = say('report-project-exit', {
    occurred: from.occurred(row.requiredDay('ExitDate'), 'ExitDate'),
    destination,
    destinationSubsidyType: row.code('DestinationSubsidyType', hud.RENTAL_SUBSIDY_TYPES),
    ...known?.household,
  });
  return destination === 24 ? [exited, death(row, from, id)] : [exited];
};

/** The day of the exit is not the day of the death, which HMIS does not tell. */
const death = (row: Row, from: HmisExport, id: string) =>
  from.command(
    'people/report-death',
    { file: 'Exit', row, id },
    {
      person: { identifier: from.record('PersonalID', row.required('PersonalID')) },
      reporter: 'source-record',
    },
  );

export const service = (row: Row, from: HmisExport): Commands => {
  const type = row.required('RecordType');
  if (type !== BED_NIGHT)
    return new Ignored(`RecordType ${/^\d{1,3}$/.test(type) ? type : 'unknown'}: only bed nights (200) are read`);
  const { known, refused } = attached(row, from);
  if (refused) return VICTIM_SERVICES;
  const id = row.required('ServicesID');
  const say = saying({ file: 'Services', row, id }, from, known);
  if (row.text('DateDeleted') !== undefined) return [say('report-enrolment-record-deleted', {})];
  if (!known) return new Refused('belongs to no enrolment of this export', 'Export the enrolment along with its nights.');
  const nightOf = row.requiredDay('DateProvided');
  const occurred = from.occurred(nightOf, 'DateProvided');
  return [say('report-shelter-night', { occurred, nightOf, projectType: known.projectType, ...known.household })];
};

export const livingSituation = (row: Row, from: HmisExport): Commands => {
  const id = row.required('CurrentLivingSitID');
  const { known, refused } = attached(row, from);
  if (refused) return VICTIM_SERVICES;
  const say = saying({ file: 'CurrentLivingSituation', row, id }, from, known);
  if (row.text('DateDeleted') !== undefined) return [say('report-enrolment-record-deleted', {})];
  row.required('CurrentLivingSituation');
  const asOf = row.requiredDay('InformationDate');
  return [
    say('report-living-situation', {
      occurred: from.occurred(asOf, 'InformationDate'),
      code: row.code('CurrentLivingSituation', hud.LIVING_SITUATIONS),
      asOf,
      subsidyType: row.code('CLSSubsidyType', hud.RENTAL_SUBSIDY_TYPES),
      verifiedBy: row.text('VerifiedBy'),
      details: row.text('LocationDetails'),
      ...known?.household,
    }),
  ];
};

export const referral = async (row: Row, from: HmisExport): Promise<Commands> => {
  const id = row.required('EventID');
  const { known, refused } = attached(row, from);
  if (refused) return VICTIM_SERVICES;
  const say = saying({ file: 'Event', row, id }, from, known);
  const subject = { subject: { record: from.record('EventID', id) } };
  if (row.text('DateDeleted') !== undefined) return [say('report-referral-record-deleted', subject)];
  row.required('Event');
  const result = row.code('ReferralResult', hud.REFERRAL_RESULTS);
  const on = row.day('ResultDate');
  const to = row.text('LocationCrisisOrPHHousing');
  const referred = say('report-housing-referral', {
    ...subject,
    occurred: from.occurred(row.requiredDay('EventDate'), 'EventDate'),
    referralEvent: row.code('Event', hud.COORDINATED_ENTRY_EVENTS),
    toProjectId: to && (await from.projectId(to)),
    ...known?.household,
  });
  if (result === undefined) return [referred];
  const occurred = on && from.occurred(on, 'ResultDate');
  return [referred, say('report-referral-result', { ...subject, occurred, result, ...known?.household })];
};
