import { factCases, type FactRejection, type PersonEvent, type PersonField } from '#contracts';
import {
  decider, labelsOf, reject, restate, standing, standingUnless, type Case, type FactConfirmed, type Outcome, type Recorded, type Said, type Statement,
} from '#kernel'; // prettier-ignore
import { holdsNumber, isEvidence, qualityOf } from './identifier.policy.js';
import {
  changedIn, confirmedBy, isRepeat, momentOf, openBirthYear, overlaid, toldBefore, toldIn, valuesOf,
} from './person-details.policy.js'; // prettier-ignore
import {
  EndContactPoint, EndResponsibleParty, ErasePerson, LiftAccessRestriction, PersonFacts, RecordContactPoint, RecordIdentifier,
  RecordPreferredLanguage, RecordResponsibleParty, ReportAddress, ReportDeath, ReportPersonDetails, ReportRecordDeleted,
  RequestAccessRestriction, ResolveIdentityOverlay, RetireIdentifier, WithdrawDeathReport,
} from './person.commands.js'; // prettier-ignore

/** What has been said of one person, as one agency's system knows them. */
export interface Person {
  readonly details: Said<object>;
  readonly identifiers: Said<object>;
  readonly identifiersRetired: Said<object>;
  readonly contacts: Said<object>;
  readonly contactsEnded: Said<object>;
  readonly addresses: Said<object>;
  readonly languages: Said<object>;
  readonly responsible: Said<object>;
  readonly responsibleEnded: Said<object>;
  readonly overlays: Said<object>;
  readonly overlaysResolved: Said<object>;
  readonly deaths: Said<object>;
  readonly deathsWithdrawn: Said<object>;
  readonly deleted: Said<object>;
  readonly restrictions: Said<object>;
  readonly restrictionsLifted: Said<object>;
  readonly erased: Said<object>;
}
export type PersonRejection = FactRejection | 'overlay-unknown' | 'person-erased' | 'authority-holds-number' | 'nothing-said';

const { when, record, remember, build } = decider<Person, PersonEvent, PersonRejection>();

/** Statements about the same one of several things: the same identifier, the same phone. */
const about = (said: Said<object>, thing: Readonly<Record<string, unknown>>): Said<object> =>
  said.filter(({ data }) =>
    Object.entries(thing).every(
      ([field, value]) => JSON.stringify((data as Record<string, unknown>)[field]) === JSON.stringify(value),
    ),
  );

/** Neither a detail nor a number: a record of it could never be found, or told from another. */
const saysNothing = (report: ReportPersonDetails) =>
  report.person === undefined &&
  !report.cleared?.length &&
  Object.keys(valuesOf(report)).every((field) => field === 'identityLevel');

const describe = (report: ReportPersonDetails, { details }: Person): Outcome<PersonEvent | FactConfirmed, PersonRejection> => {
  if (details.length === 0 && saysNothing(report)) {
    return reject('nothing-said', 'Nothing is told of the person. Add a name, a birth date, or an identifier.', 'names');
  }
  const own = details.filter(({ by }) => by.source.system === report.source.system);
  const told = toldIn(report);
  if (isRepeat(own, report, told)) return [];
  const same = confirmedBy(own, report, told);
  if (same) return [{ type: 'FactConfirmed', data: { repeated: [same.by.id] }, labels: labelsOf(same) }];
  if (details.length === 0) return registered(report);
  const before = toldBefore(own, report);
  const suspect = overlaid(told, before);
  return [
    changed(report, changedIn(told, before)),
    ...(suspect.length < 2 ? [] : [record('IdentityOverlaySuspected', { fields: suspect })]),
  ];
};
const changed = (report: ReportPersonDetails, changedFields: PersonField[]) =>
  record('PersonDetailsChanged', { changedFields, cleared: report.cleared ?? [], values: valuesOf(report) });
const registered = (report: ReportPersonDetails): readonly Recorded<PersonEvent>[] => {
  const birthYear = openBirthYear(report.birthDate, momentOf(report));
  const first = record('PersonRegistered', { identityLevel: report.identityLevel, ...valuesOf(report), birthYear });
  return report.cleared?.length ? [first, changed(report, report.cleared)] : [first];
};

const unlessOpenNumber = <T>({ authority, value }: { readonly authority: string; readonly value: string }, outcome: () => T) =>
  holdsNumber(authority, value)
    ? reject('authority-holds-number', 'The authority holds the number itself; name only who gave it.', 'authority')
    : outcome();

const identity = [
  when(ReportPersonDetails, describe),
  when(RecordIdentifier, (r, { identifiers }) => {
    const { authority, idType, value, tag, quality = qualityOf(r.idType, r.value) } = r;
    const event = record('IdentifierRecorded', {
      authority,
      idType,
      value,
      tag,
      quality,
      usableForMatching: isEvidence(quality),
    });
    return unlessOpenNumber(r, () => restate(about(identifiers, { authority, idType, value }), r, event));
  }),
  when(RetireIdentifier, (r, { identifiersRetired }) => {
    const { authority, idType, value, tag, reason } = r;
    const event = record('IdentifierRetired', { authority, idType, value, tag, reason });
    return unlessOpenNumber(r, () => restate(about(identifiersRetired, { authority, idType, value }), r, event));
  }),
  when(ResolveIdentityOverlay, (r, { overlays, overlaysResolved }) => {
    const { suspectedEventId, resolution } = r;
    if (!overlays.some(({ by }) => by.id === suspectedEventId)) {
      return reject('overlay-unknown', 'No suspicion was recorded under this id.', 'suspectedEventId');
    }
    return restate(
      about(overlaysResolved, { suspectedEventId }),
      r,
      record('IdentityOverlayResolved', { suspectedEventId, resolution }),
    );
  }),
];

