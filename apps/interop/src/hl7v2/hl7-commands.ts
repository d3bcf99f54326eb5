import type { Answer } from '#contracts';
import type { ImportCommand } from '../importer.js';
import type { Told } from '../when.js';
import type { Message } from './hl7-message.js';
import {
  addressesIn,
  contactsIn,
  deathIn,
  detailsIn,
  identifiersIn,
  languageIn,
  ownNumber,
  type Given,
  type Identifier,
} from './hl7-person.js';
import { admissionIn, authorityOf, bedIn, began, classIn, diagnosesIn, dispositionIn, ended, endedAt, happened, numberIn, placeIn, reasonIn, startedAt } from './hl7-visit.js'; // prettier-ignore

/** What a message leads to: the same for every command of it. */
export interface Translating {
  readonly m: Message;
  readonly given: Given;
  /** MSH-3 and MSH-4, as the name of the source. */
  readonly system: string;
  readonly person: Identifier;
  readonly visit: Identifier | undefined;
  readonly organizationId: string;
  /** What every body has: who says so, when, of whom. */
  readonly origin: object;
  /** MSH-10. */
  readonly control: string;
  /** Whether this, under this name, is what was last said of the person in this file. */
  readonly saidAlready: (name: string, content: object) => boolean;
}

const send = ({ control }: Translating, command: string, body: ImportCommand['body'], part = ''): ImportCommand => ({
  command,
  body,
  key: `${control}|${command.split('/')[1]}${part && `|${part}`}`,
});

const aboutPerson = (t: Translating, command: string, content: object, part = ''): readonly ImportCommand[] =>
  t.saidAlready(`${command}|${part}`, content) ? [] : [send(t, command, { ...t.origin, ...content }, part)];

/** Whom the message is about: who they are, by which numbers they are known, how they can be reached, and whether they died. */
export const ofPerson = (t: Translating, always = false): readonly ImportCommand[] => {
  const { m, given, system } = t;
  const details = detailsIn(m, given);
  const language = languageIn(m);
  const death = deathIn(m, given);
  const known = t.saidAlready('details', details) && !always;
  return [
    ...(known ? [] : [send(t, 'people/report-person-details', { ...t.origin, ...details })]),
    ...identifiersIn(m, ['PID', 3], system).flatMap(({ authority, type, value }) =>
      aboutPerson(t, 'people/record-identifier', { authority, idType: type, value }, `${authority}|${type}|${value}`),
    ),
    ...addressesIn(m).flatMap((address, i) => aboutPerson(t, 'people/report-address', address, String(i))),
    ...contactsIn(m).flatMap((contact, i) => aboutPerson(t, 'people/record-contact-point', contact, String(i))),
    ...(language ? aboutPerson(t, 'people/record-preferred-language', language) : []),
    ...(death ? aboutPerson(t, 'people/report-death', death) : []),
  ];
};

/** Whether a date lies ahead depends on the day of the import, which must not change what a repeated message says: the door marks it. */
const asSent = ({ implausible, ...at }: Told) => (at.asSent === undefined ? at : { ...at, implausible });

/** Bodies about the visit; `occurred` is left out where the message tells no time. */
const ofVisit = (t: Translating, command: string, content: object, occurred?: Told): ImportCommand =>
  send(t, `hospital/${command}`, {
    ...t.origin,
    ...placeIn(t.m),
    ...(t.visit && { subject: { record: t.visit } }),
    ...(occurred && { occurred: asSent(occurred) }),
    ...content,
  });
const diagnoses = (t: Translating): readonly ImportCommand[] =>
  diagnosesIn(t.m).map((diagnosis, i) => {
    const { command, body, key } = ofVisit(t, 'report-visit-diagnosis', diagnosis);
    return { command, body, key: `${key}|${i}` };
  });

type Translate = (t: Translating) => readonly ImportCommand[];
const facility = (t: Translating) => ({ facilityId: t.organizationId, ...numberIn(t.m) });

const admission: Translate = (t) => [
  ofVisit(t, 'report-admission', { ...facility(t), ...admissionIn(t.m), ...bedIn(t.m) }, began(t.m, t.given)),
];
const edVisit: Translate = (t) => [ofVisit(t, 'report-ed-visit', { ...facility(t), ...reasonIn(t.m) }, began(t.m, t.given))];
const observation: Translate = (t) => [
  ofVisit(t, 'report-observation', { ...facility(t), ...bedIn(t.m), ...reasonIn(t.m) }, began(t.m, t.given)),
];
const plan: Translate = (t) => [
  ofVisit(t, 'plan-visit', { ...facility(t), ...reasonIn(t.m), class: 'preadmit', expectedFrom: startedAt(t.m, t.given)?.start }),
];
const outpatient: Translate = (t) => [ofVisit(t, 'report-class-change', { to: 'outpatient' }, began(t.m, t.given))];
const STARTS = { inpatient: admission, emergency: edVisit, observation, outpatient, preadmit: plan } as const;

