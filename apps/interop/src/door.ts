import type { Identifiers } from '#identifiers';
import { Problem, type CommandDoor, type CommandRegistry } from '#nest';
import type { Door } from './importer.js';

/** Records that have no stream of their own, so that no event could tell under what an id was reserved. */
const WITHOUT_STREAM = new Set(['HouseholdID']);

/** The command door as importers use it: commands by context and name, plain bodies, dates as their source sent them. */
export const doorOf = (door: CommandDoor, registry: CommandRegistry, identifiers: Identifiers): Door => ({
  idFor: async ({ authority, type, value }) =>
    WITHOUT_STREAM.has(type)
      ? identifiers.idOf(authority, type, value)
      : identifiers.reserve(identifiers.tag(authority, type, value), 'stream'),
  accept(command, body, { scope, idempotencyKey, snapshot, enteredBy }) {
    const [context = '', name = ''] = command.split('/');
    const offered = registry.find(context, name);
    if (!offered) throw new Problem(404, 'command-unknown', `No context that runs here takes ${command}.`);
    return door.accept(offered.command, body, { scope, idempotencyKey, snapshot, enteredBy, dates: 'mark' });
  },
});
