import type pg from 'pg';
import type { Seal } from './seal.js';

const SELECT = `
  select from_position::int8 as from, to_position::int8 as to, encode(previous, 'hex') as previous, encode(root, 'hex') as root,
         encode(signature, 'hex') as signature
    from log.seals s order by s.from_position`;

/** The seals in the database, in order, or the last alone. */
export const readSeals = async (pool: pg.Pool, which: 'all' | 'last' = 'all'): Promise<readonly Seal[]> => {
  const { rows } = await pool.query<Record<keyof Seal, string>>(which === 'all' ? SELECT : `${SELECT} desc limit 1`);
  return rows.map((row) => ({ ...row, from: Number(row.from), to: Number(row.to) }));
};
