import { Temporal } from 'temporal-polyfill';

export const PRECISIONS = ['year', 'month', 'day', 'minute', 'second'] as const;
export type Precision = (typeof PRECISIONS)[number];

/**
 * When something happened in the world, as its source said it: never padded, never turned into UTC.
 * `start` and `end` are local texts whose length is their precision: `2026`, `2026-03`, `2026-03-05`,
 * `2026-03-05T16:00`, `2026-03-05T16:00:30`. `offset` is kept only where the source sent one.
 */
export interface Occurred {
  readonly start: string;
  readonly end?: string;
  readonly precision: Precision;
  /** IANA zone of the place where it happened (or, unless told otherwise, of its source). */
  readonly zone: string;
  readonly offset?: string;
  /** The field of the source that told it, e.g. `PV1-44` or `EntryDate`. */
  readonly basis: string;
  readonly estimated?: boolean;
  /** After receipt, or impossible: kept as sent, starts no clock. */
  readonly implausible?: boolean;
  /** The source's text where it names no real date: `2026-02-31`; `start` is the part of it that does, `2026-02`. */
  readonly asSent?: string;
}

/** A span of instants, in milliseconds since the epoch: `from` included, `until` not. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

const STEP = {
  year: { years: 1 },
  month: { months: 1 },
  day: { days: 1 },
  minute: { minutes: 1 },
  second: { seconds: 1 },
} as const;
const PADDING = '0000-01-01T00:00:00';

const LOCAL = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?)?)?$/;
const LENGTHS: Readonly<Record<number, Precision>> = { 4: 'year', 7: 'month', 10: 'day', 16: 'minute', 19: 'second' };
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** The precision that a local date-time text carries by its length; undefined where it is not one, or names no real moment. */
// By hand, since it is asked of every date that comes in: the library throws for what is not one, at a hundred times the cost.
export const precisionOf = (text: string): Precision | undefined => {
  const parts = LOCAL.exec(text);
  if (!parts || Number(parts[3] ?? 1) > daysIn(Number(parts[1]), Number(parts[2] ?? 1))) return undefined;
  return LENGTHS[text.length];
};

const plain = (text: string) => Temporal.PlainDateTime.from(text + PADDING.slice(text.length));

const instant = (at: Temporal.PlainDateTime, { zone, offset }: Pick<Occurred, 'zone' | 'offset'>) =>
  offset ? Temporal.Instant.from(`${at.toString()}${offset}`).epochMilliseconds : at.toZonedDateTime(zone).epochMilliseconds;

/** Every instant that a text of this precision may mean: a day is 23 to 25 hours long, a year is a year. */
const spanOfText = (text: string, occurred: Pick<Occurred, 'zone' | 'offset'>): Span => {
  const start = plain(text);
  const step = STEP[precisionOf(text) ?? 'day'];
  return { from: instant(start, occurred), until: instant(start.add(step), occurred) };
};

/** Every instant at which it may have begun. */
export const spanOfStart = (occurred: Occurred): Span => spanOfText(occurred.start, occurred);

/** Every instant at which it may have ended; the start's where no end is known. */
export const spanOfEnd = (occurred: Occurred): Span => spanOfText(occurred.end ?? occurred.start, occurred);

/** First by the earliest possible start, then by the latest: `a` before `b` is negative. */
export const compareOccurred = (a: Occurred, b: Occurred): number => {
  const [x, y] = [spanOfStart(a), spanOfStart(b)];
  return x.from - y.from || x.until - y.until;
};

/** The calendar days, in `zone`, that a start may fall on: `least` and `most` differ where the day is not known. */
const daysOfStart = (occurred: Occurred, zone: string) => {
  if (!occurred.offset && occurred.zone === zone) {
    const first = plain(occurred.start).toPlainDate();
    const step = STEP[occurred.precision];
    const last = 'years' in step || 'months' in step ? first.add(step).subtract({ days: 1 }) : first;
    return { least: first, most: last };
  }
  const { from, until } = spanOfStart(occurred);
  const day = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return { least: day(from), most: day(until - 1) };
};

/**
 * Calendar days from an index event to another, counted in the zone of the place where the index event happened;
 * an interval where either day is not known exactly. A discharge on Friday 16:00 and a visit the next Friday
 * 20:30 in Detroit are 7 days, though 8 in UTC.
 */
export const daysBetween = (index: Occurred, other: Occurred): { readonly least: number; readonly most: number } => {
  const [a, b] = [daysOfStart(index, index.zone), daysOfStart(other, index.zone)];
  return { least: a.most.until(b.least).days, most: a.least.until(b.most).days };
};

/** The calendar day `days` after the start of `index`, in its own zone, as `YYYY-MM-DD`, with the instants it spans. */
export const dayAfter = (index: Occurred, days: number): { readonly day: string } & Span => {
  const day = daysOfStart(index, index.zone).most.add({ days });
  const midnight = (d: Temporal.PlainDate) => d.toZonedDateTime(index.zone).epochMilliseconds;
  return { day: day.toString(), from: midnight(day), until: midnight(day.add({ days: 1 })) };
};
