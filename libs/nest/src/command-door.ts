import type { CommandBus } from '@nestjs/cqrs';
import type { Answer, Dispatch, Report } from '#contracts';
import type { Identifiers } from '#identifiers';
import { Rejection } from '#kernel';
import { Addressing, type Addressed, type Known } from './addressing.js';
import { setClocks, TYPED_HERE, withRealDates } from './clocks.js';
import { canonical } from './json-text.js';
import { readCommand } from './read-command.js';
import type { CommandClass, CommandRegistry } from './registry.js';

/** With what authority, and under which key, a body comes in. */
export interface Entry {
  readonly idempotencyKey: string;
  /** Whose key it is: the sender's scope. */
  readonly scope: string;
  readonly enteredBy: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly seeding?: Dispatch['seeding'];
  /** A future or impossible date: `refuse` where a person typed it, `mark` where a source reported it. Unless told, the command's source decides. */
  readonly dates?: 'refuse' | 'mark';
  /** The key of a snapshot's record (see `Dispatch`): another body under it is no misuse. */
  readonly snapshot?: boolean;
}

export interface DoorParts {
  readonly bus: CommandBus;
  readonly registry: CommandRegistry;
  readonly identifiers: Identifiers;
  readonly known: Known;
  /** The zone of dates that name none. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The one door for commands, whichever edge they come from: HTTP, files, the demo. */
export class CommandDoor {
  private readonly addressing: Addressing;

  constructor(private readonly parts: DoorParts) {
    this.addressing = new Addressing(parts.identifiers, parts.known);
  }

  /**
   * Validates a body as a command, fills in its clocks, finds or reserves its ids, and has it decided.
   * Throws `Problem` where the body cannot be taken (nothing was recorded), and whatever a store that is down throws; a refusal is a value.
   */
  async accept<C extends Report>(command: CommandClass<C>, body: unknown, entry: Entry): Promise<Answer | Rejection> {
    const { bus, registry, zone, now } = this.parts;
    const offered = registry.of(command);
    const dates = entry.dates ?? (sourceOf(body) === TYPED_HERE ? 'refuse' : 'mark');
    const report = readCommand(command, dates === 'mark' ? withRealDates(body) : body);
    setClocks(report, { at: entry.seeding ? Date.parse(entry.seeding.recordedAt) : now(), zone, dates });
    const addressed = await this.addressing.of(report, offered, { scope: entry.scope, key: entry.idempotencyKey });
    if (addressed instanceof Rejection) return addressed;
    report.via = dispatchOf(entry, addressed, () => canonical({ command: command.name, body }));
    return bus.execute<Report, Answer | Rejection>(report);
  }
}

const dispatchOf = (entry: Entry, addressed: Addressed, body: () => string): Dispatch => {
  const { scope, idempotencyKey: key, snapshot, enteredBy, correlationId, causationId, seeding } = entry;
  return {
    ...addressed,
    request: snapshot ? { scope, key, snapshot } : { scope, key, body: body() },
    enteredBy,
    ...(correlationId !== undefined && { correlationId }),
    ...(causationId !== undefined && { causationId }),
    ...(seeding && { seeding }),
  };
};

const sourceOf = (body: unknown): unknown => (body as { source?: { system?: unknown } } | null)?.source?.system ?? TYPED_HERE;
