import { isDeepStrictEqual } from 'node:util';
import { labelsOf, saidAt, type Asserting, type FactConfirmed, type Recorded, type Said } from '#kernel';

/** What a source told, field by field; null where it said that there is none. */
type Told = Readonly<Record<string, unknown>>;
type Report = Asserting & { readonly cleared?: readonly string[] | undefined };

const emptied = (fields: readonly string[] = []): Told => Object.fromEntries(fields.map((field) => [field, null]));
const plain = (value: object): Told => JSON.parse(JSON.stringify(value)) as Told;
const toldBy = ({ data }: { readonly data: object }): Told => {
  const { cleared, ...fields } = data as { readonly cleared?: readonly string[] };
  return { ...fields, ...emptied(cleared) };
};

/** A first statement of something, and the same as a change; `cleared` says what is empty. */
interface Statements<E> {
  readonly registered: E;
  readonly changed: E;
}

/** What a report adds: the registration if nobody spoke of it before, a confirmation of what its source said last, a change where it says anything else. */
export const register = <E extends { readonly type: string; readonly data: object }>(
  said: Said<object>,
  report: Report,
  { registered, changed }: Statements<E>,
): readonly (E | Recorded<FactConfirmed>)[] => {
  const told = plain(toldBy(changed));
  const own = said.filter(({ by }) => by.source.system === report.source.system);
  const same = own.filter((statement) => isDeepStrictEqual(toldBy(statement), told));
  const last = same.find((statement) => statement === own.at(-1));
  if (report.assertedAt === null ? last : same.some(({ by }) => by.assertedAt === report.assertedAt)) return [];
  if (last && saidAt(last.by) <= saidAt(report)) {
    return [{ type: 'FactConfirmed', data: { repeated: [last.by.id] }, labels: labelsOf(last) }];
  }
  if (said.length > 0) return [changed];
  return report.cleared?.length ? [registered, changed] : [registered];
};
