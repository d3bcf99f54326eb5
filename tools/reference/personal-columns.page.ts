import { personalColumns, type Projection } from '#read-store';

/** A read model and the schema that its tables stand in. */
export interface ReadModel {
  readonly schema: string;
  readonly projection: Projection;
}

const INTRODUCTION = `# Columns that hold personal data in the clear

Made from the declarations of the read models by \`npm run generate\`; do not edit.

The log, its copies and the identifier table hold no personal data in the clear. Of the read models, only these columns may; their
rows are deleted, and folded again as erased, when a person is erased. All others hold codes, dates, counts and random ids.`;

/** docs/reference/personal-columns.md */
export const personalColumnsPage = (models: readonly ReadModel[]): string => {
  const rows = models
    .flatMap(({ projection, schema }) => personalColumns(projection, schema))
    .map(({ column, why }) => `| \`${column}\` | ${why} |`);
  const table = rows.length > 0 ? ['| column | why |', '|---|---|', ...rows].join('\n') : 'No read model declares any.';
  return `${INTRODUCTION}\n\n${table}\n`;
};
