import pg from 'pg';

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

export interface PoolOptions {
  /** Most connections; 4 unless told. */
  readonly most?: number;
  /** Acknowledge a commit before the disk does: a crash of the database may lose the last of them, whole. */
  readonly asynchronousCommit?: boolean;
}

/** Connections to a read model's database. An idle connection that is lost is replaced when one is next needed. */
export const openPool = (url: string, { most = 4, asynchronousCommit = false }: PoolOptions = {}): Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    ...(asynchronousCommit && { options: '-c synchronous_commit=off' }),
  });
  // Heard on each connection, lent out or idle: unheard, the error of one that breaks would end the process. The next query takes another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
};