const admitted: Translate = (t) => {
  const told = classIn(t.m);
  const start = told === 'emergency' || told === 'observation' ? STARTS[told] : admission;
  return [...start(t), ...diagnoses(t)];
};
const registered: Translate = (t) => [...STARTS[classIn(t.m) ?? 'outpatient'](t), ...diagnoses(t)];
const left: Translate = (t) => [
  ofVisit(t, 'report-visit-end', { class: classIn(t.m), ...dispositionIn(t.m) }, ended(t.m, t.given)),
  ...diagnoses(t),
];
const moved: Translate = (t) => {
  const from = bedIn(t.m, 6);
  return [ofVisit(t, 'report-transfer', { ...bedIn(t.m), fromUnit: from.unit, fromBed: from.bed }, happened(t.m, t.given))];
};
const toOutpatient: Translate = (t) => {
  const to = classIn(t.m);
  return [
    ofVisit(t, 'report-class-change', { to: to === undefined || to === 'inpatient' ? 'outpatient' : to }, happened(t.m, t.given)),
  ];
};
/** An outpatient or ED visit becomes a stay; under a new number (MRG-5 has the old one) the old visit goes on as the new. */
const toInpatient: Translate = (t) => {
  const [before] = identifiersIn(t.m, ['MRG', 5], t.system);
  const start = ofVisit(t, 'report-admission', { ...facility(t), ...admissionIn(t.m), ...bedIn(t.m) }, happened(t.m, t.given));
  if (!before || before.value === t.visit?.value) return [start];
  const old = { record: { authority: authorityOf(before, t.system), type: 'VN', value: before.value } };
  const continued = (answers: readonly Answer[]) => ({
    ...t.origin,
    subject: old,
    toVisitId: idOf(answers.findLast(({ streamId }) => streamId.startsWith('visit-'))),
    basis: 'class-change-with-new-number',
  });
  return [start, send(t, 'hospital/report-visit-continued', continued)];
};
const idOf = (answer: Answer | undefined) => answer?.streamId.slice(answer.streamId.indexOf('-') + 1);

const updated: Translate = (t) => {
  const told = classIn(t.m);
  if (!told) return [];
  const { asSent: _, ...details } = admissionIn(t.m) as { asSent?: string };
  const at = { startedAt: startedAt(t.m, t.given), endedAt: endedAt(t.m, t.given) };
  return [ofVisit(t, 'confirm-visit', { ...facility(t), class: told, ...details, ...bedIn(t.m), ...at }), ...diagnoses(t)];
};

/** The numbers in each MRG were further ones of the person in the PID before it: two records, one person. */
const merged: Translate = (t) =>
  Array.from({ length: t.m.count('MRG') }, (_, pair) => {
    const surviving = ownNumber(identifiersIn(t.m, ['PID', 3], t.system, pair)) ?? t.person;
    return identifiersIn(t.m, ['MRG', 1], t.system, pair).flatMap((old, i) => linked(t, [old, surviving], `${pair}|${i}`));
  }).flat();

/** Each number is recorded for whom it names, so that both records have an id; then the two are linked. */
const linked = (t: Translating, pair: readonly [Identifier, Identifier], part: string): readonly ImportCommand[] => {
  const named = pair.map((identifier, i) => {
    const { authority, type, value } = identifier;
    const body = { ...t.origin, person: { identifier }, authority, idType: type, value };
    return send(t, 'people/record-identifier', body, `merge|${part}|${i}`);
  });
  const { person: _, ...origin } = t.origin as { readonly person?: object };
  const link = (answers: readonly Answer[]) => ({
    ...origin,
    personIds: answers.slice(-2).map(({ personId }) => personId),
    basis: 'source-merge',
  });
  return [...named, send(t, 'people/link-records', link, part)];
};

const visitMoved: Translate = (t) => {
  const named = identifiersIn(t.m, ['MRG', 5], t.system)[0];
  const record = named ? { authority: authorityOf(named, t.system), type: 'VN', value: named.value } : t.visit;
  return [send(t, 'hospital/move-visit', { ...t.origin, subject: { record } })];
};

export interface Trigger {
  /** About a visit: PV1 is asked for, with a number or an admit time. */
  readonly visit: boolean;
  /** A visit without any number may begin, and is then known only by the message that told it. */
  readonly begins?: true;
  readonly translate: Translate;
}
const nothing: Translate = () => [];

/** Trigger events of MSH-9 (never EVN-1) that are taken; every other one is ignored, by name. */
export const TRIGGERS: Readonly<Record<string, Trigger>> = {
  A01: { visit: true, begins: true, translate: admitted },
  A02: { visit: true, translate: moved },
  A03: { visit: true, translate: left },
  A04: { visit: true, begins: true, translate: registered },
  A05: { visit: true, begins: true, translate: plan },
  A06: { visit: true, begins: true, translate: toInpatient },
  A07: { visit: true, translate: toOutpatient },
  A08: { visit: false, translate: (t) => (t.visit ? updated(t) : []) },
  A11: { visit: true, translate: (t) => [ofVisit(t, 'cancel-admission', {})] },
  A13: { visit: true, translate: (t) => [ofVisit(t, 'cancel-discharge', {})] },
  A28: { visit: false, translate: nothing },
  A31: { visit: false, translate: nothing },
  A34: { visit: false, translate: merged },
  A40: { visit: false, translate: merged },
  A45: { visit: true, translate: visitMoved },
};
