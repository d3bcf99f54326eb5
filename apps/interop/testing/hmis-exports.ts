import type { Input } from '../src/importer.js';

/** The files of a small export, by name. */
export type Export = Readonly<Record<string, string>>;

const table = (header: string, ...rows: readonly string[]) => [header, ...rows].join('\n').concat('\n');
const TRAILER = 'DateUpdated,DateDeleted';

/** FY2024: a household in supportive housing, a shelter that counts nights and one that does not, and a victim service provider. */
export const FY2024: Export = {
  'Export.csv': table(
    'ExportID,SourceID,ExportDate,CSVVersion,ExportDirective,HashStatus',
    '1,OAK24,2026-03-01 08:00:00,2024 v1.4,2,1',
  ),
  'Organization.csv': table(
    `OrganizationID,OrganizationName,VictimServiceProvider,OrganizationCommonName,${TRAILER}`,
    '1,Oak Street Homes,0,Oak,2024-01-02 09:00:00,',
    '9,Safe Harbor,1,,2024-01-02 09:00:00,',
  ),
  'Project.csv': table(
    `ProjectID,OrganizationID,ProjectName,ProjectType,OperatingStartDate,${TRAILER}`,
    '10,1,Oak Supportive Housing,3,2015-01-01,2024-01-02 09:00:00,',
    '11,1,Oak Nights,1,2015-01-01,2024-01-02 09:00:00,',
    '12,1,Oak Shelter,0,2015-01-01,2024-01-02 09:00:00,',
    '13,1,Oak Transitional,2,2015-01-01,2024-01-02 09:00:00,',
    '90,9,Harbor House,2,2015-01-01,2024-01-02 09:00:00,',
  ),
  'Client.csv': table(
    `PersonalID,FirstName,LastName,SSN,SSNDataQuality,DOB,DOBDataQuality,White,HispanicLatinaeo,Woman,Man,${TRAILER}`,
    '100,Ada,Lark,219-09-9991,1,1980-05-06,1,1,1,1,0,2025-06-01 10:00:00,',
    '101,Ben,Lark,,99,2016-02-03,1,0,0,0,1,2025-06-01 10:00:00,',
    '102,Cleo,Moss,,99,1980-02-31,1,0,0,0,1,2025-06-01 10:00:00,',
    '103,Dee,Reed,,99,1990-01-01,1,0,0,1,0,2025-06-01 10:00:00,',
    '104,Eli,Vale,,99,1990-01-01,1,0,0,0,1,2025-06-01 10:00:00,2025-07-01 10:00:00',
  ),
  'Enrollment.csv': table(
    `EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,EnrollmentCoC,LivingSituation,LengthOfStay,DateToStreetESSH,TimesHomelessPastThreeYears,DateOfEngagement,MoveInDate,${TRAILER}`,
    'E1,100,10,2025-01-10,H1,1,MI-501,204,3,2024-11-01,4,,2025-02-01,2025-02-02 11:00:00,',
    'E2,101,10,2025-01-10,H1,2,MI-501,,,,,,2025-02-01,2025-02-02 11:00:00,',
    'E3,100,11,2024-12-01,H2,1,MI-501,116,2,2024-11-15,4,2024-12-05,,2024-12-20 11:00:00,',
    'E4,100,13,2024-06-01,H3,1,MI-501,,,,,,2024-06-01,2024-06-02 11:00:00,',
    'E5,103,90,2024-06-01,H4,1,MI-501,,,,,,,2024-06-02 11:00:00,',
    'E6,100,12,2024-10-01,H5,1,MI-501,,,,,,,2024-10-02 11:00:00,',
    'E7,100,77,2024-10-01,H6,1,MI-501,,,,,,,2024-10-02 11:00:00,',
  ),
  'Exit.csv': table(
    `ExitID,EnrollmentID,PersonalID,ExitDate,Destination,DestinationSubsidyType,${TRAILER}`,
    'X1,E1,100,2025-11-30,410,,2025-12-01 09:30:00,',
    'X4,E4,100,2029-01-01,24,,2025-12-01 09:30:00,',
    'X5,E5,103,2024-09-01,410,,2025-12-01 09:30:00,',
  ),
  'Services.csv': table(
    `ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType,${TRAILER}`,
    'S1,E3,100,2024-12-02,200,2024-12-03 07:00:00,',
    'S2,E6,100,2024-10-02,200,2024-12-03 07:00:00,',
    'S3,E3,100,2024-12-02,141,2024-12-03 07:00:00,',
  ),
  'CurrentLivingSituation.csv': table(
    `CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,CurrentLivingSituation,CLSSubsidyType,VerifiedBy,LocationDetails,${TRAILER}`,
    'C1,E3,100,2024-12-03,116,,Oak Nights,"under the bridge, north side",2024-12-04 07:00:00,',
    'C2,E3,100,2024-12-04,999,,,,2024-12-04 07:00:00,',
  ),
  'Event.csv': table(
    `EventID,EnrollmentID,PersonalID,EventDate,Event,LocationCrisisOrPHHousing,ReferralResult,ResultDate,${TRAILER}`,
    'V1,E3,100,2024-12-10,14,10,1,,2025-01-09 12:00:00,',
  ),
  'Disabilities.csv': table('DisabilitiesID,EnrollmentID', 'D1,E1'),
};

/** FY2026, as some systems write it: names hashed, headers misspelt, Client.DateUpdated in two-digit years. */
export const FY2026: Export = {
  'Export.csv': table('"ExportID","SourceID","CSVVersion","ExportDirective","HashStatus"', '"2","OAK26","2026 v1",2,4'),
  'Organization.csv': table(
    '"OrganizationID","OrganizationName","VictimServiceProvider","DateUpdated"',
    '"1","Oak Street Homes",0,2024-01-02 09:00:00',
  ),
  'Project.csv': table(
    '"ProjectID","OrganizationID","ProjectName","ProjectType","DateUpdated"',
    '"10","1","Oak Rapid",13,2024-01-02',
  ),
  'Client.csv': table(
    '"PersonalID","FirstName","LastName","SSN","SSNDataQuality","DOB","DOBDataQuality","HispanicLatinao","Sex","DateUpdated","ShoeSize"',
    '"200","2cb30d5ef678412db20875ccf25c63ff","e7237c4404bb3671b76aacf5e84bec3d","8665fe03681cf0c07eda9cf76fa800f2",1,1990-01-01,1,1,0,"03-11-21",""',
    '"201","2cb30d5ef678412db20875ccf25c63ff","e7237c4404bb3671b76aacf5e84bec3d","8665fe03681cf0c07eda9cf76fa800f2",1,1991-01-01,1,0,1,"13-06-19",""',
  ),
  'Enrollment.csv': table(
    '"EnrollmentID","PersonalID","ProjectID","EntryDate","HouseholdID","RelationshipToHoH","EnrollmentCoC","LivingSituation","LengthOfStay","MoveInDate","HOHLeaseholder","MentalHealthConsultation","DateUpdated"',
    '"E1","200","10",2025-01-10,"H1",1,"XX-501",101,,2025-02-01,1,2,2025-02-02',
    '"E2","201","10",2025-01-10,"H1",3,"XX-501",101,,,1,2,2025-02-02',
  ),
};

/** An export as an importer reads it. */
export const inputOf = (files: Export): Input => ({
  path: 'export',
  files: Object.keys(files),
  head: (file) => Promise.resolve(Buffer.from(files[file] ?? '').subarray(0, 65_536)),
  async *open(file) {
    const bytes = Buffer.from(files[file] ?? '');
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  },
  progress: { done: 0, total: 0 },
});
