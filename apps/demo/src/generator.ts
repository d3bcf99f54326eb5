import { Chapters, type Person } from './chapters.js';
import type { Draw } from './draw.js';
import type { Journal, Who } from './journal.js';

const GIVEN = ['Alma', 'Andre', 'Bea', 'Carl', 'Celia', 'Dario', 'Dora', 'Edgar', 'Elsa', 'Felix', 'Gina', 'Hal', 'Ines', 'Jonas', 'Kira', 'Leo', 'Lena', 'Marta', 'Milo', 'Nora', 'Otis', 'Paula', 'Quinn', 'Rafael', 'Ruth', 'Silas', 'Tess', 'Uma', 'Victor', 'Wanda', 'Yara', 'Zeke']; // prettier-ignore
const FAMILY = ['Abbott', 'Alvarez', 'Baptiste', 'Becker', 'Cho', 'Corrigan', 'Dawes', 'Dufresne', 'Eklund', 'Farrow', 'Fontaine', 'Gallo', 'Grady', 'Hwang', 'Ibarra', 'Jansen', 'Kowalski', 'Lindgren', 'Mbeki', 'Moreau', 'Nakamura', 'Ortega', 'Pruitt', 'Quist', 'Rahman', 'Sandoval', 'Takacs', 'Ueda', 'Vance', 'Wexler', 'Yildiz', 'Zeller']; // prettier-ignore
const NICKNAMES: Readonly<Record<string, string>> = {
  Andre: 'Dre',
  Celia: 'Ceci',
  Edgar: 'Ed',
  Rafael: 'Rafa',
  Victor: 'Vic',
  Marta: 'Marty',
  Paula: 'Polly',
};

/** What is true of a consumer before anything happens: nobody in the demo sees these numbers. */
interface Temper {
  /** 0 to 2: how often a crisis comes, and how likely it ends in a stay. */
  readonly severity: number;
  readonly peers: boolean;
  readonly homeless: boolean;
}

const YEARS = 5;
const CRISIS_EVERY = [580, 330, 190] as const;
const READMITTED_WITHIN_30 = [0.1, 0.18, 0.3] as const;
/** A first peer contact within seven days lowers the hazard of a readmission in thirty: known truth for analysts. */
export const HAZARD_WITH_CONTACT = 0.7;

const personOf = (draw: Draw): Person => ({
  given: draw.pick(GIVEN),
  family: draw.pick(FAMILY),
  born: `${draw.between(1948, 2006)}-${String(draw.between(1, 12)).padStart(2, '0')}-${String(draw.between(1, 28)).padStart(2, '0')}`,
  sex: draw.pick(['female', 'male']),
});

const clock = (draw: Draw, from: number, to: number) =>
  `${String(draw.between(from, to)).padStart(2, '0')}:${String(draw.between(0, 59)).padStart(2, '0')}`;

/** One consumer's five years: crises come as chance has it, and what follows on them shapes the next. */
class Life {
  private readonly known = new Map<string, Who>();
  private readonly of: Chapters;
  private readonly person: Person;
  private contactsUntil = Infinity;

  constructor(
    private readonly journal: Journal,
    private readonly draw: Draw,
    seed: string,
    private readonly temper: Temper,
  ) {
    this.of = new Chapters(journal, draw.apart('chapters'), seed);
    this.person = personOf(draw);
  }

  tell(): void {
    const { draw, temper } = this;
    let day = draw.between(30, YEARS * 365);
    if (temper.homeless) this.homeless(day + draw.between(5, 60));
    while (day > 2) {
      day = this.crisis(day);
      day -= draw.wait(CRISIS_EVERY[temper.severity]!);
    }
  }

  /** The agency's own record of the person; the first of another agency is linked by a reviewer within days. */
  private at(agency: Who['agency'], day: number): Who {
    const met = this.known.get(agency);
    if (met) return met;
    const [first] = this.known.values();
    const nickname = this.draw.chance(0.15) ? NICKNAMES[this.person.given] : undefined;
    const who = this.of.meet(agency, { ...this.person, ...(nickname && { given: nickname }) }, [day, '08:00']);
    this.known.set(agency, who);
    const linkedOn = day - this.draw.between(1, 9);
    if (first && linkedOn > 0 && !this.draw.chance(0.03)) {
      this.journal.decide('people/link-records', [first, who], [linkedOn, '11:00'], { basis: 'reviewer', score: 0.9 });
    }
    return who;
  }

