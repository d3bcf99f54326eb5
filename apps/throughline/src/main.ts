import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { loadDemo } from '../../demo/src/load-demo.js';
import { fail, running, sayTo, stopOnSignal, type Running, type Say } from './running.js';

interface Wanted {
  readonly demo?: boolean;
  readonly freshDemo?: boolean;
}

const start = async ({ demo = false, freshDemo = false }: Wanted, say: Say): Promise<void> => {
  const throughline = await running(process.env, say.progress, { anew: freshDemo, foldLater: true });
  stopOnSignal(() => throughline.stop(), say.progress);
  const loaded = throughline.readiness.until('the demo is being loaded, or the views have not come to the head of the log');
  await listen(throughline);
  // A server of one's own is not filled with a story unasked.
  if (demo || freshDemo || throughline.configuration.DATABASE_URL === undefined) await tellDemo(throughline, say);
  await folded(throughline);
  loaded();
  say.result(`Throughline is ready: ${addressOf(throughline)}`);
};

const listen = ({ app, configuration: { PORT, HOST } }: Running): Promise<unknown> =>
  app.listen(PORT, HOST).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${PORT} is taken. Set PORT to a free one, as in: PORT=3001 npm start`);
  });

const addressOf = ({ app }: Running): string => {
  const { address, family, port } = app.getHttpServer().address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`;
};

const tellDemo = async (throughline: Running, say: Say): Promise<void> => {
  const { store, keys, identifiers, registry, secrets } = throughline;
  say.progress('Loading the demo, if the log is empty.');
  const loaded = await loadDemo({
    ...{ store, keys, identifiers, registry },
    identifierKey: secrets.identifier,
    now: Date.now(),
    progress: ({ done, total, events }) => say.passing(`Loading the demo: ${done} of ${total} reports, ${events} events.`),
  });
  if (loaded) say.progress(`The demo is loaded: ${loaded.commands} reports, ${loaded.events} events. Drawing its timelines.`);
};

/** Until the views have come to the head of the log as it is now. */
const folded = async ({ store, positions, fold }: Running): Promise<void> => {
  fold();
  const { position } = await store.head();
  while (!(await positions.reached(position, 5_000)));
};

const program = new Command('throughline')
  .description('One timeline from hospital to home.')
  .option('--demo', 'load the demo into the empty log of DATABASE_URL too')
  .option('--fresh-demo', 'forget what the embedded PostgreSQL holds, and load the demo anew')
  .allowExcessArguments(false)
  .action((wanted: Wanted) => start(wanted, sayTo(process)).catch(fail));

await program.parseAsync();
