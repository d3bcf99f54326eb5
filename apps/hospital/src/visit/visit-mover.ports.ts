import type { ExternalIdentifier } from '#contracts';
import { opener, type EventStore } from '#event-store';
import type { Identifiers } from '#identifiers';
import type { Keys } from '#keys';
import { Problem, type CommandDoor, type CommandRegistry } from '#nest';
import { VisitMover, type MovePorts, type MoveVisit } from './visit-mover.js';

interface Parts {
  readonly store: EventStore;
  readonly keys: Keys;
  readonly identifiers: Identifiers;
  readonly door: CommandDoor;
  readonly registry: CommandRegistry;
  readonly enteredBy: string;
}

/** The visit at the right person, as a record of its own: reserved once, whoever asks and however often. */
const moved = (fromVisitId: string, personId: string): ExternalIdentifier => ({
  authority: 'throughline',
  type: 'moved-visit',
  value: `${fromVisitId}|${personId}`,
});

/** A move's ports on the parts of a composed process. */
export const movePorts = ({ store, keys, identifiers, door, registry, enteredBy }: Parts): MovePorts => {
  const openPage = opener(keys);
  const tag = ({ authority, type, value }: ExternalIdentifier) => identifiers.tag(authority, type, value);
  const records = new Map<string, ExternalIdentifier>();
  return {
    read: async (streamId) => openPage(await store.readStream(streamId)),
    find: (record) => identifiers.find(tag(record)),
    personOf: (identifier) => identifiers.reserve(tag(identifier), 'person'),
    async newVisit(fromVisitId, personId) {
      const record = moved(fromVisitId, personId);
      const id = await identifiers.reserve(tag(record), 'stream');
      records.set(id, record);
      return id;
    },
    point: (record, visitId) => identifiers.point(tag(record), visitId, 'stream'),
    send({ command, body, key, causationId }, visitId) {
      const offered = registry.find('hospital', command);
      if (!offered) throw new Problem(404, 'command-unknown', `No context that runs here takes hospital/${command}.`);
      const record = records.get(visitId);
      const named = record ? { ...body, subject: { record } } : body;
      const entry = { scope: 'move-visit', idempotencyKey: key, enteredBy, dates: 'mark' } as const;
      return door.accept(offered.command, named, causationId === undefined ? entry : { ...entry, causationId });
    },
  };
};

interface MoveBody {
  readonly subject: MoveVisit['visit'];
  readonly person: MoveVisit['to'];
  readonly source: MoveVisit['source'];
  readonly assertedAt: string | null;
}
/** Moves of visits for those who send commands by name: `hospital/move-visit` with the visit as subject, and the right person. */
export const visitMoves = (parts: Omit<Parts, 'enteredBy'>) => ({
  'hospital/move-visit': (body: object, { enteredBy }: { readonly enteredBy: string }) => {
    const { subject, person, source, assertedAt } = body as MoveBody;
    return new VisitMover(movePorts({ ...parts, enteredBy })).move({ visit: subject, to: person, source, assertedAt });
  },
});
