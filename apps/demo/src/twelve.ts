import { Chapters, type Person } from './chapters.js';
import type { Draw } from './draw.js';
import type { Journal, When, Who } from './journal.js';

interface Telling {
  readonly of: Chapters;
  readonly journal: Journal;
}
/** Weekly contacts, with an attempt now and then. */
const weekly = (of: Chapters, who: Who, from: number, until: number, every = 7) => {
  for (let d = from, n = 1; d >= until; d -= every, n++) {
    if (n % 6 === 0) of.attempt(who, [d, '15:40']);
    else of.contact(who, [d, n % 2 ? '14:00' : '10:30']);
  }
};
const linked = ({ journal }: Telling, pair: readonly [Who, Who], when: When) =>
  journal.decide('people/link-records', pair, when, {
    basis: 'reviewer',
    fieldAgreements: [
      { field: 'name', agreement: 'close' },
      { field: 'birthDate', agreement: 'same' },
    ],
    score: 0.93,
  });

/** Fourteen months from hospital to an own door: a missed first contact, a second stay, then peers from day 2, an offer, a move-in. */
const rosa = (t: Telling) => {
  const { of } = t;
  const person: Person = { given: 'Rosa', family: 'Marin', born: '1992-04-03', sex: 'female' };
  const hospital = of.meet('brigid', person, [425, '16:00']);
  of.stay(hospital, 'brigid-psych', [425, '16:00'], 12, { boarding: 9 });
  const shelter = of.meet('harbor', { ...person, given: 'Rosie' }, [412]);
  linked(t, [hospital, shelter], [398, '11:00']);
  of.home.enrolment(shelter, 'harbor-shelter', [412], { projectType: 0, prior: 204, until: [262], destination: 410 });
  const er = of.meet('metro', person, [396, '23:10']);
  linked(t, [hospital, er], [394, '09:00']);
  of.edVisit(er, 'metro-harbor', [396, '23:10'], 6);
  const peers = of.meet('eastside', person, [392, '14:00']);
  linked(t, [hospital, peers], [391, '15:00']);
  of.contact(peers, [392, '14:00'], ['in-person', 'shelter'], 'Met at the shelter, left my number.');
  of.attempt(peers, [380, '15:00'], 'not-found-there');
  of.edVisit(er, 'metro-harbor', [371, '02:30'], 4);
  of.edVisit(er, 'metro-north', [352, '19:45'], 5);
  of.stay(hospital, 'brigid-psych', [340, '05:15'], 6, { boarding: 7, lateDischarge: 5 });
  of.offer(peers, [336, '13:00'], true);
  of.contact(peers, [332, '15:30'], ['in-person', 'shelter'], 'Day two after leaving: coffee, and the first plan.');
  weekly(of, peers, 326, 4);
  of.collateral(peers, [300, '17:00']);
  of.home.offerOfHome(shelter, [310], true);
  const home = of.meet('maple', person, [285]);
  linked(t, [hospital, home], [284, '10:00']);
  of.home.enrolment(home, 'maple-psh', [285], { projectType: 3, prior: 101 });
  of.home.voucher(home, [281]);
  of.home.tenancy(home, [262], { projectType: 3 });
  for (const d of [120, 90, 60, 30]) of.givesSupport(peers, [d, '18:30']);
};

/** The same start as Rosa's, and nobody came. */
const dale = (t: Telling) => {
  const { of } = t;
  const person: Person = { given: 'Dale', family: 'Whitlock', born: '1985-01-30', sex: 'male' };
  const hospital = of.meet('brigid', person, [424, '17:00']);
  of.stay(hospital, 'brigid-psych', [424, '17:00'], 11, { boarding: 8 });
  const shelter = of.meet('harbor', person, [412]);
  linked(t, [hospital, shelter], [400, '11:00']);
  of.home.enrolment(shelter, 'harbor-shelter', [412], { projectType: 0, prior: 204, until: [330], destination: 30 });
  const er = of.meet('metro', person, [390, '03:00']);
  linked(t, [hospital, er], [388, '10:00']);
  for (const d of [390, 371, 360, 331, 322, 290, 244, 203, 160, 118, 61, 24]) of.edVisit(er, 'metro-harbor', [d, '22:40'], 5);
  of.stay(hospital, 'brigid-psych', [355, '04:00'], 9, { boarding: 11 });
  of.stay(hospital, 'lakeview-main', [240, '12:00'], 21);
  of.stay(hospital, 'brigid-psych', [57, '06:00'], 8, { boarding: 10 });
  of.home.situation(shelter, [200], 116);
};

