import { doorOf } from '../../../interop/src/door.js';
import { importFiles } from '../../../interop/src/import.js';
import { patient } from './patient-door.js';
import { running, stopOnSignal, type Say } from '../running.js';

export interface ImportWanted {
  readonly json?: boolean;
  readonly report: string;
}

/** Brings files in through the command door; the exit status is the importer's (see `ImportResult`). */
export const importAll = async (files: readonly string[], { json, report }: ImportWanted, say: Say): Promise<number> => {
  const throughline = await running(process.env, say.progress);
  const stopping = new AbortController();
  stopOnSignal(async () => {
    stopping.abort();
    await throughline.stop();
  }, say.progress);
  try {
    const result = await importFiles(files, {
      door: patient(doorOf(throughline.door, throughline.registry, throughline.identifiers), say.progress),
      report,
      progress: process.stderr,
      json: json ?? false,
      signal: stopping.signal,
      zone: throughline.configuration.THROUGHLINE_ZONE,
    });
    if (json) for (const reason of result.stopped) say.progress(reason);
    return result.exitCode;
  } finally {
    await throughline.stop();
  }
};
