import pg from 'pg';
import { InvalidEvent, LogUnavailable } from './port.js';

/** Where the log is: a URL, the driver's own settings, or both. */
export type Connection = Omit<pg.PoolConfig, 'options'> & { readonly url?: string };

/**
 * No sequential scans: plans of the server-side functions are cached per connection, and one made on an empty table would stay.
 * No JIT: the penalty on scans makes the one-row table look worth compiling for (50 ms a statement). UTC: times are read as text.
 */
const OPTIONS =
  '-c enable_seqscan=off -c enable_bitmapscan=off -c jit=off -c plan_cache_mode=force_generic_plan -c TimeZone=UTC -c statement_timeout=0 -c synchronous_commit=on';

export const settingsOf = ({ url, ...rest }: Connection): pg.PoolConfig => ({
  application_name: 'throughline-log',
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  ...(url === undefined ? {} : { connectionString: url }),
  ...rest,
  options: OPTIONS,
});

/** Host, port and database; never user or password. */
export const placeOf = (connection: Connection): string => {
  const { host, port, database } = new pg.Client(settingsOf(connection));
  return `${host}:${port}/${database}`;
};

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** The server refused the data itself: sent again, it would be refused again. */
export const isRefusedData = (error: unknown): boolean => /^(22|23|54)...$/.test(codeOf(error));

/** A unique key stood in the way: the event may stand in the log already. */
export const isDuplicate = (error: unknown): boolean => codeOf(error) === '23505';

/** Not an answer to the statement but the loss of whoever should answer: worth another try. */
export const isLost = (error: unknown): boolean => {
  const code = codeOf(error);
  if (/^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]+$/.test(code)) return /^(08|40|53|57)/.test(code);
  return !(error instanceof TypeError || error instanceof RangeError);
};

export const refusedData = (error: unknown): InvalidEvent => {
  const { message } = error as Error;
  return new InvalidEvent(`The log refuses the event as it is: ${message} (SQLSTATE ${codeOf(error)})`, { cause: error });
};

export const unavailable = (place: string, error: unknown): LogUnavailable =>
  new LogUnavailable(
    `The log at ${place} cannot be reached: ${(error as Error).message || codeOf(error)}. The same request may be sent again`,
    {
      cause: error,
    },
  );
