import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { Identifiers } from '#identifiers';
import type { Known } from './addressing.js';
import { Closing } from './closing.js';
import { CommandDoor } from './command-door.js';
import { CommandsController } from './commands.controller.js';
import { DECIDER_RUNNER, type Runner } from './decider.provider.js';
import { HealthController } from './health.controller.js';
import { MOVES } from './move.provider.js';
import { Mover } from './mover.js';
import type { Positions } from './positions.js';
import { Readiness } from './readiness.js';
import { CommandRegistry } from './registry.js';
import { POSITIONS, SENDER, type Sender } from './tokens.js';

export interface EdgeParts {
  /** The modules that decide, by the name of their context. */
  readonly contexts: Readonly<Record<string, Type>>;
  readonly runner: Runner;
  readonly identifiers: Identifiers;
  readonly known: Known;
  readonly positions: Positions;
  readonly sender: Sender;
  readonly readiness: Readiness;
  /** IANA zone of dates that name none. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The door to every context, with HTTP in front of it. Gives `CommandDoor`, `CommandRegistry`, `Readiness` and `Closing` to all modules. */
@Module({})
export class EdgeModule {
  static of(parts: EdgeParts): DynamicModule {
    const { runner, positions, readiness, sender, identifiers, known, zone, now } = parts;
    const registry = new CommandRegistry(parts.contexts);
    const door = (bus: CommandBus) => new CommandDoor({ bus, registry, identifiers, known, zone, now });
    const moverOf = (own: CommandDoor) => new Mover({ door: own, identifiers, runner });
    const shared = [CommandDoor, MOVES, CommandRegistry, Readiness, Closing, DECIDER_RUNNER, POSITIONS];
    return {
      module: EdgeModule,
      global: true,
      imports: [CqrsModule.forRoot(), ...Object.values(parts.contexts)],
      controllers: [CommandsController, HealthController],
      providers: [
        { provide: CommandDoor, useFactory: door, inject: [CommandBus] },
        { provide: MOVES, useFactory: moverOf, inject: [CommandDoor] },
        { provide: CommandRegistry, useValue: registry },
        { provide: Readiness, useValue: readiness },
        { provide: DECIDER_RUNNER, useValue: runner },
        { provide: POSITIONS, useValue: positions },
        { provide: SENDER, useValue: sender },
        Closing,
      ],
      exports: shared,
    };
  }
}
