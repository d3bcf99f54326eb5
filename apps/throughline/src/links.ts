import type { EventStore } from '#event-store';
import { Problem } from '#nest';
import type { Directory } from '../../directory/src/directory.module.js';

interface LinksParts {
  readonly store: Pick<EventStore, 'head'>;
  readonly directory: {
    readonly service: Pick<Directory['service'], 'linked'>;
    readonly runner: Pick<Directory['runner'], 'waitFor'>;
  };
  /** How long the directory may lag behind the log, in milliseconds; 5,000 unless told. */
  readonly patienceMs?: number;
}

/**
 * Whether two records are of one consumer today, through others too, by the identity map of a directory that has folded
 * all that is in the log. One that lags must not decide to whom a fact belongs: then a problem is thrown, to be sent again.
 */
export const linksToday =
  ({ store, directory: { service, runner }, patienceMs = 5000 }: LinksParts) =>
  async (one: string, other: string): Promise<boolean> => {
    const { position } = await store.head();
    if (await runner.waitFor(position, patienceMs)) return service.linked(one, other);
    throw new Problem(503, 'links-not-known-yet', 'Whether these two records are of one person cannot be told just now.', {
      field: 'person',
      remedy: 'Nothing was recorded. Send the same request again a little later, under the same idempotency key.',
      retryAfterSeconds: 5,
    });
  };