  /** Returns the day on which it was over. */
  private crisis(day: number): number {
    const { draw, of } = this;
    if (!draw.chance(0.35 + this.temper.severity * 0.15)) {
      of.edVisit(
        this.at('metro', day),
        draw.pick(['metro-north', 'metro-harbor']),
        [day, clock(draw, 0, 23)],
        draw.between(2, 14),
      );
      this.afterwards(day);
      return day;
    }
    const hospital = draw.chance(0.7) ? 'brigid' : 'lakeview';
    const length = Math.min(Math.max(2, Math.round(draw.wait(9))), 60);
    const boarding = draw.chance(0.7) ? draw.between(3, 20) : undefined;
    const late = draw.chance(0.04) ? draw.between(2, 9) : undefined;
    of.stay(this.at(hospital, day), hospital === 'brigid' ? 'brigid-psych' : 'lakeview-main', [day, clock(draw, 6, 22)], length, {
      ...(boarding && { boarding }),
      ...(late && { lateDischarge: late }),
      ...(draw.chance(0.2) && { transferOn: 1 }),
    });
    const left = day - length;
    const reached = left > 0 && this.afterwards(left);
    const hazard = READMITTED_WITHIN_30[this.temper.severity]! * (reached ? HAZARD_WITH_CONTACT : 1);
    return left > 5 && draw.chance(hazard) ? this.crisis(left - draw.between(3, 29)) : left;
  }

  /** What peers do once she is out; true where they reached her within seven days. */
  private afterwards(day: number): boolean {
    const { draw, of, temper } = this;
    if (!temper.peers) return false;
    const peers = this.at('eastside', Math.min(day + 3, YEARS * 365));
    const first = draw.between(0, 14);
    for (let d = 1; d < first; d += 4) of.attempt(peers, [day - d, clock(draw, 9, 17)]);
    const weeks = draw.between(4, 16);
    const until = Math.max(day - first - weeks * 7, 0);
    for (let d = Math.min(day - first, this.contactsUntil); d > until; d -= draw.between(5, 11)) {
      if (draw.chance(0.15)) of.attempt(peers, [d, clock(draw, 9, 17)]);
      else of.contact(peers, [d, clock(draw, 9, 19)]);
    }
    this.contactsUntil = until;
    if (draw.chance(0.1)) of.collateral(peers, [Math.max(day - 10, 1), '16:00']);
    return first <= 7;
  }

  /** Shelter, referral, an own door; and for some of them the loss of it. */
  private homeless(day: number): void {
    const { draw, of } = this;
    const shelter = this.at('harbor', day);
    const nights = draw.between(30, 400);
    const out = day - nights;
    const housed = draw.chance(0.55);
    of.home.enrolment(shelter, 'harbor-shelter', [day], {
      projectType: 0,
      prior: draw.pick([116, 101, 204, 302, 312, 335]),
      ...(out > 0 && { until: [out], destination: housed ? 410 : draw.pick([116, 312, 30, 204]) }),
    });
    if (out < 20 || !housed) return;
    of.home.offerOfHome(shelter, [Math.min(out + 40, day)], true);
    const home = this.at('maple', out + 20);
    const projectType = draw.chance(0.6) ? 3 : 13;
    const ends = out - draw.between(40, 1200);
    const lost = ends > 0 && draw.chance(0.3);
    of.home.enrolment(home, projectType === 3 ? 'maple-psh' : 'maple-rrh', [out + 20], {
      projectType,
      prior: 101,
      ...(lost && { until: [ends], destination: 116 }),
    });
    of.home.voucher(home, [out + 15]);
    of.home.tenancy(home, [out], {
      projectType,
      ...(lost && { until: [ends], reason: draw.pick(['moved-out', 'evicted', 'abandoned']) }),
    });
  }
}

/** Consumers as chance has it, `count` of them, over five years up to today. */
export const tellMany = (journal: Journal, count: number, draw: Draw): void => {
  for (let n = 1; n <= count; n++) {
    const own = draw.apart(`consumer-${n}`);
    const severity = own.pick([0, 0, 1, 1, 2]);
    // Peers go where things are worse: who compares without adjusting for severity is misled, as in life.
    const temper = { severity, peers: own.chance(0.35 + severity * 0.2), homeless: own.chance(0.3 + severity * 0.15) };
    new Life(journal, own, String(n), temper).tell();
  }
};