/** Peers came on day one and every week, and things went wrong all the same. */
const imani = (t: Telling) => {
  const { of } = t;
  const person: Person = { given: 'Imani', family: 'Okafor', born: '1998-11-12', sex: 'female' };
  const hospital = of.meet('lakeview', person, [380, '12:00']);
  of.stay(hospital, 'lakeview-main', [380, '12:00'], 18);
  const peers = of.meet('eastside', person, [364, '14:00']);
  linked(t, [hospital, peers], [363, '09:00']);
  of.offer(peers, [364, '14:00'], true);
  of.contact(peers, [361, '11:00'], ['in-person', 'home']);
  weekly(of, peers, 354, 3);
  of.stay(hospital, 'lakeview-main', [300, '20:00'], 14, { boarding: 6 });
  of.stay(hospital, 'brigid-psych', [150, '02:00'], 10, { boarding: 12 });
  const home = of.meet('maple', person, [260]);
  linked(t, [hospital, home], [259, '10:00']);
  of.home.enrolment(home, 'maple-rrh', [260], { projectType: 13, prior: 313, until: [120], destination: 422 });
  of.home.tenancy(home, [250], { projectType: 13, until: [210], reason: 'lease-ended', knownHow: 'landlord' });
};

/** A discharge that arrived five days late, an admission and a discharge that were cancelled. */
const walter = ({ of, journal }: Telling) => {
  const person: Person = { given: 'Walter', family: 'Ames', born: '1961-07-08', sex: 'male' };
  const who = of.meet('brigid', person, [30, '08:00']);
  of.stay(who, 'brigid-psych', [30, '08:00'], 8, { lateDischarge: 5 });
  const wrong = of.stay(who, 'brigid-general', [15, '09:00'], 'open', {
    number: 'V-walter-wrong',
    unconfirmed: true,
    levelOfCare: 'acute-medical',
  });
  journal.tell(who, 'hospital/cancel-admission', [15, '09:45'], { occurred: undefined }, { subject: wrong });
  const open = of.stay(who, 'brigid-psych', [9, '21:00'], 4, { number: 'V-walter-open' });
  journal.tell(who, 'hospital/cancel-discharge', [5, '18:00'], { occurred: undefined }, { subject: open });
};

/** ED boarding over midnight and over the night in which the clocks went back. */
const june = ({ of, journal }: Telling, fallBack: number) => {
  const person: Person = { given: 'June', family: 'Tallis', born: '1979-02-21', sex: 'female' };
  const who = of.meet('metro', person, [fallBack + 1, '22:50']);
  of.stay(who, 'metro-north', [fallBack + 1, '22:50'], 5, { boarding: 8, leavesAt: '16:00' });
  const peers = of.meet('eastside', person, [fallBack - 6, '20:30']);
  linked({ of, journal }, [who, peers], [Math.max(fallBack - 7, 0), '09:00']);
  of.contact(peers, [Math.max(fallBack - 11, 1), '20:30'], ['in-person', 'home']);
};

/** A transfer to another hospital and a return, which are one episode. */
const henry = ({ of, journal }: Telling) => {
  const person: Person = { given: 'Henry', family: 'Castellano', born: '1955-10-17', sex: 'male' };
  const brigid = of.meet('brigid', person, [95, '10:00']);
  const lakeview = of.meet('lakeview', person, [91, '12:00']);
  linked({ of, journal }, [brigid, lakeview], [90, '10:00']);
  of.stay(brigid, 'brigid-general', [95, '10:00'], 4, {
    levelOfCare: 'acute-medical',
    disposition: 'psychiatric-hospital',
    leavesAt: '11:00',
    transferOn: 2,
  });
  of.stay(lakeview, 'lakeview-main', [91, '12:00'], 15, { leavesAt: '15:00' });
  of.stay(lakeview, 'lakeview-main', [74, '19:00'], 12);
};

/** Twins of one address: somebody linked them, somebody noticed, and it must stay so. */
const twins = ({ of, journal }: Telling) => {
  const [ada, ida] = [
    { given: 'Ada', family: 'Lindqvist', born: '1990-06-01', sex: 'female' },
    { given: 'Ida', family: 'Lindqvist', born: '1990-06-01', sex: 'female' },
  ] as const;
  const first = of.meet('brigid', ada, [210, '09:00']);
  of.stay(first, 'brigid-psych', [210, '09:00'], 7);
  const second = of.meet('eastside', ida, [195, '10:00']);
  weekly(of, second, 195, 100, 14);
  journal.decide('people/link-records', [first, second], [190, '10:00'], {
    basis: 'reviewer',
    fieldAgreements: [
      { field: 'birthDate', agreement: 'same' },
      { field: 'address', agreement: 'same' },
    ],
    score: 0.71,
  });
  journal.decide('people/unlink-records', [first, second], [170, '16:00'], { reason: 'not-the-same-person' });
  journal.decide('people/declare-records-different', [first, second], [170, '16:05'], { reason: 'twins' });
};

