import * as contracts from '#contracts';
import {
  dataOf,
  factCases,
  retell,
  sameOccasion,
  telling,
  withdrawRecord,
  type FactRejection,
  type HousingEvent,
} from '#contracts';
import { bySaid, decider, standingUnless, type Outcome, type FactEvent, type Said } from '#kernel';
import * as commands from './tenancy.commands.js';

type TenancyEvent = Extract<
  HousingEvent,
  {
    type:
      | 'InspectionHeld' | 'LeaseSigned' | 'MovedIn' | 'MoveInReported' | 'OccupantJoined' | 'OccupantLeft' | 'UnitChanged'
      | 'RecertificationCompleted' | 'SubsidyChanged' | 'SubsidyEnded' | 'NoticeGiven' | 'NoticeWithdrawn' | 'TenancyEnded'
      | 'HousingStatusConfirmed'; // prettier-ignore
  }
>;
/** What has been said of one person's life in one home. Lists of several things are told apart by record, or by day. */
export interface Tenancy {
  readonly inspections: Said<object>;
  readonly lease: Said<object>;
  readonly moveIn: Said<object>;
  /** Of a programme that is not permanent housing: stands here, and is never taken for a move-in. */
  readonly moveInReported: Said<object>;
  readonly joined: Said<object>;
  readonly left: Said<object>;
  readonly units: Said<object>;
  readonly recertifications: Said<object>;
  readonly subsidies: Said<object>;
  readonly subsidyEnds: Said<object>;
  readonly notices: Said<object>;
  readonly noticesWithdrawn: Said<object>;
  readonly end: Said<object>;
  readonly statuses: Said<object>;
}
const words = decider<Tenancy, TenancyEvent, FactRejection>();
const tells = telling(words);

const isPermanentHousing = (projectType: contracts.ProjectType) => contracts.PERMANENT_HOUSING_TYPES.includes(projectType);

/** Only permanent housing moves anyone in; another programme's date is kept as what it reported. Either replaces the other. */
const moveIn = (report: commands.ReportMoveIn, { moveIn, moveInReported }: Tenancy) => {
  const said = [...moveIn, ...moveInReported].sort((a, b) => bySaid(a.by, b.by));
  const counts = report.projectType === undefined || isPermanentHousing(report.projectType);
  const event = { type: counts ? 'MovedIn' : 'MoveInReported', data: dataOf(contracts.MoveInData, report) };
  return retell(said, report, event) as Outcome<TenancyEvent | FactEvent, FactRejection>;
};

/** The move-in that stands: none where its source has since said that the programme is not permanent housing. */
export const moveInOf = (state: Tenancy) => standingUnless(state.moveIn, state.moveInReported);

/** One person's life in one home. No end of a programme ends it: that is said elsewhere, and is another fact. */
export const tenancy = words.build({
  category: 'tenancy',
  initial: {
    inspections: [], lease: [], moveIn: [], moveInReported: [], joined: [], left: [], units: [], recertifications: [],
    subsidies: [], subsidyEnds: [], notices: [], noticesWithdrawn: [], end: [], statuses: [],
  }, // prettier-ignore
  cases: [
    tells(commands.ReportInspection, 'inspections', ['InspectionHeld', contracts.InspectionHeldData], sameOccasion),
    tells(commands.ReportLease, 'lease', ['LeaseSigned', contracts.LeaseSignedData]),
    words.when(commands.ReportMoveIn, moveIn),
    tells(commands.ReportOccupantJoined, 'joined', ['OccupantJoined', contracts.OccupantJoinedData]),
    tells(commands.ReportOccupantLeft, 'left', ['OccupantLeft', contracts.OccupantLeftData]),
    tells(commands.ReportUnitChange, 'units', ['UnitChanged', contracts.UnitChangedData], sameOccasion),
    tells(
      commands.ReportRecertification,
      'recertifications',
      ['RecertificationCompleted', contracts.RecertificationCompletedData],
      sameOccasion,
    ),
    tells(commands.ReportSubsidyChange, 'subsidies', ['SubsidyChanged', contracts.SubsidyChangedData], sameOccasion),
    tells(commands.ReportSubsidyEnd, 'subsidyEnds', ['SubsidyEnded', contracts.SubsidyEndedData], sameOccasion),
    tells(commands.ReportNotice, 'notices', ['NoticeGiven', contracts.NoticeGivenData], sameOccasion),
    tells(commands.ReportNoticeWithdrawn, 'noticesWithdrawn', ['NoticeWithdrawn', contracts.NoticeWithdrawnData], sameOccasion),
    tells(commands.ReportTenancyEnd, 'end', ['TenancyEnded', contracts.TenancyEndedData]),
    tells(
      commands.ConfirmHousingStatus,
      'statuses',
      ['HousingStatusConfirmed', contracts.HousingStatusConfirmedData],
      sameOccasion,
    ),
    words.when(commands.ReportTenancyRecordDeleted, (report, state) => withdrawRecord(state, report)),
    ...factCases<Tenancy>(commands.ofTenancy),
  ],
  evolve: words.remember({
    InspectionHeld: 'inspections',
    LeaseSigned: 'lease',
    MovedIn: 'moveIn',
    MoveInReported: 'moveInReported',
    OccupantJoined: 'joined',
    OccupantLeft: 'left',
    UnitChanged: 'units',
    RecertificationCompleted: 'recertifications',
    SubsidyChanged: 'subsidies',
    SubsidyEnded: 'subsidyEnds',
    NoticeGiven: 'notices',
    NoticeWithdrawn: 'noticesWithdrawn',
    TenancyEnded: 'end',
    HousingStatusConfirmed: 'statuses',
  }),
});
