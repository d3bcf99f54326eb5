import { Module, type DynamicModule } from '@nestjs/common';
import type { Access } from '#access';
import { opener, type EventStore } from '#event-store';
import type { Keys } from '#keys';
import { Closing } from '#nest';
import { dataSourceOf, firstMigration, migrate, openPool, ProjectionRunner } from '#read-store';
import { TimelineController } from './timeline.controller.js';
import { AskWhyHandler, ReadTimelineHandler } from './timeline.queries.js';
import { TimelineReads } from './timeline.reads.js';
import { TIMELINE } from './timeline.rows.js';
import { TimelineService } from './timeline.service.js';
import { TimelineStream } from './timeline.stream.js';

export const SCHEMA = 'timeline';
export const MIGRATIONS = [firstMigration(TIMELINE, 1_763_769_600_000)];

export interface OpenTimeline {
  readonly databaseUrl: string;
  readonly store: EventStore;
  readonly keys: Keys;
  readonly access: Access;
  /** IANA zone in which a day without a place ends. */
  readonly zone: string;
  readonly now?: () => number;
  /** Most views kept for the next reading. */
  readonly keeps?: number;
  readonly log?: (message: string) => void;
}
export interface Timeline {
  readonly module: DynamicModule;
  readonly service: TimelineService;
  /** Not yet started. */
  readonly runner: ProjectionRunner;
  close(): Promise<void>;
}

@Module({})
export class TimelineModule {}

/** The timeline with its tables migrated; start its runner to let it follow the log. */
export const openTimeline = async ({
  databaseUrl,
  store,
  keys,
  access,
  zone,
  now = Date.now,
  keeps,
  log,
}: OpenTimeline): Promise<Timeline> => {
  const source = dataSourceOf(databaseUrl, SCHEMA, [], MIGRATIONS);
  await migrate(source);
  await source.destroy();
  const [writing, reading] = [openPool(databaseUrl, { most: 3 }), openPool(databaseUrl, { most: 6 })];
  const openPage = opener(keys);
  const runner = new ProjectionRunner({
    store,
    openPage,
    pool: writing,
    projection: TIMELINE,
    schema: SCHEMA,
    ...(log && { log }),
  });
  const reads = new TimelineReads(reading, SCHEMA);
  const service = new TimelineService({ reads, store, openPage, access, zone, now, ...(keeps !== undefined && { keeps }) });
  // No name of hers stays in memory, though it would not be shown.
  runner.onCommitted(({ facts }) => facts.some(({ type }) => type === 'PersonErased') && service.forget());
  const stream = (closing: Closing) => new TimelineStream(service, runner, () => store.head(), closing);
  return {
    service,
    runner,
    module: {
      module: TimelineModule,
      controllers: [TimelineController],
      providers: [
        ReadTimelineHandler,
        AskWhyHandler,
        { provide: TimelineService, useValue: service },
        { provide: TimelineStream, useFactory: stream, inject: [Closing] },
      ],
    },
    close: async () => {
      await runner.stop();
      await Promise.all([writing.end(), reading.end()]);
    },
  };
};
