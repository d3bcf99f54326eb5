import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { freshDatabase } from '#embedded-postgres/testing';
import { compose, type ComposeOptions, type Composition } from '../../apps/throughline/src/compose.js';

export interface Composed extends Composition {
  /** Posts a command, as JSON: `post('hospital/report-admission', { … })`. */
  post(command: string, body: object | string, key?: string): request.Test;
  get(address: string): request.Test;
  /** What the service was started with, to start it again on the same databases. */
  readonly options: ComposeOptions;
  /** The same service after a stop, with whatever is done meanwhile, and a start. */
  restarted(meanwhile?: () => Promise<void>): Promise<Composed>;
  /** Stops it and drops its databases. */
  end(): Promise<void>;
}

/** The composed process on databases of its own, listening on a free port. */
export const composed = async (more: Partial<ComposeOptions> = {}): Promise<Composed> => {
  const [log, keys] = [await freshDatabase('journey'), await freshDatabase('journey_keys')];
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-journey-'));
  const secrets = { master: randomBytes(32), identifier: randomBytes(32), seal: randomBytes(32) };
  const options = { databaseUrl: log.url, keysUrl: keys.url, secrets, dataDir, ...more };
  const serve = async (): Promise<Composed> => {
    const all = await compose(options);
    await all.app.listen(0, '127.0.0.1');
    const server = all.app.getHttpServer();
    return {
      ...all,
      options,
      post: (command, body, key) => {
        const posted = request(server).post(`/commands/${command}`).set('Content-Type', 'application/json');
        return (key === undefined ? posted : posted.set('Idempotency-Key', key)).send(body);
      },
      get: (address) => request(server).get(address),
      restarted: async (meanwhile = () => Promise.resolve()) => {
        await all.stop();
        await meanwhile();
        return serve();
      },
      end: async () => {
        await all.stop();
        await Promise.all([log.drop(), keys.drop(), rm(dataDir, { recursive: true })]);
      },
    };
  };
  return serve();
};
