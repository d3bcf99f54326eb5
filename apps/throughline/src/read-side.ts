import type { DynamicModule, Type } from '@nestjs/common';
import { openAccess } from '#access';
import type { PostgresStore } from '#event-store';
import type { Identifiers } from '#identifiers';
import type { Keys } from '#keys';
import type { ApiPart } from '#nest';
import { directoryApi } from '../../directory/src/directory.api.js';
import { openDirectory } from '../../directory/src/directory.module.js';
import { timelineApi } from '../../timeline/src/timeline.api.js';
import { openTimeline } from '../../timeline/src/timeline.module.js';
import { linksToday } from './links.js';

/** Something that is kept in step with the log. */
export interface View {
  start(): void;
  stop(): Promise<void>;
  waitFor(position: number, timeoutMs: number): Promise<boolean>;
}

export interface ReadSide {
  readonly modules: readonly (Type | DynamicModule)[];
  readonly api: readonly ApiPart[];
  readonly views: readonly View[];
  /** Whether two records are of one consumer today. */
  readonly linked: (one: string, other: string) => Promise<boolean>;
  close(): Promise<void>;
}

export interface ReadSideParts {
  readonly databaseUrl: string;
  readonly store: PostgresStore;
  readonly keys: Keys;
  readonly identifiers: Identifiers;
  /** IANA zone in which a day without a place ends. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told what went wrong while folding, without personal data. */
  readonly log?: (message: string) => void;
}

/** Everything that shows: its tables migrated, its views not yet started. */
export const readSide = async (parts: ReadSideParts): Promise<ReadSide> => {
  const { access, close: closeAccess } = await openAccess(parts.databaseUrl);
  const directory = await openDirectory({ ...parts, access });
  const timeline = await openTimeline({ ...parts, access });
  // An erasure is carried out once the directory knows all streams of the person.
  const erasures: View = {
    start: () => directory.erasures.start(),
    stop: () => directory.erasures.stop(),
    waitFor: () => Promise.resolve(true),
  };
  return {
    modules: [directory.module, timeline.module],
    api: [directoryApi, timelineApi],
    views: [directory.runner, timeline.runner, erasures],
    linked: linksToday({ store: parts.store, directory }),
    close: async () => {
      await Promise.all([directory.close(), timeline.close()]);
      await closeAccess();
    },
  };
};
