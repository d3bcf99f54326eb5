import type { AgencyKey } from './agencies.js';
import type { Draw } from './draw.js';
import { HousingChapters } from './housing-chapters.js';
import { after, later, type Journal, type Timing, type When, type Who } from './journal.js';

export interface Person {
  readonly given: string;
  readonly family: string;
  readonly born?: string;
  readonly sex?: 'female' | 'male' | 'other' | 'unknown';
  readonly alias?: string;
}

const REASONS = [
  'feeling unsafe',
  'not sleeping for days',
  'voices getting louder',
  'out of medication',
  'panic',
  'asked for help',
];
const NOTES = [
  'Walked to the lake and talked.',
  'Went through the week’s plan together.',
  'Shared how the first months at home were.',
  'Short call, said the nights are better.',
];
const METHODS = [['in-person', 'home'], ['in-person', 'neighbourhood'], ['in-person', 'recovery-centre'], ['phone', 'by-phone-or-online'], ['text', 'by-phone-or-online'], ['group', 'recovery-meeting']] as const; // prettier-ignore
const PRACTICES = [
  'shares-own-story',
  'resource-information',
  'plan-support',
  'social-activity',
  'accompanies-to-group',
  'wrap-skill',
] as const;

/** What can happen to a consumer, in the words of the agencies that tell of it. */
export class Chapters {
  readonly home: HousingChapters;
  private numbers = 0;

  constructor(
    private readonly journal: Journal,
    private readonly draw: Draw,
    private readonly seed: string,
  ) {
    this.home = new HousingChapters(journal, (prefix) => this.number(prefix));
  }

  private number(prefix: string) {
    this.numbers += 1;
    return `${prefix}-${this.seed}-${this.numbers}`;
  }

  /** An agency meets the person: from then on it knows her by a number of its own. */
  meet(agency: AgencyKey, person: Person, when: When): Who {
    const who = { agency, number: this.number('P') };
    this.journal.tell(who, 'people/report-person-details', when, {
      occurred: undefined,
      identityLevel: person.alias ? 'alias' : 'named',
      names: [{ use: person.alias ? 'alias' : 'usual', given: person.given, family: person.family }],
      ...(person.born && { birthDate: person.born, birthDateQuality: 'full' }),
      ...(person.sex && { sex: { code: person.sex[0]!.toUpperCase(), system: 'HL70001', mapped: person.sex } }),
    });
    return who;
  }

  edVisit(who: Who, facility: string, when: When, hours = 5, more: Timing = {}): void {
    const subject = ['VN', this.number('E')] as const;
    const facilityId = this.journal.place(facility);
    const arrivalMode = this.draw.pick(['ambulance', 'police', 'walk-in', 'walk-in', 'private-vehicle']);
    this.journal.tell(
      who,
      'hospital/report-ed-visit',
      when,
      { facilityId, arrivalMode, visitNumber: subject[1], reason: this.draw.pick(REASONS) },
      { ...more, subject },
    );
    const [day, clock] = after(when, hours);
    this.journal.tell(
      who,
      'hospital/report-visit-end',
      [day, clock],
      { class: 'emergency', disposition: 'home' },
      { ...more, subject },
    );
  }

