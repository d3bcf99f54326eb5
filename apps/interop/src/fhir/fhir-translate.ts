import type { VisitClass } from '#contracts';
import type { ImportCommand, SourceRecord } from '../importer.js';
import { admissionOf, CLASSES, endingOf, STAGES, timesOf, type Stage } from './fhir-encounter.js';
import { addressesOf, contactsOf, deathOf, detailsOf, identifiersOf, languageOf } from './fhir-patient.js';
import type { Encounter, Organization, Patient, Resource } from './fhir-resources.js';
import type { FhirSource } from './fhir-source.js';

type Verdict = { readonly ignored: string } | { readonly refused: string; readonly remedy: string };
type Outcome = { readonly commands: readonly ImportCommand[]; readonly lane?: string } | Verdict;

const patient = (p: Patient & { id: string }, from: FhirSource): Outcome => {
  const person = { identifier: from.record('Patient', p.id) };
  const origin = { ...from.origin(p), person };
  const death = deathOf(p, from.given);
  const language = languageOf(p);
  const send = (command: string, content: object, part = '') => ({
    command: `people/${command}`, body: { ...origin, ...content }, key: `${from.key(p)}|${command}|${part}`, snapshot: true,
  }); // prettier-ignore
  const commands = [
    send('report-person-details', detailsOf(p, from.given)),
    ...identifiersOf(p, from.system).map((one, i) => send('record-identifier', one, String(i))),
    ...addressesOf(p).map((one, i) => send('report-address', one, String(i))),
    ...contactsOf(p).map((one, i) => send('record-contact-point', one, String(i))),
    ...(language ? [send('record-preferred-language', language)] : []),
    ...(death ? [send('report-death', death)] : []),
  ];
  return { commands, lane: p.id };
};

/** Why an Encounter cannot be taken, or what it is a visit of. */
type Told = { readonly visitClass: VisitClass; readonly stage: Stage; readonly personId: string };
const visitIn = (e: Encounter, from: FhirSource): Told | Verdict => {
  const visitClass = CLASSES[e.class?.code ?? ''];
  if (!visitClass) return { ignored: 'an Encounter of this class is no visit to a hospital' };
  const stage = STAGES[e.status ?? ''];
  if (!stage) {
    return {
      refused: 'status is missing or not one of FHIR R4: nothing tells whether the visit is open',
      remedy: 'Send Encounter.status.',
    };
  }
  const personId = from.idIn('Patient', e.subject);
  if (personId !== undefined) return { visitClass, stage, personId };
  return {
    refused: 'subject names no Patient: nothing tells whom it is about',
    remedy: 'Send Encounter.subject as a reference to a Patient.',
  };
};

const placesOf = async (e: Encounter, from: FhirSource) => {
  const organizationId = (await from.placed('Organization', e.serviceProvider)) ?? (await from.itself());
  const at = e.location?.[0]?.location;
  const facilityId = (await from.placed('Location', at)) ?? organizationId;
  return { organizationId, facilityId, ...(at?.display && { place: { kind: 'hospital', raw: at.display.slice(0, 400) } }) };
};

const encounter = async (e: Encounter & { id: string }, from: FhirSource): Promise<Outcome> => {
  const visit = visitIn(e, from);
  if (!('stage' in visit)) return visit;
  const { visitClass, stage, personId } = visit;
  const { facilityId, ...places } = await placesOf(e, from);
  const person = { identifier: from.record('Patient', personId) };
  const origin = { ...from.origin(e), person, subject: { record: from.record('Encounter', e.id) }, ...places };
  const send = (command: string, content: object): ImportCommand => ({
    command: `hospital/${command}`,
    body: { ...origin, ...content },
    key: `${from.key(e)}|${command}`,
    snapshot: true,
  });
  const { start, end } = timesOf(e, from.given);
  const details = visitClass === 'inpatient' ? admissionOf(e) : {};
  const state = send('confirm-visit', { facilityId, class: visitClass, ...details, startedAt: start, open: stage === 'open' });
  const commands: Readonly<Record<Stage, () => readonly ImportCommand[]>> = {
    planned: () => [send('plan-visit', { facilityId, class: visitClass, expectedFrom: start?.start })],
    open: () => [state],
    ended: () => [state, send('report-visit-end', { class: visitClass, ...endingOf(e), ...(end && { occurred: end }) })],
    void: () => [send('cancel-admission', {})],
  };
  return { commands: commands[stage](), lane: personId };
};

const TAKEN: Readonly<Record<string, (resource: Resource & { id: string }, from: FhirSource) => Outcome | Promise<Outcome>>> = {
  Patient: (r, from) => patient(r as Patient & { id: string }, from),
  Encounter: (r, from) => encounter(r as Encounter & { id: string }, from),
  Organization: (r, from) => ({ commands: [from.place(r as Organization & { id: string })] }),
  Location: (r, from) => ({ commands: [from.place(r as Organization & { id: string })] }),
};

type At = { readonly file: string; readonly line: number };
const UNREAD = 'Write one FHIR resource a line.';

/** The record that one line is: its commands, or why there are none. */
export const translate = async (text: string, at: At, from: FhirSource): Promise<SourceRecord> => {
  const resource = parsed(text);
  if (!resource) return { ...at, kind: 'line', refused: 'the line is not one JSON object', remedy: UNREAD };
  if (typeof resource.resourceType !== 'string')
    return { ...at, kind: 'line', refused: 'the line holds no resourceType', remedy: UNREAD };
  const kind = /^[A-Z][A-Za-z]{2,40}$/.test(resource.resourceType) ? resource.resourceType : 'resource of no known type';
  const take = TAKEN[resource.resourceType];
  if (!take) return { ...at, kind, ignored: `${kind} is not one of the resources that are taken` };
  if (typeof resource.id !== 'string' || resource.id === '') {
    return {
      ...at,
      kind,
      refused: 'id is missing: nothing tells this record from others',
      remedy: 'Send each resource with its id.',
    };
  }
  return recordOf(await take({ ...resource, id: resource.id }, from), { ...at, kind }, resource, from);
};

const recordOf = (
  outcome: Outcome,
  at: At & { readonly kind: string },
  resource: Resource,
  { system }: FhirSource,
): SourceRecord => {
  if ('ignored' in outcome) return { ...at, ...outcome, kind: kindOf(resource) };
  if ('refused' in outcome) return { ...at, ...outcome };
  const implausible = outcome.commands.some(({ body }) => /"implausible":true/.test(JSON.stringify(body)));
  return { ...at, scope: system, ...outcome, ...(implausible && { implausible: 1 }) };
};

const kindOf = (resource: Resource): string => {
  const code = (resource as Encounter).class?.code;
  return `Encounter of class ${code && /^[A-Z]{2,8}$/.test(code) ? code : 'unknown'}`;
};

const parsed = (text: string): Resource | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Resource) : undefined;
  } catch {
    return undefined;
  }
};
