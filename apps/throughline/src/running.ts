import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { loadSecrets, type Secrets } from '#keys';
import { isLoopback, loadConfiguration, type Configuration } from '#nest';
import { compose, type Composition } from './compose.js';
import { databases, patiently } from './databases.js';

export interface Running extends Composition {
  readonly configuration: Configuration;
  readonly secrets: Secrets;
}
export interface RunWanted {
  /** Forget all that the embedded server holds, and begin anew. */
  readonly anew?: boolean;
  /** The views wait to be told (`fold`). */
  readonly foldLater?: boolean;
}

/** Throughline on the databases and with the keys that an environment names, composed, not yet listening. `say` hears progress, a line at a time. */
export const running = async (env: NodeJS.ProcessEnv, say: (line: string) => void, wanted: RunWanted = {}): Promise<Running> => {
  const configuration = loadConfiguration(env);
  const dataDir = resolve(configuration.THROUGHLINE_DATA);
  const secrets = loadSecrets({ dataDir, env });
  if (secrets.notice) say(secrets.notice);
  say(
    configuration.DATABASE_URL
      ? 'Using the PostgreSQL of DATABASE_URL.'
      : `Using the embedded PostgreSQL in ${configuration.THROUGHLINE_DATA}.`,
  );
  const { stop: leave, ...urls } = await databases({ ...configuration, ...wanted }, say);
  const pages = resolve('dist/web');
  const options = {
    ...urls,
    secrets,
    dataDir,
    zone: configuration.THROUGHLINE_ZONE,
    log: pino({ level: configuration.THROUGHLINE_LOG }, pino.destination(2)),
    loopbackOnly: isLoopback(configuration.HOST),
    foldLater: wanted.foldLater ?? false,
    ...(existsSync(pages) && { pages }),
  };
  try {
    const composition = await patiently(() => compose(options), say);
    const stop = () => composition.stop().finally(leave);
    return { ...composition, configuration, secrets, stop };
  } catch (error) {
    await leave();
    throw error;
  }
};

/** Where a program speaks: results on standard output, progress on standard error. */
export interface Say {
  result(line: string): void;
  progress(line: string): void;
  /** Replaces what was said passing before, on a terminal; elsewhere a line every few seconds. */
  passing(line: string): void;
}
const SPARSELY_MS = 5_000;
export const sayTo = ({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Say => {
  let open = false;
  let spoke = Date.now();
  const line = (text: string) => {
    if (open) stderr.write('\r\x1b[K');
    open = false;
    return `${text}\n`;
  };
  return {
    result: (text) => void stdout.write(line(text)),
    progress: (text) => void stderr.write(line(text)),
    passing: (text) => {
      if (!stderr.isTTY) {
        if (Date.now() - spoke < SPARSELY_MS) return;
        spoke = Date.now();
        return void stderr.write(`${text}\n`);
      }
      open = true;
      stderr.write(`\r\x1b[K${text}`);
    },
  };
};

/** Stops once on Ctrl-C or SIGTERM; asked a second time, or after ten seconds, the process just ends. */
export const stopOnSignal = (stop: () => Promise<void>, say: (line: string) => void): void => {
  let stopping = false;
  const end = (signal: 'SIGINT' | 'SIGTERM') => {
    if (stopping) process.exit(130);
    stopping = true;
    say('Stopping.');
    setTimeout(() => process.exit(1), 10_000).unref();
    stop().then(
      () => process.exit(signal === 'SIGINT' ? 130 : 0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
};

/** Ends the process with what went wrong, as a sentence: foreseen faults carry their remedy in their message. */
export const fail = (error: unknown): never => {
  const said = error instanceof Error ? error.message || error.constructor.name : String(error);
  process.stderr.write(`${process.env['THROUGHLINE_LOG'] === 'debug' && error instanceof Error ? error.stack : said}\n`);
  process.exit(1);
};
