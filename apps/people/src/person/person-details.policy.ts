import { isDeepStrictEqual } from 'node:util';
import type { OverlayField, PersonField, PersonValues } from '#contracts';
import { isErased, saidAt, stated, type Asserting, type Said, type Statement } from '#kernel';
import type { ReportPersonDetails } from './person.commands.js';

/** What a source told of each field: its value, or null where it said that it is empty. */
export type Told = Partial<Record<PersonField, unknown>>;

const OLDEST = 90;

/**
 * The year of birth as it may stand open: of people who are 90 or more in the year of `asOf`, the year of those who are
 * just 90. Undefined where the year, or the moment, is not known.
 */
export const openBirthYear = (birthDate: string | undefined, asOf: string | undefined): number | undefined => {
  if (birthDate === undefined || asOf === undefined) return undefined;
  return Math.max(Number(birthDate.slice(0, 4)), Number(asOf.slice(0, 4)) - OLDEST);
};

/** The later of the moments at which a report was made and received. */
export const momentOf = ({ assertedAt, receivedAt }: ReportPersonDetails): string | undefined =>
  [assertedAt, receivedAt]
    .filter((at) => typeof at === 'string')
    .sort()
    .at(-1);

export const valuesOf = (r: ReportPersonDetails): PersonValues =>
  stated({
    identityLevel: r.identityLevel,
    names: r.names,
    birthDate: r.birthDate,
    birthDateQuality: r.birthDateQuality,
    sex: r.sex,
    gender: r.gender,
    pronouns: r.pronouns,
    race: r.race,
    ethnicity: r.ethnicity,
  });

const emptied = (fields: readonly PersonField[] = []): Told => Object.fromEntries(fields.map((field) => [field, null]));
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const toldIn = (report: ReportPersonDetails): Told => plain({ ...valuesOf(report), ...emptied(report.cleared) });

type Recorded = { readonly values?: object; readonly cleared?: readonly PersonField[]; readonly birthYear?: number };
const toldBy = ({ data }: Statement<object>): Told => {
  const { values, cleared, birthYear: _, ...registered } = data as Recorded;
  return { ...(values === undefined ? registered : isErased(values) ? {} : values), ...emptied(cleared) };
};

/** What a source had told of each field before a report was made, by whatever it said of that field last. */
export const toldBefore = (own: Said<object>, report: Asserting): Told =>
  own.filter(({ by }) => saidAt(by) <= saidAt(report)).reduce((told, statement) => ({ ...told, ...toldBy(statement) }), {});

export const changedIn = (told: Told, before: Told): PersonField[] =>
  (Object.keys(told) as PersonField[]).filter((field) => !isDeepStrictEqual(told[field], before[field]));

/** Said before, at that very time; of a source that does not tell when: just this was what it said last. */
export const isRepeat = (own: Said<object>, report: Asserting, told: Told): boolean =>
  report.assertedAt === null
    ? own.length > 0 && isDeepStrictEqual(toldBy(own.at(-1)!), told)
    : own.some((statement) => statement.by.assertedAt === report.assertedAt && isDeepStrictEqual(toldBy(statement), told));

/** What the source said last, if it says just that again, later. */
export const confirmedBy = (own: Said<object>, report: Asserting, told: Told): Statement<object> | undefined => {
  const last = own.at(-1);
  return last && saidAt(last.by) <= saidAt(report) && isDeepStrictEqual(toldBy(last), told) ? last : undefined;
};

type Names = readonly { readonly family?: string; readonly given?: string; readonly text?: string }[];
const spoken = ({ family = '', given = '', text = '' }: Names[number]) => `${family}|${given}|${text}`.toLowerCase();
const nobodyElse: Readonly<Record<OverlayField, (a: never, b: never) => boolean>> = {
  name: (a: Names, b: Names) => a.some((one) => b.some((other) => spoken(one) === spoken(other))),
  birthDate: (a: string, b: string) => a.startsWith(b) || b.startsWith(a),
  sex: (a: { mapped: string }, b: { mapped: string }) => a.mapped === b.mapped || [a.mapped, b.mapped].includes('unknown'),
};
const FIELDS = { name: 'names', birthDate: 'birthDate', sex: 'sex' } as const;

/** The fields by which a record may have become another person's: what was filled in, emptied or made more precise does not count. */
export const overlaid = (told: Told, before: Told): OverlayField[] =>
  (Object.keys(FIELDS) as OverlayField[]).filter((field) => {
    const [now, then] = [told[FIELDS[field]] ?? undefined, before[FIELDS[field]] ?? undefined];
    return now !== undefined && then !== undefined && !nobodyElse[field](now as never, then as never);
  });
