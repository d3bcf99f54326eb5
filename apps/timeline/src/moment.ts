import type { Moment } from '#contracts';
import { spanOfStart, type Occurred, type Span } from '#kernel';

const DAY = 86_400_000;
const MOST_DAYS = 50_000;
const days = new Map<string, Span>();

const spanOfDay = (day: string, zone: string): Span => {
  const key = `${zone}|${day}`;
  let span = days.get(key);
  if (!span) {
    if (days.size >= MOST_DAYS) days.clear();
    span = spanOfStart({ start: day, precision: 'day', zone, basis: '' });
    days.set(key, span);
  }
  return span;
};

const STEP = { minute: 60_000, second: 1000 } as const;

/**
 * The instants that a start may mean, as the kernel's `spanOfStart`, which is asked once for each day of a zone: within a
 * day of 24 hours the clock runs evenly, so a time is a sum. Days on which clocks change are left to the kernel.
 */
export const spanOf = (occurred: Occurred): Span => {
  const { start, zone, offset } = occurred;
  if (start.length < 10) return spanOfStart(occurred);
  if (offset) return spanOfStart(occurred);
  const day = spanOfDay(start.slice(0, 10), zone);
  if (start.length === 10) return day;
  if (day.until - day.from !== DAY) return spanOfStart(occurred);
  const from = day.from + Date.parse(`1970-01-01${start.slice(10)}Z`);
  return { from, until: from + STEP[start.length === 16 ? 'minute' : 'second'] };
};

export const momentOf = (occurred: Occurred): Moment => ({
  text: occurred.start.replace('T', ' '),
  precision: occurred.precision,
  zone: occurred.zone,
  ...spanOf(occurred),
  ...(occurred.estimated && { estimated: true }),
  ...(occurred.implausible && { implausible: true }),
});

/** A local date or time that a fact names beside its own moment. */
export const momentAt = (start: string, { zone }: Occurred): Moment => {
  const precision =
    start.length === 4
      ? 'year'
      : start.length === 7
        ? 'month'
        : start.length === 10
          ? 'day'
          : start.length === 16
            ? 'minute'
            : 'second';
  return momentOf({ start, precision, zone, basis: '' });
};

/** The day, in a zone, of an instant of the log. */
export const dayOfInstant = (instant: string, zone: string): Moment => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return momentOf({ start: parts.format(new Date(instant)), precision: 'day', zone, basis: '' });
};