const reaching = [
  when(RecordContactPoint, (r, { contacts }) => {
    const { kind, value, okToLeaveMessage, okToText, safeTimes } = r;
    const event = record('ContactPointRecorded', { kind, value, okToLeaveMessage, okToText, safeTimes });
    return restate(about(contacts, { kind, value }), r, event);
  }),
  when(EndContactPoint, (r, { contactsEnded }) => {
    const { kind, value, reason } = r;
    return restate(about(contactsEnded, { kind, value }), r, record('ContactPointEnded', { kind, value, reason }));
  }),
  when(ReportAddress, (r, { addresses }) => {
    const { kind, lines, zip, cocCode } = r;
    const event = record('AddressReported', { kind, lines, zip5: zip?.slice(0, 5), zip3: zip?.slice(0, 3), cocCode });
    return restate(about(addresses, { kind }), r, event);
  }),
  when(RecordPreferredLanguage, (r, { languages }) =>
    restate(languages, r, record('PreferredLanguageRecorded', { language: r.language, interpreterNeeded: r.interpreterNeeded })),
  ),
  when(RecordResponsibleParty, (r, { responsible }) => {
    const { role, name, contact, from, until } = r;
    return restate(
      about(responsible, { role, name }),
      r,
      record('ResponsiblePartyRecorded', { role, name, contact, from, until }),
    );
  }),
  when(EndResponsibleParty, (r, { responsibleEnded }) => {
    const { role, name, until } = r;
    return restate(about(responsibleEnded, { role, name }), r, record('ResponsiblePartyEnded', { role, name, until }));
  }),
];

const ends = [
  when(ReportDeath, (r, { deaths }) => {
    const { reporter, detail } = r;
    return restate(
      about(deaths, { reporter }),
      r,
      record('DeathReported', { reporter, precision: r.occurred?.precision, detail }),
    );
  }),
  when(WithdrawDeathReport, (r, { deathsWithdrawn }) => {
    const { reporter, detail } = r;
    return restate(about(deathsWithdrawn, { reporter }), r, record('DeathReportWithdrawn', { reporter, detail }));
  }),
  when(ReportRecordDeleted, (r, { deleted }) => restate(deleted, r, record('RecordDeletedAtSource', {}))),
  when(RequestAccessRestriction, (r, { restrictions }) => {
    const { scope, categories, organizationIds, reason } = r;
    const event = record('AccessRestrictionRequested', { scope, categories, organizationIds, reason });
    return restate(about(restrictions, { scope, categories, organizationIds }), r, event);
  }),
  when(LiftAccessRestriction, (r, { restrictionsLifted }) => {
    const { scope, categories, organizationIds, reason } = r;
    const event = record('AccessRestrictionLifted', { scope, categories, organizationIds, reason });
    return restate(about(restrictionsLifted, { scope, categories, organizationIds }), r, event);
  }),
];

/** Nothing can be added to what nobody can read any more. */
const untilErased = (one: Case<Person, PersonEvent, PersonRejection>): Case<Person, PersonEvent, PersonRejection> => ({
  command: one.command,
  run: (command, state) =>
    state.erased.length > 0
      ? reject('person-erased', 'This person was erased. Register them anew if they consent.')
      : one.run(command, state),
});
const erasure = when(ErasePerson, (_, { erased }) => (erased.length > 0 ? [] : [record('PersonErased', {})]));

/** A person, as one agency's system knows them; the stream's id is the person's. */
export const person = build({
  category: 'person',
  initial: {
    details: [], identifiers: [], identifiersRetired: [], contacts: [], contactsEnded: [], addresses: [], languages: [], responsible: [],
    responsibleEnded: [], overlays: [], overlaysResolved: [], deaths: [], deathsWithdrawn: [], deleted: [], restrictions: [],
    restrictionsLifted: [], erased: [],
  }, // prettier-ignore
  cases: [...[...identity, ...reaching, ...ends, ...factCases<Person>(PersonFacts)].map(untilErased), erasure],
  evolve: remember({
    PersonRegistered: 'details',
    PersonDetailsChanged: 'details',
    IdentifierRecorded: 'identifiers',
    IdentifierRetired: 'identifiersRetired',
    ContactPointRecorded: 'contacts',
    ContactPointEnded: 'contactsEnded',
    AddressReported: 'addresses',
    PreferredLanguageRecorded: 'languages',
    ResponsiblePartyRecorded: 'responsible',
    ResponsiblePartyEnded: 'responsibleEnded',
    IdentityOverlaySuspected: 'overlays',
    IdentityOverlayResolved: 'overlaysResolved',
    DeathReported: 'deaths',
    DeathReportWithdrawn: 'deathsWithdrawn',
    RecordDeletedAtSource: 'deleted',
    AccessRestrictionRequested: 'restrictions',
    AccessRestrictionLifted: 'restrictionsLifted',
    PersonErased: 'erased',
  }),
});

/** Suspicions that wait for a person: until then, the facts of the visit that came with them do too. */
export const overlaysToReview = ({ overlays, overlaysResolved }: Person): readonly Statement<object>[] =>
  overlays.filter(
    ({ by, withdrawn }) => withdrawn === undefined && !standing(about(overlaysResolved, { suspectedEventId: by.id })),
  );

/** The death that stands, if one is reported and was not taken back since. */
export const deathOf = ({ deaths, deathsWithdrawn }: Person) => standingUnless(deaths, deathsWithdrawn);
