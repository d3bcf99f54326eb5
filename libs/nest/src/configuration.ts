import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsTimeZone, Matches, Max, Min, validateSync } from 'class-validator';
import { isLoopback } from './guard.js';

const number = ({ value }: { value: unknown }) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);
const PORTS = { message: '$property must be a whole number from 0 to 65535' };
const POSTGRES = { message: '$property must be an address such as postgres://user:password@host:5432/database' };

/** What can be set from outside. Keys have variables of their own (see `loadSecrets`). */
export class Configuration {
  /** Where HTTP listens; 0 takes any free port. */
  @Transform(number) @IsInt(PORTS) @Min(0, PORTS) @Max(65_535, PORTS) readonly PORT: number = 3000;
  @IsNotEmpty() readonly HOST: string = '127.0.0.1';
  /** The log and the read models; unset, the embedded PostgreSQL is used. */
  @IsOptional() @Matches(/^postgres(ql)?:\/\/\S+$/, POSTGRES) readonly DATABASE_URL?: string;
  /** The keys, in a database of their own; unset, `throughline_keys` beside the log's. */
  @IsOptional() @Matches(/^postgres(ql)?:\/\/\S+$/, POSTGRES) readonly KEYS_DATABASE_URL?: string;
  /** The zone of dates that name none. */
  @IsTimeZone({ message: '$property must be an IANA zone such as America/Detroit' }) readonly THROUGHLINE_ZONE: string =
    'America/Detroit';
  /** Folder of the embedded PostgreSQL, the keys made at first start, the seals. */
  @IsNotEmpty() readonly THROUGHLINE_DATA: string = '.data';
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent']) readonly THROUGHLINE_LOG: string = 'warn';
  /** Whether HOST may be an address that others can reach, though nobody has to sign in. */
  @IsIn(['yes', 'no']) readonly THROUGHLINE_EXPOSE_WITHOUT_SIGN_IN: 'yes' | 'no' = 'no';
}

/** Settings that cannot be used; the message names each of them, one a line, and never shows a value. */
export class ConfigurationRefused extends Error {}

const NAMES = Object.keys(new Configuration());

/** The settings of an environment. An empty variable counts as unset. Throws `ConfigurationRefused` with every wrong variable at once. */
export const loadConfiguration = (env: Readonly<Record<string, string | undefined>>): Configuration => {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => NAMES.includes(name) && value));
  const configuration = plainToInstance(Configuration, given);
  const wrong = validateSync(configuration).flatMap(({ constraints = {} }) => Object.values(constraints).slice(0, 1));
  const { HOST, THROUGHLINE_EXPOSE_WITHOUT_SIGN_IN: exposed } = configuration;
  if (HOST && !isLoopback(HOST) && exposed !== 'yes') {
    wrong.push(
      `HOST must be 127.0.0.1, ::1 or localhost: nobody has to sign in yet, so whoever reaches another address reads everything.` +
        ' Where that is meant, set THROUGHLINE_EXPOSE_WITHOUT_SIGN_IN=yes',
    );
  }
  if (wrong.length > 0) throw new ConfigurationRefused(['These settings cannot be used:', ...wrong].join('\n  '));
  return configuration;
};
