import * as contracts from '#contracts';
import {
  factCases,
  NIGHT_BY_NIGHT_SHELTER,
  sameOccasion,
  sameRecord,
  telling,
  withdrawRecord,
  type FactRejection,
  type HousingEvent,
} from '#contracts';
import { decider, reject, restate, type Said } from '#kernel';
import * as commands from './enrolment.commands.js';

type EnrolmentEvent = Extract<
  HousingEvent,
  {
    type:
      | 'ProjectEntered' | 'ProjectExited' | 'EngagementReached'
      | 'ShelterNightStayed' | 'LivingSituationReported' | 'CoordinatedEntryAssessed'; // prettier-ignore
  }
>;
/** What has been said of one person's time in one programme. */
export interface Enrolment {
  readonly entry: Said<object>;
  readonly exit: Said<object>;
  readonly engagement: Said<object>;
  /** Of many nights, situations, assessments: `sameRecord` tells which statements are about one. */
  readonly nights: Said<object>;
  readonly situations: Said<object>;
  readonly assessments: Said<object>;
}
type Refusal = FactRejection | 'nights-are-derived';
const words = decider<Enrolment, EnrolmentEvent, Refusal>();
const tells = telling(words);

/** The situation that a programme asks for at entry is a report of its own: never a stay, whatever its code. */
const situationBefore = (report: commands.ReportProjectEntry, { situations }: Enrolment) => {
  const { priorLivingSituation: code, lengthOfStay, householdId, relationshipToHoH, cocCode } = report;
  if (code === undefined) return [];
  const said = situations.filter(({ data }) => 'beforeEntry' in data);
  const asOf = report.occurred.start;
  const data = { householdId, relationshipToHoH, cocCode, code, asOf, beforeEntry: true, lengthOfStay };
  return restate(said, report, words.record('LivingSituationReported', data));
};

/** One person's time in one programme. Ends no tenancy: that is another life, which may go on. */
export const enrolment = words.build({
  category: 'enrolment',
  initial: { entry: [], exit: [], engagement: [], nights: [], situations: [], assessments: [] },
  cases: [
    words.when(commands.ReportProjectEntry, (report, state) => [
      ...restate(state.entry, report, words.record('ProjectEntered', contracts.dataOf(contracts.ProjectEnteredData, report))),
      ...situationBefore(report, state),
    ]),
    tells(commands.ReportProjectExit, 'exit', ['ProjectExited', contracts.ProjectExitedData]),
    tells(commands.ReportEngagement, 'engagement', ['EngagementReached', contracts.EngagementReachedData]),
    words.when(commands.ReportShelterNight, (report, { nights }) =>
      report.projectType === NIGHT_BY_NIGHT_SHELTER
        ? restate(
            nights.filter((night) => sameRecord('nightOf')(night, report)),
            report,
            words.record('ShelterNightStayed', contracts.dataOf(contracts.ShelterNightStayedData, report)),
          )
        : reject(
            'nights-are-derived',
            'Only a night-by-night shelter (HUD project type 1) reports nights; of others, report entry and exit.',
            'projectType',
          ),
    ),
    tells(
      commands.ReportLivingSituation,
      'situations',
      ['LivingSituationReported', contracts.LivingSituationReportedData],
      (said, report) => !('beforeEntry' in said.data) && sameRecord('asOf')(said, report),
    ),
    tells(
      commands.ReportAssessment,
      'assessments',
      ['CoordinatedEntryAssessed', contracts.CoordinatedEntryAssessedData],
      sameOccasion,
    ),
    words.when(commands.ReportEnrolmentRecordDeleted, (report, state) => withdrawRecord(state, report)),
    ...factCases<Enrolment>(commands.ofEnrolment),
  ],
  evolve: words.remember({
    ProjectEntered: 'entry',
    ProjectExited: 'exit',
    EngagementReached: 'engagement',
    ShelterNightStayed: 'nights',
    LivingSituationReported: 'situations',
    CoordinatedEntryAssessed: 'assessments',
  }),
});
