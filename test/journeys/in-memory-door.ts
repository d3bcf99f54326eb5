import { randomBytes } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import type { Report } from '#contracts';
import { DeciderRunner, memoryStore, opener, type EventStore, type OpenedEvent } from '#event-store';
import { inMemoryIdentifiers } from '#identifiers/testing';
import { inMemoryKeys } from '#keys/testing';
import { CommandDoor, CommandRegistry, Mover } from '#nest';
import { contexts } from '../../apps/throughline/src/contexts.js';

/** All contexts behind the door, on a log in memory: what is recorded, without a database. */
export const inMemoryDoor = (now = '2026-03-10T12:00:00.000Z') => {
  const identifierKey = randomBytes(32);
  const store: EventStore = memoryStore();
  const keys = inMemoryKeys();
  const identifiers = inMemoryIdentifiers(identifierKey);
  const registry = new CommandRegistry(contexts);
  const linked = () => Promise.resolve(false);
  const runner = new DeciderRunner({ store, keys, identifierKey, linked });
  const execute = (report: Report) => {
    const { move, decider } = registry.of(report.constructor as never);
    return move ? new Mover({ door, identifiers, runner }).move(move, report) : runner.run(decider, report);
  };
  const door: CommandDoor = new CommandDoor({
    bus: { execute } as unknown as CommandBus,
    registry,
    identifiers,
    known: {
      person: async (id) => (await store.readStream(`person-${id}`)).length > 0,
      stream: async (id) => (await store.readStream(id))[0],
    },
    zone: 'America/Detroit',
    now: () => Date.parse(now),
  });
  const openPage = opener(keys);
  const all = async (): Promise<readonly OpenedEvent[]> => openPage(await store.readAll(0, 1_000_000));
  return { door, registry, store, keys, identifiers, runner, all };
};
