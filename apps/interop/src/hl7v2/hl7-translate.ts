import type { SourceRecord } from '../importer.js';
import { TRIGGERS, ofPerson, type Translating } from './hl7-commands.js';
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

interface Parts {
  readonly said: SaidInFile;
  readonly organizationId: (sender: Sender) => Promise<string>;
}
type About = { readonly person: Identifier; readonly visit: Identifier | undefined };

/** Whom, and which visit, a message is about; or why that cannot be told. */
const aboutWhom = (m: Message, trigger: string, system: string): About | Refusal => {
  const wrong = unusable(m, trigger);
  if (wrong) return wrong;
  const person = ownNumber(identifiersIn(m, ['PID', 3], system));
  if (!person) return refuse('PID-3 holds no number: nothing tells whom the message is about', 'Have the sender fill PID-3.');
  const visit = visitIn(m, system, person);
  const asked = TRIGGERS[trigger]?.visit && !TRIGGERS[trigger].begins;
  if (visit || !asked) return { person, visit };
  return refuse('neither PV1-19 nor PV1-44 tells which visit this is about', 'Have the sender fill PV1-19, the visit number.');
};

/** The record that a message is: its commands, or why there are none. */
export const translate = async ({ file, line, segments }: RawMessage, given: Given, parts: Parts): Promise<SourceRecord> => {
  const m = new Message(segments);
  const kind = kindOf(m);
  const at = { file, line, kind };
  const trigger = m.text('MSH', 9, { component: 2 }) ?? '';
  if (m.text('MSH', 9) === undefined)
    return { ...at, ...refuse('MSH-9 is empty: nothing tells what the message means', 'Check that the message is whole.') };
  if (m.text('MSH', 9) !== 'ADT' || !TRIGGERS[trigger])
    return { ...at, ignored: `${kind} is not one of the messages that are taken` };
  const sender = senderOf(m);
  const about = aboutWhom(m, trigger, sender.system);
  if ('refused' in about) return { ...at, ...about };
  const t = await translating(m, { ...about, sender, given }, parts);
  const commands = [...ofPerson(t, /^A(28|31)$/.test(trigger)), ...TRIGGERS[trigger].translate(t)];
  const lies = implausible(m, given);
  const lane = JSON.stringify(about.person);
  return { ...at, commands, scope: sender.scope, lane, afterAll: m.has('MRG'), ...(lies && { implausible: 1 }) };
};

const translating = async (
  m: Message,
  { person, visit, sender, given }: About & { readonly sender: Sender; readonly given: Given },
  { said, organizationId: registered }: Parts,
): Promise<Translating> => {
  const { system } = sender;
  const control = m.text('MSH', 10) ?? '';
  const organizationId = await registered(sender);
  const source = { system, message: control.slice(0, 200) };
  const origin = { person: { identifier: person }, assertedAt: assertedIn(m, given), source, organizationId };
  const saidAlready = (name: string, content: object) => said.repeats(person, name, content);
  return { m, given, system, person, visit, organizationId, origin, control, saidAlready };
};

const implausible = (m: Message, given: Given): boolean =>
  [...HAPPENED, ...PERIOD].some(([segment, field]) => hl7Time(m.text(segment, field), '', given)?.implausible);
