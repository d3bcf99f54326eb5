import { hasCurrent, hasHistory, historyName, type Column, type Projection, type RowTable } from './projection.js';

const IDENTIFIER = /^[a-z][a-z0-9_]*$/;

/** A schema, table or column name, safe to stand in SQL. */
export const name = (text: string): string => {
  if (!IDENTIFIER.test(text)) throw new Error(`${JSON.stringify(text)} cannot name a table, column or schema here`);
  return text;
};

const columnsOf = (columns: readonly Column<object>[]) => columns.map((c) => `${name(c.name)} ${c.type}, `).join('');

const indexes = (schema: string, table: string, columns: readonly Column<object>[], thenBy: string) =>
  columns
    .filter(({ index }) => index)
    .map((c) => `create index on ${schema}.${table} using ${c.index} (${c.name}${c.index === 'btree' ? thenBy : ''})`);

const tableDdl = (schema: string, table: RowTable<object>): string[] => {
  const [current, history, columns] = [name(table.name), name(historyName(table)), columnsOf(table.columns)];
  return [
    ...(hasCurrent(table)
      ? [
          `create table ${schema}.${current} (row_key text collate "C" primary key, ${columns}position bigint not null, state text not null)`,
          ...indexes(schema, current, table.columns, ''),
        ]
      : []),
    // Positions grow, so a key that begins with one is appended to, wherever the row's own key falls.
    ...(hasHistory(table)
      ? [
          `create table ${schema}.${history} (known_from bigint, row_key text collate "C", ${columns}state text, primary key (known_from, row_key))`,
          ...indexes(schema, history, table.columns, ', known_from'),
        ]
      : []),
  ];
};

/** Everything that a projection needs in a schema of its own: its rows, its checkpoint, and what is parked. */
export const ddlOf = ({ tables }: Projection, schemaName: string): readonly string[] => {
  const schema = name(schemaName);
  return [
    `create schema if not exists ${schema}`,
    `create table ${schema}.checkpoint (projection text primary key, position bigint not null, log_id text not null, epoch int not null,
      hash text not null, recorded_at text, holder text, held_until timestamptz)`,
    `create table ${schema}.parked (projection text, position bigint, stream_id text not null, reason text not null, primary key (projection, position))`,
    ...tables.flatMap((table) => tableDdl(schema, table)),
  ];
};

/** Every table that rows stand in. */
export const rowTables = ({ tables }: Projection): readonly string[] =>
  tables.flatMap((table) => [
    ...(hasCurrent(table) ? [name(table.name)] : []),
    ...(hasHistory(table) ? [name(historyName(table))] : []),
  ]);
