import { join, resolve } from 'node:path';
import { postgresStore, SealFile, SealKey, verify, type Verdict } from '#event-store';
import { loadSecrets } from '#keys';
import { loadConfiguration } from '#nest';
import { databases, patiently } from '../databases.js';
import { SEALS } from '../compose.js';
import type { Say } from '../running.js';

export interface VerifyWanted {
  readonly from?: number;
  readonly to?: number;
  readonly json?: boolean;
}

/** Recomputes every hash and seal of a range; the exit status: 0 where all fit, 1 where one does not. */
export const verifyLog = async ({ from, to, json }: VerifyWanted, env: NodeJS.ProcessEnv, say: Say): Promise<0 | 1> => {
  const configuration = loadConfiguration(env);
  const dataDir = resolve(configuration.THROUGHLINE_DATA);
  const { seal } = loadSecrets({ dataDir, env });
  const { databaseUrl, stop } = await databases(configuration, say.progress);
  const store = postgresStore({ url: databaseUrl });
  try {
    await patiently(() => store.head(), say.progress);
    const verdict = await verify({
      store,
      key: new SealKey(seal),
      file: new SealFile(join(dataDir, SEALS)),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      onProgress: ({ position, target, perSecond }) =>
        say.passing(`Verified ${position} of ${target} events, ${perSecond} a second.`),
    });
    say.result(json ? JSON.stringify(verdict) : told(verdict));
    return verdict.misfit ? 1 : 0;
  } finally {
    await store.close();
    await stop();
  }
};

const told = ({ verified, sealedTo, misfit }: Verdict): string => {
  if (!misfit) return `All fits: verified up to position ${verified}, under seals up to ${sealedTo}.`;
  const range = misfit.upTo === undefined ? `position ${misfit.position}` : `positions ${misfit.position} to ${misfit.upTo}`;
  return `The log does not fit its seals at ${range}: ${misfit.reason}.`;
};
