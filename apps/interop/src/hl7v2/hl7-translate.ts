import type { SourceRecord } from '../importer.js';
import { TRIGGERS, mergedPair, ofPerson, type Translating } from './hl7-commands.js';
import { Message } from './hl7-message.js';
import { identifiersIn, ownNumber, type Given, type Identifier } from './hl7-person.js';
import { hl7Time } from './hl7-time.js';
import { assertedIn, HAPPENED, PERIOD, visitIn } from './hl7-visit.js';

/** Segments of one message as they stand in a file. */
export interface RawMessage {
  readonly file: string;
  /** Line of its MSH. */
  readonly line: number;
  readonly segments: readonly string[];
}

export interface Sender {
  /** MSH-3 and MSH-4: `hl7:SIMHOSP/SFAC`. */
  readonly system: string;
  readonly scope: string;
  /** What the organisation is called: MSH-4, else MSH-3. */
  readonly name: string;
}

export const senderOf = (m: Message): Sender => {
  const application = m.text('MSH', 3) ?? '';
  const facility = m.text('MSH', 4) ?? '';
  const system = `hl7:${[application, facility].filter(Boolean).join('/') || 'unnamed'}`.slice(0, 120);
  return { system, scope: `${application}|${facility}`, name: (facility || application || 'Unnamed HL7 sender').slice(0, 200) };
};

/** What a person's last statement in a file was, so that a number or an address repeated with every message is sent once. */
export class SaidInFile {
  private readonly last = new Map<string, string>();
  repeats(person: Identifier, name: string, content: object): boolean {
    const key = JSON.stringify([person, name]);
    const text = JSON.stringify(content);
    if (this.last.get(key) === text) return true;
    if (this.last.size > 200_000) this.last.clear();
    this.last.set(key, text);
    return false;
  }
}

type Refusal = { readonly refused: string; readonly remedy: string };
const refuse = (refused: string, remedy: string): Refusal => ({ refused, remedy });

const UNTYPED = 'message of no known type';
/** The kind of a message by MSH-9: `ADT^A01`. What is not shaped so may be anything, and is not repeated. */
export const kindOf = (m: Message): string => {
  const kind = [m.text('MSH', 9), m.text('MSH', 9, { component: 2 })].filter(Boolean).join('^');
  return /^[A-Z]{3}(\^[A-Z][A-Z0-9]{2})?$/.test(kind) ? kind : UNTYPED;
};

const unusable = (m: Message, trigger: string): Refusal | undefined => {
  if (m.text('MSH', 10) === undefined) return refuse('MSH-10 is empty: without a control id a repeat cannot be told from a new message', 'Have the sender number its messages.');
  if (!m.has('PID')) return refuse('the message has no PID segment: nothing tells whom it is about', 'Check that the message is whole.');
  if (TRIGGERS[trigger]?.visit && !m.has('PV1')) return refuse('the message has no PV1 segment: nothing tells which visit it is about', 'Check that the message is whole.');
  if (/^A(34|40)$/.test(trigger) && !m.has('MRG')) return refuse('the merge has no MRG segment: nothing tells which record is merged', 'Check that the message is whole.');
  return undefined;
}; // prettier-ignore

/** The record that a message is: its commands, or why there are none. */
export const translate = (
  raw: RawMessage,
  given: Given,
  parts: { readonly said: SaidInFile; readonly organizationId: (sender: Sender) => Promise<string> },
): Promise<SourceRecord> => translated(new Message(raw.segments), raw, given, parts);

const translated = async (m: Message, { file, line }: RawMessage, given: Given, parts: Parameters<typeof translate>[2]): Promise<SourceRecord> => {
  const kind = kindOf(m);
  const at = { file, line, kind };
  const trigger = m.text('MSH', 9, { component: 2 }) ?? '';
  if (m.text('MSH', 9) === undefined) return { ...at, ...refuse('MSH-9 is empty: nothing tells what the message means', 'Check that the message is whole.') };
  if (m.text('MSH', 9) !== 'ADT' || !TRIGGERS[trigger]) return { ...at, ignored: `${kind} is not one of the messages that are taken` };
  const wrong = unusable(m, trigger);
  if (wrong) return { ...at, ...wrong };
  const sender = senderOf(m);
  const person = ownNumber(identifiersIn(m, ['PID', 3], sender.system));
  if (!person) return { ...at, ...refuse('PID-3 holds no number: nothing tells whom the message is about', 'Have the sender fill PID-3.') };
  const visit = visitIn(m, sender.system, person);
  if (TRIGGERS[trigger].visit && !visit && !TRIGGERS[trigger].begins) {
    return { ...at, ...refuse('neither PV1-19 nor PV1-44 tells which visit this is about', 'Have the sender fill PV1-19, the visit number.') };
  }
  const control = m.text('MSH', 10) ?? '';
  const organizationId = await parts.organizationId(sender);
  const assertedAt = assertedIn(m, given);
  const origin = { person: { identifier: person }, assertedAt, source: { system: sender.system, message: control.slice(0, 200) }, organizationId };
  const saidAlready = (name: string, content: object) => parts.said.repeats(person, name, content);
  const t: Translating = { m, given, system: sender.system, person, visit, organizationId, origin, control, saidAlready };
  const pairs = /^A(34|40)$/.test(trigger) ? Array.from({ length: m.count('MRG') - 1 }, (_, i) => mergedPair(i + 1)(t)).flat() : [];
  const commands = [...ofPerson(t, /^A(28|31)$/.test(trigger)), ...TRIGGERS[trigger].translate(t), ...pairs];
  const implausible = [...HAPPENED, ...PERIOD].some(([segment, field]) => hl7Time(m.text(segment, field), '', given)?.implausible);
  return { ...at, commands, scope: sender.scope, lane: JSON.stringify(person), ...(implausible && { implausible: 1 }) };
}; // prettier-ignore
