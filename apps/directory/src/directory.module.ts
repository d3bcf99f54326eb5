import { Module, type DynamicModule } from '@nestjs/common';
import type { Access } from '#access';
import { opener, type EventStore } from '#event-store';
import type { Identifiers } from '#identifiers';
import type { Keys } from '#keys';
import { dataSourceOf, firstMigration, migrate, openPool, ProjectionRunner } from '#read-store';
import { DirectoryController } from './directory.controller.js';
import { SearchConsumersHandler } from './directory.queries.js';
import { DirectoryReads } from './directory.reads.js';
import { DIRECTORY } from './directory.rows.js';
import { DirectoryService } from './directory.service.js';
import { ErasureWorker } from './erasure.worker.js';

export const SCHEMA = 'directory';
export const MIGRATIONS = [firstMigration(DIRECTORY, 1_763_769_600_000)];

export interface OpenDirectory {
  readonly databaseUrl: string;
  readonly store: EventStore;
  readonly keys: Keys;
  readonly identifiers: Identifiers;
  readonly access: Access;
  readonly log?: (message: string) => void;
}
export interface Directory {
  readonly module: DynamicModule;
  readonly service: DirectoryService;
  /** Not yet started. */
  readonly runner: ProjectionRunner;
  /** Started after the runner, stopped before it. */
  readonly erasures: ErasureWorker;
  close(): Promise<void>;
}

@Module({})
export class DirectoryModule {}

/** The directory with its tables migrated; start its runner to let it follow the log, then its erasures. */
export const openDirectory = async ({
  databaseUrl,
  store,
  keys,
  identifiers,
  access,
  log,
}: OpenDirectory): Promise<Directory> => {
  const source = dataSourceOf(databaseUrl, SCHEMA, [], MIGRATIONS);
  await migrate(source);
  await source.destroy();
  const [writing, reading] = [openPool(databaseUrl, { most: 3 }), openPool(databaseUrl, { most: 4 })];
  const openPage = opener(keys);
  const told = log && { log };
  const runner = new ProjectionRunner({ store, openPage, pool: writing, projection: DIRECTORY, schema: SCHEMA, ...told });
  const reads = new DirectoryReads(reading, SCHEMA);
  const service = new DirectoryService(reads, access);
  const erasures = new ErasureWorker({ reads, store, keys, identifiers, openPage, runner, ...told });
  return {
    service,
    runner,
    erasures,
    module: {
      module: DirectoryModule,
      controllers: [DirectoryController],
      providers: [SearchConsumersHandler, { provide: DirectoryService, useValue: service }],
    },
    close: async () => {
      await erasures.stop();
      await runner.stop();
      await Promise.all([writing.end(), reading.end()]);
    },
  };
};
