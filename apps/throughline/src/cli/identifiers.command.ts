import { resolve, join } from 'node:path';
import { postgresStore, rebuildIdentifiers } from '#event-store';
import { postgresIdentifiers } from '#identifiers';
import { loadSecrets, postgresKeys } from '#keys';
import { loadConfiguration } from '#nest';
import { ERASURES } from '../compose.js';
import { databases, patiently } from '../databases.js';
import type { Say } from '../running.js';

/** Makes the identifier table again from the log; the exit status. */
export const rebuildIdentifierTable = async (env: NodeJS.ProcessEnv, say: Say): Promise<0> => {
  const configuration = loadConfiguration(env);
  const dataDir = resolve(configuration.THROUGHLINE_DATA);
  const { master, identifier } = loadSecrets({ dataDir, env });
  const { databaseUrl, keysUrl, stop } = await databases(configuration, say.progress);
  const store = postgresStore({ url: databaseUrl });
  try {
    await patiently(() => store.head(), say.progress);
    const keys = await postgresKeys({ url: keysUrl, masterKey: master, ledgerFile: join(dataDir, ERASURES) });
    const identifiers = await postgresIdentifiers({ url: databaseUrl, key: identifier });
    const entered = await rebuildIdentifiers({
      ...{ store, keys, identifiers },
      onProgress: ({ position, target }) => say.passing(`Read ${position} of ${target} events.`),
    }).finally(() => Promise.all([keys.close(), identifiers.close()]));
    say.result(`The identifier table is made again, from ${entered} entries in the log.`);
    return 0;
  } finally {
    await store.close();
    await stop();
  }
};
