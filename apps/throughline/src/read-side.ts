import type { DynamicModule, Type } from '@nestjs/common';
import type { PostgresStore } from '#event-store';
import type { Keys } from '#keys';
import type { ApiPart } from '#nest';

/** A projection that is kept in step with the log. */
export interface View {
  start(): void;
  stop(): Promise<void>;
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
}

export interface ReadSide {
  readonly modules: readonly (Type | DynamicModule)[];
  readonly api: readonly ApiPart[];
  readonly views: readonly View[];
  close(): Promise<void>;
}

export interface ReadSideParts {
  readonly databaseUrl: string;
  readonly store: PostgresStore;
  readonly keys: Keys;
}

/** Everything that shows: its tables migrated, its views not yet started. */
export const readSide = (_: ReadSideParts): Promise<ReadSide> =>
  Promise.resolve({ modules: [], api: [], views: [], close: () => Promise.resolve() });
