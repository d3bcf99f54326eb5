import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The three keys that are kept outside every database and backed up apart; 32 bytes each. */
export interface Secrets {
  /** Wraps the keys of streams. */
  readonly master: Buffer;
  /** Makes the HMACs of identifiers and requests; never rotated. */
  readonly identifier: Buffer;
  /** Signs the seals of the log. */
  readonly seal: Buffer;
}
export interface LoadedSecrets extends Secrets {
  /** True where the file was made just now. */
  readonly madeNow: boolean;
  /** One line for the terminal, without any key; only where the file was made just now. */
  readonly notice?: string;
}

/** Keys that are missing, malformed, or readable by others. The message names the variable or file and the remedy, never a value. */
export class SecretsRefused extends Error {}

const VARIABLES = {
  master: 'THROUGHLINE_MASTER_KEY',
  identifier: 'THROUGHLINE_IDENTIFIER_KEY',
  seal: 'THROUGHLINE_SEAL_KEY',
} as const;
const NAMES = ['master', 'identifier', 'seal'] as const;
const FILE = 'secrets.json';
const LENGTH = 32;

/** The keys from the environment; without any there, from `secrets.json` in the data folder, which is made (0600) at first start. Throws `SecretsRefused`. */
export const loadSecrets = (from: { readonly dataDir: string; readonly env: NodeJS.ProcessEnv }): LoadedSecrets => {
  const missing = NAMES.filter((name) => !from.env[VARIABLES[name]]);
  if (missing.length === 0) return { ...decoded((name) => [from.env[VARIABLES[name]], VARIABLES[name]]), madeNow: false };
  if (missing.length < NAMES.length) {
    const names = missing.map((name) => VARIABLES[name]).join(' and ');
    throw new SecretsRefused(`${names} must be set too: the keys come all three from the environment, or none. ${REMEDY}`);
  }
  const file = join(from.dataDir, FILE);
  const madeNow = !exists(file) && makeFile(from.dataDir, file);
  const secrets = readSecrets(file);
  return madeNow
    ? { ...secrets, madeNow, notice: `New keys were made in ${file}: back them up apart from the data.` }
    : { ...secrets, madeNow };
};

const REMEDY = `A key is ${LENGTH} bytes in base64, such as \`openssl rand -base64 ${LENGTH}\` prints`;

const decoded = (textOf: (name: keyof Secrets) => readonly [text: unknown, where: string]): Secrets => {
  const key = (name: keyof Secrets) => {
    const [text, where] = textOf(name);
    if (typeof text !== 'string' || text === '') throw new SecretsRefused(`${where} is missing. ${REMEDY}`);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') !== text) throw new SecretsRefused(`${where} is not base64. ${REMEDY}`);
    if (bytes.length !== LENGTH) throw new SecretsRefused(`${where} has ${bytes.length} bytes, not ${LENGTH}. ${REMEDY}`);
    return bytes;
  };
  return { master: key('master'), identifier: key('identifier'), seal: key('seal') };
};

const exists = (file: string) => statSync(file, { throwIfNoEntry: false }) !== undefined;

const readSecrets = (file: string): Secrets => {
  const { mode } = statSync(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new SecretsRefused(`${file} may be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${file}`);
  }
  return decoded((name) => [contentOf(file)[name], `"${name}" in ${file}`]);
};

const contentOf = (file: string): Readonly<Record<string, unknown>> => {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content === 'object' && content !== null) return { ...content };
  } catch {
    // Said below; the cause would quote the file.
  }
  throw new SecretsRefused(
    `${file} is not readable as JSON. Restore it from its backup: without its keys the data cannot be opened`,
  );
};

/** Written whole under another name, then linked: of two processes that start at once, both use the file of the first. */
const makeFile = (folder: string, file: string): boolean => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  const fresh = Object.fromEntries(NAMES.map((name) => [name, randomBytes(LENGTH).toString('base64')]));
  writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
};