  /** A stay: ED first where `boarding` hours are given (one visit number), then the ward, confirmations, and the way out unless it is open. */
  stay(who: Who, facility: string, when: When, days: number | 'open', more: StayDetails = {}): readonly [string, string] {
    const subject = ['VN', more.number ?? this.number('V')] as const;
    const facilityId = this.journal.place(facility);
    const tell = (command: string, at: When, body: object, timing: Timing = {}) =>
      this.journal.tell(who, command, at, body, { ...timing, subject });
    let admittedAt = when;
    if (more.boarding) {
      tell('hospital/report-ed-visit', when, {
        facilityId,
        arrivalMode: 'ambulance',
        visitNumber: subject[1],
        reason: this.draw.pick(REASONS),
      });
      admittedAt = after(when, more.boarding);
    }
    const levelOfCare = more.levelOfCare ?? 'acute-psychiatric';
    const unit = this.draw.pick(['4 East', '5 West', 'Unit B', 'Cedar']);
    const admission = {
      facilityId, levelOfCare, levelOfCareBasis: 'unit', service: levelOfCare === 'acute-medical' ? 'medicine' : 'psychiatry',
      admitSource: more.boarding ? 'emergency-department' : 'home', visitNumber: subject[1], unit,
    }; // prettier-ignore
    tell('hospital/report-admission', admittedAt, admission);
    const length = lengthOf(days, admittedAt);
    for (let d = 2; d < (more.unconfirmed ? 0 : length); d += 6) {
      tell('hospital/confirm-visit', later(admittedAt, d, '07:30'), {
        ...{ ...admission, occurred: undefined, class: 'inpatient' },
        startedAt: this.journal.at(admittedAt),
      });
    }
    if (more.transferOn)
      tell('hospital/report-transfer', later(admittedAt, more.transferOn, '13:10'), { fromUnit: unit, unit: 'Willow' });
    if (days === 'open') return subject;
    if (days > 3)
      tell('hospital/plan-discharge', later(admittedAt, days - 2, '10:00'), {
        occurred: undefined,
        expectedOn: this.journal.local([admittedAt[0] - days]),
      });
    tell(
      'hospital/report-visit-end',
      later(admittedAt, days, more.leavesAt ?? '14:20'),
      { class: 'inpatient', disposition: more.disposition ?? 'home' },
      { lateDays: more.lateDischarge },
    );
    return subject;
  }

  contact(
    who: Who,
    when: When,
    how: readonly [method: string, setting: string] = this.draw.pick(METHODS),
    note = this.draw.pick(NOTES),
  ): void {
    const [method, setting] = how;
    this.journal.tell(who, 'peer-support/report-peer-contact', when, {
      method, setting, initiatedBy: this.draw.chance(0.4) ? 'consumer' : 'peer-supporter', minutes: this.draw.between(2, 18) * 5,
      practices: [this.draw.pick(PRACTICES)], dimensions: [this.draw.pick(['health', 'home', 'purpose', 'community'])], note,
    }); // prettier-ignore
  }
  attempt(who: Who, when: When, result = this.draw.pick(['no-answer', 'left-message', 'not-found-there', 'no-show'])): void {
    this.journal.tell(who, 'peer-support/report-contact-attempt', when, {
      method: 'phone',
      setting: 'by-phone-or-online',
      result,
    });
  }
  collateral(who: Who, when: When, withWhom = 'family'): void {
    this.journal.tell(who, 'peer-support/report-collateral-contact', when, {
      withWhom,
      consumerAgreed: true,
      note: 'Asked how the week went; agreed to call again.',
    });
  }
  /** Peer support is offered, and taken or not. */
  offer(who: Who, when: When, accepted: boolean): void {
    const subject = ['RELATION', this.number('R')] as const;
    this.journal.tell(
      who,
      'peer-support/offer-peer-support',
      when,
      { by: 'programme', reason: 'discharge-planned' },
      { subject },
    );
    const answer = accepted ? 'accept-peer-support' : 'decline-peer-support';
    this.journal.tell(
      who,
      `peer-support/${answer}`,
      later(when, 1),
      { by: 'consumer', ...(!accepted && { reason: 'not-now' }) },
      { subject },
    );
  }
  givesSupport(who: Who, when: When): void {
    this.journal.tell(who, 'peer-support/report-support-given', when, {
      kind: 'group',
      words: 'I told them how I got through the first winter.',
    });
  }
}

const lengthOf = (days: number | 'open', [admittedOn]: When) => (days === 'open' ? Math.floor(admittedOn) : days);

export interface StayDetails {
  /** Hours in the ED before the ward. */
  readonly boarding?: number;
  readonly levelOfCare?: 'acute-psychiatric' | 'acute-medical' | 'withdrawal-management';
  readonly transferOn?: number;
  /** Its source never says again that she is there. */
  readonly unconfirmed?: true;
  readonly leavesAt?: string;
  readonly disposition?: string;
  /** Days by which the discharge message came late. */
  readonly lateDischarge?: number;
  readonly number?: string;
}
