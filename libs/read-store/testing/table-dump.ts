import { rowTables, type Pool, type Projection } from '#read-store';

/** Every row of a projection's tables, as text: two folds are equal where these are. */
export const tableDump = async (
  pool: Pool,
  projection: Projection,
  schema: string,
): Promise<Readonly<Record<string, readonly string[]>>> => {
  const dump: Record<string, readonly string[]> = {};
  for (const table of rowTables(projection)) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${schema}.${table} t order by 1`);
    dump[table] = rows.map(({ row }) => row);
  }
  return dump;
};
