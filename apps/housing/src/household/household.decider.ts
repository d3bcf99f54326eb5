import * as contracts from '#contracts';
import { factCases, sameOccasion, telling, type FactRejection, type HousingEvent } from '#contracts';
import { decider, type Said } from '#kernel';
import * as commands from './household.commands.js';

type HouseholdEvent = Extract<HousingEvent, { type: 'HouseholdMemberJoined' | 'HouseholdMemberLeft' | 'HeadOfHouseholdChanged' }>;
/** What has been said of one person's belonging to one household. No event names another member. */
export interface Membership {
  readonly joined: Said<object>;
  readonly left: Said<object>;
  /** One person may be head more than once: told apart by record, or by day. */
  readonly heads: Said<object>;
}
const words = decider<Membership, HouseholdEvent, FactRejection>();
const tells = telling(words);

/** One person in one household. */
export const household = words.build({
  category: 'household',
  initial: { joined: [], left: [], heads: [] },
  cases: [
    tells(commands.ReportHouseholdMemberJoined, 'joined', ['HouseholdMemberJoined', contracts.HouseholdMemberJoinedData]),
    tells(commands.ReportHouseholdMemberLeft, 'left', ['HouseholdMemberLeft', contracts.HouseholdMemberLeftData]),
    tells(
      commands.ReportHeadOfHouseholdChanged,
      'heads',
      ['HeadOfHouseholdChanged', contracts.HeadOfHouseholdChangedData],
      sameOccasion,
    ),
    ...factCases<Membership>(commands.ofHousehold),
  ],
  evolve: words.remember({ HouseholdMemberJoined: 'joined', HouseholdMemberLeft: 'left', HeadOfHouseholdChanged: 'heads' }),
});