/** Came in without a name, and got it back on the third day. */
const unknownDoe = ({ of, journal }: Telling) => {
  const er = of.meet('metro', { given: 'Unknown', family: 'Doe', alias: 'Unknown Doe' }, [64, '01:20']);
  of.stay(er, 'metro-harbor', [64, '01:20'], 6, { boarding: 10 });
  const brigid = of.meet('brigid', { given: 'Samir', family: 'Haddad', born: '1974-12-05', sex: 'male' }, [61, '09:00']);
  linked({ of, journal }, [er, brigid], [61, '12:00']);
  of.stay(brigid, 'brigid-psych', [58, '10:00'], 9);
};

/** Two records of one person: nickname, and day and month of birth the other way round. */
const nickname = ({ of, journal }: Telling) => {
  const shelter = of.meet('harbor', { given: 'Bill', family: 'Novak', born: '1968-03-09', sex: 'male' }, [500]);
  const hospital = of.meet('lakeview', { given: 'William', family: 'Novak', born: '1968-09-03', sex: 'male' }, [450, '13:00']);
  linked({ of, journal }, [shelter, hospital], [430, '10:00']);
  of.home.enrolment(shelter, 'harbor-shelter', [500], { projectType: 0, prior: 116, until: [455], destination: 204 });
  of.stay(hospital, 'lakeview-main', [455, '13:00'], 30, { leavesAt: '10:00' });
};

/** Enrolled is not moved in; then moved in, and the date was set right afterwards. */
const teresa = ({ of }: Telling) => {
  const home = of.meet('maple', { given: 'Teresa', family: 'Bloom', born: '1988-05-25', sex: 'female' }, [240]);
  of.home.enrolment(home, 'maple-psh', [240], { projectType: 3, prior: 118 });
  of.home.tenancy(home, [170], { projectType: 3, corrected: [184] });
};

/** Left the unit after forty days; the next tenant moved into the same one. */
const fortyDays = ({ of }: Telling) => {
  const first = of.meet('maple', { given: 'Marcus', family: 'Oyelaran', born: '1993-08-14', sex: 'male' }, [200]);
  of.home.enrolment(first, 'maple-rrh', [200], { projectType: 13, prior: 116, until: [150], destination: 116 });
  of.home.tenancy(first, [192], { projectType: 13, until: [152], reason: 'abandoned', knownHow: 'visit' });
};

/** In hospital today, and known there; the shelter has not been heard of for weeks. */
const inNow = ({ of, journal }: Telling) => {
  const person: Person = { given: 'Nadia', family: 'Petrov', born: '2001-01-19', sex: 'female' };
  const hospital = of.meet('brigid', person, [3, '11:00']);
  const peers = of.meet('eastside', person, [60, '11:00']);
  linked({ of, journal }, [hospital, peers], [2, '09:00']);
  weekly(of, peers, 60, 4);
  of.stay(hospital, 'brigid-psych', [3, '11:00'], 'open', { boarding: 5 });
  of.contact(peers, [1, '16:00'], ['in-person', 'hospital'], 'Visited on the ward; will be there on the way home.');
};

/** Days from today back to the last Sunday on which the clocks of Detroit went back: the first one of a November. */
const daysSinceFallBack = (today: string): number => {
  const end = Date.parse(today);
  for (const year of [Number(today.slice(0, 4)), Number(today.slice(0, 4)) - 1]) {
    const first = new Date(Date.UTC(year, 10, 1));
    const sunday = Date.UTC(year, 10, 1 + ((7 - first.getUTCDay()) % 7));
    if (sunday <= end) return Math.round((end - sunday) / 86_400_000);
  }
  return 0;
};

/** The twelve people of the demo who are told by hand. */
export const tellTwelve = (journal: Journal, today: string, draw: Draw): void => {
  const stories: readonly [string, (telling: Telling) => void][] = [
    ['rosa', rosa],
    ['dale', dale],
    ['imani', imani],
    ['walter', walter],
    ['june', (t) => june(t, daysSinceFallBack(today))],
    ['henry', henry],
    ['twins', twins],
    ['doe', unknownDoe],
    ['nickname', nickname],
    ['teresa', teresa],
    ['forty-days', fortyDays],
    ['in-now', inNow],
  ];
  for (const [name, tell] of stories) tell({ journal, of: new Chapters(journal, draw.apart(name), name) });
};
