import type { Draw } from './draw.js';

/** One agency with its temper: how long it takes to write down what happened, and how long until that reaches the log. */
export interface Agency {
  readonly key: string;
  readonly name: string;
  readonly system: string;
  /** The type of the identifiers by which it knows people. */
  readonly personIdType: string;
  /** Minutes from what happened until the source said so. */
  readonly asserts: (draw: Draw) => number;
  /** The instant (ms) at which what was said at `at` reaches the log. */
  readonly arrives: (at: number, draw: Draw) => number;
  readonly facilities: readonly { readonly key: string; readonly name: string; readonly facilityType: string }[];
  readonly programs: readonly {
    readonly key: string;
    readonly name: string;
    readonly kind: string;
    readonly projectType?: number;
  }[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;

const withinMinutes = (at: number, draw: Draw) => at + draw.between(1, 6) * MINUTE;
/** A batch in the night after, at 06:00 UTC. */
const nightly = (at: number) => Math.ceil(at / DAY) * DAY + 6 * 3_600_000;
/** A batch every Monday, at 08:00 UTC (the epoch began on a Thursday). */
const weekly = (at: number) => (Math.ceil((at - 4 * DAY) / (7 * DAY)) * 7 + 4) * DAY + 8 * 3_600_000;

const agency = (
  key: string,
  name: string,
  more: Omit<Agency, 'key' | 'name' | 'facilities' | 'programs'> & Partial<Agency>,
): Agency => ({
  key,
  name,
  facilities: [],
  programs: [],
  ...more,
});

/** Nine agencies; two of them have sent nothing yet, as in any real network. */
export const AGENCIES = [
  agency('brigid', 'St. Brigid Medical Center', {
    system: 'hospital:st-brigid',
    personIdType: 'MR',
    asserts: (draw) => draw.between(2, 25),
    arrives: withinMinutes,
    facilities: [
      { key: 'brigid-psych', name: 'St. Brigid, Behavioral Health', facilityType: 'psychiatric-hospital' },
      { key: 'brigid-general', name: 'St. Brigid, General Medicine', facilityType: 'general-hospital' },
    ],
  }),
  agency('lakeview', 'Lakeview Psychiatric Hospital', {
    system: 'hospital:lakeview',
    personIdType: 'MR',
    asserts: (draw) => draw.between(5, 90),
    arrives: withinMinutes,
    facilities: [{ key: 'lakeview-main', name: 'Lakeview Psychiatric Hospital', facilityType: 'psychiatric-hospital' }],
  }),
  agency('metro', 'Metro Emergency Network', {
    system: 'hospital:metro-er',
    personIdType: 'MR',
    asserts: (draw) => draw.between(1, 12),
    arrives: withinMinutes,
    facilities: [
      { key: 'metro-north', name: 'Metro ER North', facilityType: 'emergency-department' },
      { key: 'metro-harbor', name: 'Metro ER Harbor', facilityType: 'emergency-department' },
    ],
  }),
  agency('eastside', 'Eastside Peer Center', {
    system: 'peer:eastside',
    personIdType: 'PI',
    asserts: (draw) => draw.between(20, 9 * 60),
    arrives: (at, draw) => at + draw.between(1, 4) * MINUTE,
    facilities: [{ key: 'eastside-house', name: 'Eastside Peer Center', facilityType: 'recovery-centre' }],
    programs: [{ key: 'eastside-peers', name: 'Eastside Peers', kind: 'peer-support' }],
  }),
  agency('harbor', 'Harbor Shelter Alliance', {
    system: 'hmis:harbor',
    personIdType: 'PersonalID',
    asserts: (draw) => draw.between(10 * 60, 34 * 60),
    arrives: weekly,
    programs: [{ key: 'harbor-shelter', name: 'Harbor Shelter', kind: 'housing', projectType: 0 }],
  }),
  agency('authority', 'County Housing Authority', {
    system: 'housing:county',
    personIdType: 'PI',
    asserts: (draw) => draw.between(2 * 60, 8 * 60),
    arrives: nightly,
  }),
  agency('maple', 'Maple Homes', {
    system: 'hmis:maple',
    personIdType: 'PersonalID',
    asserts: (draw) => draw.between(6 * 60, 30 * 60),
    arrives: nightly,
    programs: [
      { key: 'maple-psh', name: 'Maple Street Apartments', kind: 'housing', projectType: 3 },
      { key: 'maple-rrh', name: 'Maple Rapid Re-housing', kind: 'housing', projectType: 13 },
    ],
  }),
  agency('clinic', 'Riverside Community Clinic', {
    system: 'clinic:riverside',
    personIdType: 'MR',
    asserts: () => 60,
    arrives: nightly,
  }),
  agency('crisisline', 'County Crisis Line', {
    system: 'crisis:county',
    personIdType: 'PI',
    asserts: () => 5,
    arrives: withinMinutes,
  }),
] as const;
export type AgencyKey = 'brigid' | 'lakeview' | 'metro' | 'eastside' | 'harbor' | 'authority' | 'maple' | 'clinic' | 'crisisline';
export const agencyOf = (key: AgencyKey): Agency => AGENCIES.find((one) => one.key === key)!;
