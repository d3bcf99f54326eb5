import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pino, type Logger } from 'pino';
import { DeciderRunner, migrateLog, postgresStore, SealFile, SealKey, Sealer, type PostgresStore } from '#event-store';
import { postgresIdentifiers, type Identifiers } from '#identifiers';
import { postgresKeys, type Keys, type Secrets } from '#keys';
import { CommandDoor, CommandRegistry, createService, Readiness, stopService, type Known, type Positions } from '#nest';
import { contexts } from './contexts.js';
import { readSide, type View } from './read-side.js';

export interface ComposeOptions {
  /** Log, identifiers and read models. */
  readonly databaseUrl: string;
  /** Keys: a database of their own. */
  readonly keysUrl: string;
  readonly secrets: Secrets;
  /** Folder of what is kept outside the databases: the erasure ledger, the seals. */
  readonly dataDir: string;
  /** IANA zone of dates that name none; Detroit unless told. */
  readonly zone?: string;
  /** Milliseconds since the epoch; the system's clock unless told. */
  readonly now?: () => number;
  /** Silent unless told. */
  readonly log?: Logger;
  /** Views wait for `fold`: a log that is being filled is folded in a fraction of the time once it is full. */
  readonly foldLater?: boolean;
  /** Folder of the built pages. */
  readonly pages?: string;
  /** How long an append waits for a database that went away, in milliseconds; 10,000 unless told. */
  readonly appendPatienceMs?: number;
  /** False only where others than this machine are meant to reach it. */
  readonly loopbackOnly?: boolean;
}

export interface Composition {
  /** Starts the views, where `foldLater` kept them from it. */
  fold(): void;
  readonly app: NestExpressApplication;
  readonly door: CommandDoor;
  readonly registry: CommandRegistry;
  readonly store: PostgresStore;
  readonly keys: Keys;
  readonly identifiers: Identifiers;
  readonly readiness: Readiness;
  readonly positions: Positions;
  /** Ends open responses, then views, then connections. */
  stop(): Promise<void>;
}

/** The copy of the seals outside the database, in the data folder. */
export const SEALS = 'seals.jsonl';
/** The copy of the erasure ledger outside the keys' database. */
export const ERASURES = 'erasures.jsonl';

/** Until sign-in exists, whoever reaches the service over HTTP is this one role. */
const DEVELOPMENT = { scope: 'http:development', enteredBy: 'development' } as const;

/** The whole of Throughline in this process, migrated and folding, not yet listening. What was opened is closed again where a part fails. */
export const compose = async (options: ComposeOptions): Promise<Composition> => {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const part of opened.splice(0).reverse()) await part();
  };
  const keep = <T>(part: T, end: (part: T) => Promise<unknown>): T => {
    opened.push(() => end(part));
    return part;
  };
  try {
    return { ...(await parts(options, keep)), stop: close };
  } catch (error) {
    await close();
    throw error;
  }
};

type Keep = <T>(part: T, end: (part: T) => Promise<unknown>) => T;

const parts = async (options: ComposeOptions, keep: Keep): Promise<Omit<Composition, 'stop'>> => {
  const { secrets, databaseUrl } = options;
  const store = keep(logOf(options), (log) => log.close());
  await migrated(store);
  const ledgerFile = join(options.dataDir, ERASURES);
  const keysPort = postgresKeys({ url: options.keysUrl, masterKey: secrets.master, ledgerFile });
  const keys = keep(await keysPort, (port) => port.close());
  const identifiersPort = postgresIdentifiers({ url: databaseUrl, key: secrets.identifier });
  const identifiers = keep(await identifiersPort, (port) => port.close());
  const log = options.log ?? pino({ level: 'silent' });
  const [zone, now] = [options.zone ?? 'America/Detroit', options.now ?? Date.now];
  const telling = (message: string) => log.warn(message);
  const reading = readSide({ databaseUrl, store, keys, identifiers, zone, now, log: telling });
  const reads = keep(await reading, (side) => side.close());
  const positions = await positionsOf(store, reads.views);
  const readiness = new Readiness();
  readiness.check(async () => store.head().then(() => undefined, () => 'the database does not answer')); // prettier-ignore
  const app = await createService({
    contexts,
    runner: new DeciderRunner({ store, keys, identifierKey: secrets.identifier, linked: reads.linked }),
    identifiers,
    known: knownIn(store),
    positions,
    sender: () => DEVELOPMENT,
    readiness,
    zone,
    now,
    modules: reads.modules,
    api: reads.api,
    log,
    loopbackOnly: options.loopbackOnly ?? true,
    ...(options.pages !== undefined && { pages: options.pages }),
  });
  keep(app, stopService);
  await app.init();
  const seals = new SealFile(join(options.dataDir, SEALS));
  keep(new Sealer({ store, key: new SealKey(secrets.seal), file: seals }), (sealer) => sealer.stop()).start();
  for (const view of reads.views) keep(view, (running) => running.stop());
  const fold = () => reads.views.forEach((view) => view.start());
  if (!options.foldLater) fold();
  const parts = { store, keys, identifiers, readiness, positions, fold };
  return { app, door: app.get(CommandDoor), registry: app.get(CommandRegistry), ...parts };
};

const logOf = ({ databaseUrl: url, appendPatienceMs: patienceMs }: ComposeOptions): PostgresStore =>
  postgresStore({ url, ...(patienceMs && { patienceMs }) });

const migrated = async (store: PostgresStore): Promise<void> => {
  const connection = await store.pool.connect();
  try {
    await migrateLog(connection);
  } finally {
    connection.release();
  }
};

const knownIn = (store: PostgresStore): Known => ({
  person: async (personId) => (await store.readStream(`person-${personId}`)).length > 0,
  stream: async (streamId) => (await store.readStream(streamId))[0],
});

const positionsOf = async (store: PostgresStore, views: readonly View[]): Promise<Positions> => {
  const { logId, epoch } = await store.head();
  return {
    cursorOf: (position) => `${logId}.${epoch}.${position}`,
    reached: async (position, timeoutMs) =>
      (await Promise.all(views.map((view) => view.waitFor(position, timeoutMs)))).every((reached) => reached),
  };
};
