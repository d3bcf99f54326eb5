/** The columns that HUD declares, of FY2024 and FY2026 together: what else a file holds is not read, and said so. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const TRAILER = 'DateCreated DateUpdated UserID DateDeleted ExportID';

export const FILES = {
  Export:
    words(`ExportID SourceType SourceID SourceName SourceContactFirst SourceContactLast SourceContactPhone SourceContactExtension
    SourceContactEmail ExportDate ExportStartDate ExportEndDate SoftwareName SoftwareVersion CSVVersion ExportPeriodType ExportDirective
    HashStatus ImplementationID`),
  Organization: words(`OrganizationID OrganizationName VictimServiceProvider OrganizationCommonName ${TRAILER}`),
  Project:
    words(`ProjectID OrganizationID ProjectName ProjectCommonName OperatingStartDate OperatingEndDate ContinuumProject ProjectType
    HousingType RRHSubType ResidentialAffiliation TargetPopulation HOPWAMedAssistedLivingFac PITCount ${TRAILER}`),
  Client:
    words(`PersonalID FirstName MiddleName LastName NameSuffix NameDataQuality SSN SSNDataQuality DOB DOBDataQuality AmIndAKNative
    Asian BlackAfAmerican HispanicLatinaeo MidEastNAfrican NativeHIPacific White RaceNone AdditionalRaceEthnicity Sex Woman Man NonBinary
    CulturallySpecific Transgender Questioning DifferentIdentity DifferentIdentityText GenderNone VeteranStatus YearEnteredService
    YearSeparated WorldWarII KoreanWar VietnamWar DesertStorm AfghanistanOEF IraqOIF IraqOND OtherTheater MilitaryBranch DischargeStatus
    ${TRAILER}`),
  Enrollment: words(`EnrollmentID PersonalID ProjectID EntryDate HouseholdID RelationshipToHoH EnrollmentCoC LivingSituation
    RentalSubsidyType LengthOfStay LOSUnderThreshold PreviousStreetESSH DateToStreetESSH TimesHomelessPastThreeYears
    MonthsHomelessPastThreeYears DisablingCondition DateOfEngagement MoveInDate DateOfPATHStatus ClientEnrolledInPATH ReasonNotEnrolled
    PercentAMI ReferralSource CountOutreachReferralApproaches DateOfBCPStatus EligibleForRHY ReasonNoServices RunawayYouth
    SexualOrientation SexualOrientationOther FormerWardChildWelfare ChildWelfareYears ChildWelfareMonths FormerWardJuvenileJustice
    JuvenileJusticeYears JuvenileJusticeMonths UnemploymentFam MentalHealthDisorderFam PhysicalDisabilityFam AlcoholDrugUseDisorderFam
    InsufficientIncome IncarceratedParent VAMCStation TargetScreenReqd TimeToHousingLoss AnnualPercentAMI LiteralHomelessHistory
    ClientLeaseholder HoHLeaseholder SubsidyAtRisk EvictionHistory CriminalRecord IncarceratedAdult PrisonDischarge SexOffender DisabledHoH
    CurrentPregnant SingleParent DependentUnder6 HH5Plus CoCPrioritized HPScreeningScore ThresholdScore TranslationNeeded PreferredLanguage
    PreferredLanguageDifferent MentalHealthConsultation ${TRAILER}`),
  Exit: words(`ExitID EnrollmentID PersonalID ExitDate Destination DestinationSubsidyType OtherDestination HousingAssessment
    SubsidyInformation ProjectCompletionStatus EarlyExitReason ExchangeForSex ExchangeForSexPastThreeMonths CountOfExchangeForSex
    AskedOrForcedToExchangeForSex AskedOrForcedToExchangeForSexPastThreeMonths WorkplaceViolenceThreats WorkplacePromiseDifference
    CoercedToContinueWork LaborExploitPastThreeMonths CounselingReceived IndividualCounseling FamilyCounseling GroupCounseling
    SessionCountAtExit PostExitCounselingPlan SessionsInPlan DestinationSafeClient DestinationSafeWorker PosAdultConnections
    PosPeerConnections PosCommunityConnections AftercareDate AftercareProvided EmailSocialMedia Telephone InPersonIndividual InPersonGroup
    CMExitReason ${TRAILER}`),
  Services: words(`ServicesID EnrollmentID PersonalID DateProvided RecordType TypeProvided OtherTypeProvided MovingOnOtherType
    SubTypeProvided FAAmount FAStartDate FAEndDate ReferralOutcome ${TRAILER}`),
  CurrentLivingSituation: words(`CurrentLivingSitID EnrollmentID PersonalID InformationDate CurrentLivingSituation CLSSubsidyType
    VerifiedBy LeaveSituation14Days SubsequentResidence ResourcesToObtain LeaseOwn60Day MovedTwoOrMore LocationDetails ${TRAILER}`),
  Event:
    words(`EventID EnrollmentID PersonalID EventDate Event ProbSolDivRRResult ReferralCaseManageAfter LocationCrisisOrPHHousing
    ReferralResult ResultDate ${TRAILER}`),
} as const;
export type HmisFile = keyof typeof FILES;

/** Without these a file cannot be read at all. */
export const REQUIRED: { readonly [F in HmisFile]: readonly string[] } = {
  Export: ['SourceID', 'HashStatus'],
  Organization: ['OrganizationID', 'OrganizationName', 'VictimServiceProvider'],
  Project: ['ProjectID', 'OrganizationID', 'ProjectName', 'ProjectType'],
  Client: ['PersonalID', 'DOB'],
  Enrollment: ['EnrollmentID', 'PersonalID', 'ProjectID', 'EntryDate', 'HouseholdID', 'MoveInDate'],
  Exit: ['ExitID', 'EnrollmentID', 'PersonalID', 'ExitDate', 'Destination'],
  Services: ['ServicesID', 'EnrollmentID', 'PersonalID', 'DateProvided', 'RecordType'],
  CurrentLivingSituation: ['CurrentLivingSitID', 'EnrollmentID', 'PersonalID', 'InformationDate', 'CurrentLivingSituation'],
  Event: ['EventID', 'EnrollmentID', 'PersonalID', 'EventDate', 'Event', 'ReferralResult', 'ResultDate'],
};

/** Spellings met in real files. */
const MISSPELT: Readonly<Record<string, string>> = {
  hispaniclatinao: 'HispanicLatinaeo',
  hispaniclatinaox: 'HispanicLatinaeo',
  hispaniclatinoaox: 'HispanicLatinaeo',
};

/** A header as HUD spells it, or as it stands where HUD knows no such column. */
export const columnNamed = (file: HmisFile, header: string): string => {
  const plain = header.trim();
  const lower = plain.toLowerCase();
  return MISSPELT[lower] ?? FILES[file].find((name) => name.toLowerCase() === lower) ?? plain;
};
