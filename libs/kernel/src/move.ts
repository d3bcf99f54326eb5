import { fold, type Class, type Decider } from './decider.js';
import type { AnyEvent, Envelope } from './envelope.js';
import type { EventRelabelled, FactCorrected, Said, StatementAttached } from './statement.js';

type Fact = Envelope & AnyEvent;
type Fields = Readonly<Record<string, unknown>>;

/** The command that tells again what an event told, with its body where that names the fields otherwise; null where the event stays behind. */
export type ToldAgain = Class<object> | { readonly command: Class<object>; readonly body: (data: Fields) => object } | null;

/** A kind of stream that can be moved to the right person. */
export interface Movable {
  readonly decider: Decider<never, AnyEvent>;
  /** Asks for a move: the stream is its subject, the right person its person. */
  readonly move: Class<object>;
  /** Says on the new stream where it came from, and the event that this is recorded as. */
  readonly here: { readonly command: Class<object>; readonly event: string; readonly from: string };
  /** Takes back on the old stream all that was said there. */
  readonly away: { readonly command: Class<object>; readonly event: string };
  readonly toldBy: Readonly<Record<string, ToldAgain>>;
  /** The commands about single facts of the stream. */
  readonly amend: { readonly Correct: Class<object>; readonly Relabel: Class<object>; readonly Attach: Class<object> };
}

/** A kind of stream that can be moved: an event of its decider that is neither told again nor left behind does not compile. */
export const movable = <S, E extends AnyEvent, R extends string>(
  spec: Omit<Movable, 'decider' | 'toldBy'> & {
    readonly decider: Decider<S, E, R>;
    readonly toldBy: { readonly [T in E['type']]: ToldAgain };
  },
): Movable => spec as unknown as Movable;

/** Who says that it is of another person, and when. */
export type MoveOrigin = Pick<Envelope, 'source' | 'assertedAt' | 'asserted' | 'organizationId'>;

/** One command of a move, under a key that follows from what it repeats. */
export interface MoveStep {
  readonly command: Class<object>;
  readonly body: Fields;
  readonly key: string;
  readonly causationId?: string;
  /** The fact that it tells again, by the event that first told it on the old stream. */
  readonly tells?: { readonly root: string; readonly type: string };
  /** The fact that it amends, and the field that names the event that now tells it. */
  readonly about?: { readonly root: string; readonly field: string };
}

/** The id within a stream id. */
export const idIn = (streamId: string): string => streamId.slice(streamId.indexOf('-') + 1);
/** The event that says that a stream was moved here, if it was. */
export const arrivalIn = ({ here }: Movable, stream: readonly Fact[]): Fact | undefined =>
  stream.find(({ type }) => type === here.event);
/** The id of the stream that this one was moved from, if it was. */
export const movedFrom = (kind: Movable, stream: readonly Fact[]): string | undefined =>
  (arrivalIn(kind, stream)?.data as Readonly<Record<string, string>> | undefined)?.[kind.here.from];

/** The origin and the clocks with which something was said: told again elsewhere, it keeps them. */
const saidBy = ({ occurred, assertedAt, asserted, source, organizationId, programId, siteId, place, performers }: Fact) => ({
  occurred: occurred && withoutPrecision(occurred),
  ...{ assertedAt, asserted, source, organizationId, programId, siteId, place, performers },
});
/** A door tells the precision by the length of the text. */
const withoutPrecision = ({ precision: _, ...told }: NonNullable<Envelope['occurred']>) => told;
const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

const retold = (entry: NonNullable<ToldAgain>, data: object) =>
  'command' in entry ? { command: entry.command, body: entry.body(data as Fields) } : { command: entry, body: data };

/** What an event about a fact says of it. */
const amendmentIn = ({ amend }: Movable, { type, data, supersedes }: Fact) => {
  const target = supersedes?.eventId;
  if (type === 'FactCorrected') {
    const { changed, changedPrivately } = data as FactCorrected['data'];
    return { command: amend.Correct, target, field: 'eventId', said: { changed: { ...changed, ...changedPrivately } } };
  }
  if (type === 'EventRelabelled') {
    const { labels } = data as EventRelabelled['data'];
    return { command: amend.Relabel, target, field: 'eventId', said: { labels } };
  }
  if (type !== 'StatementAttached') return undefined;
  const { aboutEventId, text } = data as StatementAttached['data'];
  return { command: amend.Attach, target: aboutEventId, field: 'aboutEventId', said: { text } };
};

/**
 * The commands that write a stream whole for the right person: all that stands on it, in the order in which it was
 * recorded and with its own clocks and sources, what was said about those facts, and last where it came from. What was
 * withdrawn stays behind.
 */
export const stepsHere = (kind: Movable, old: readonly Fact[], origin: MoveOrigin): readonly MoveStep[] => {
  const [first] = old;
  if (!first) return [];
  const from = idIn(first.streamId);
  const said = (Object.values(fold(kind.decider, old)).filter(Array.isArray) as Said<object>[]).flat();
  const facts = said.filter(({ withdrawn }) => withdrawn === undefined).sort((a, b) => a.by.position - b.by.position);
  const told = facts.flatMap(({ root, by, data }): readonly MoveStep[] => {
    const type = old.find(({ id }) => id === root)?.type ?? by.type;
    const entry = kind.toldBy[type];
    if (!entry) return [];
    const { command, body } = retold(entry, data);
    const key = `move|${from}|${by.id}|${root}`;
    return [{ command, body: present({ ...body, ...saidBy(by as Fact) }), key, causationId: by.id, tells: { root, type } }];
  });
  const rootOf = (id: string | undefined) => facts.find(({ by }) => by.id === id)?.root;
  const amended = old.flatMap((event): readonly MoveStep[] => {
    const amendment = amendmentIn(kind, event);
    const root = rootOf(amendment?.target);
    if (!amendment || root === undefined) return [];
    const { command, said: body, field } = amendment;
    const key = `move|${from}|${event.id}`;
    return [{ command, body: present({ ...body, ...saidBy(event) }), key, causationId: event.id, about: { root, field } }];
  });
  const arrival = arrivalIn(kind, old)?.data as { readonly firstRecordedAt?: string } | undefined;
  const since = { [kind.here.from]: from, firstRecordedAt: arrival?.firstRecordedAt ?? first.recordedAt };
  const here = { command: kind.here.command, body: present({ ...origin, ...since }), key: `move|${from}` };
  return [...told, ...amended, here];
};

/** The last command of a move: what was another person's is taken back from where it stood. */
export const stepAway = ({ away }: Movable, from: string, origin: MoveOrigin): MoveStep => ({
  command: away.command,
  body: present({ ...origin }),
  key: `move-away|${from}`,
});
