import { postgresStore } from '#event-store';
import pg from 'pg';
import { compare, newRequest, type Figure, type Work } from './append.load.js';

const EVENTS = 50_000;
const PAGE = 1_000;

/** Goes round the log, page by page. */
const round = (page: (after: number) => Promise<readonly { readonly body: string }[]>): Work => {
  let after = 0;
  return async () => {
    const events = await page(after);
    for (const { body } of events) JSON.parse(body);
    after = events.length < PAGE ? 0 : after + events.length;
    return events.length;
  };
};

/** tail: `readAll` in pages, its bodies parsed, beside the same pages read and parsed by bare `pg`. Fills the log where it is short. */
export const tailFigure = async (url: string): Promise<Figure> => {
  const store = postgresStore({ url });
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  for (let { position } = await store.head(); position < EVENTS; position += 500) await store.append(newRequest(500));
  const bare = async (after: number) =>
    (
      await pool.query<{ body: string }>({
        name: 'tail',
        text: 'select * from log.events where position > $1 order by position limit $2',
        values: [after, PAGE],
      })
    ).rows;
  const figure = await compare('tail', 1, { ours: round((after) => store.readAll(after, PAGE)), limit: round(bare) });
  await Promise.all([pool.end(), store.close()]);
  return figure;
};
