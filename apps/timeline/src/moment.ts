import type { Moment } from '#contracts';
import { dayAfter, daysBetween, spanOfStart, type Occurred, type Span } from '#kernel';

const [HOUR, MINUTE, SECOND] = [3_600_000, 60_000, 1000];
const DAY = 24 * HOUR;
const MOST_DAYS = 50_000;
/** Days already asked for: by zone, then by the date as a number. */
const zones = new Map<string, Map<number, Span>>();

const digits = (text: string, at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

const spanOfDay = (start: string, zone: string): Span => {
  let days = zones.get(zone);
  if (!days) zones.set(zone, (days = new Map()));
  const key = ((digits(start, 0) * 100 + digits(start, 2)) * 100 + digits(start, 5)) * 100 + digits(start, 8);
  let span = days.get(key);
  if (!span) {
    if (days.size >= MOST_DAYS) days.clear();
    span = spanOfStart({ start: start.slice(0, 10), precision: 'day', zone, basis: '' });
    days.set(key, span);
  }
  return span;
};

/**
 * The instants that a start may mean, as the kernel's `spanOfStart`, which is asked once for each day of a zone: within a
 * day of 24 hours the clock runs evenly, so a time is a sum. Days on which clocks change are left to the kernel.
 */
export const spanOf = (occurred: Occurred): Span => {
  const { start, zone, offset } = occurred;
  if (offset || start.length < 10) return spanOfStart(occurred);
  const day = spanOfDay(start, zone);
  if (start.length === 10) return day;
  if (day.until - day.from !== DAY) return spanOfStart(occurred);
  const minute = day.from + digits(start, 11) * HOUR + digits(start, 14) * MINUTE;
  if (start.length === 16) return { from: minute, until: minute + MINUTE };
  const from = minute + digits(start, 17) * SECOND;
  return { from, until: from + SECOND };
};

const isDayOf = ({ zone, start, offset }: Occurred, of: string) => zone === of && !offset && start.length >= 10;
const dayNumber = ({ start }: Occurred) => Date.parse(`${start.slice(0, 10)}Z`) / DAY;

/** As the kernel's `daysBetween`, which is asked only where a zone or an unknown part has to be thought about. */
export const daysFrom = (index: Occurred, other: Occurred): ReturnType<typeof daysBetween> => {
  if (!isDayOf(index, index.zone) || !isDayOf(other, index.zone)) return daysBetween(index, other);
  const days = dayNumber(other) - dayNumber(index);
  return { least: days, most: days };
};

/** As the kernel's `dayAfter`. */
export const dayLater = (index: Occurred, days: number): ReturnType<typeof dayAfter> => {
  if (!isDayOf(index, index.zone)) return dayAfter(index, days);
  const day = new Date((dayNumber(index) + days) * DAY).toISOString().slice(0, 10);
  return { day, ...spanOfDay(day, index.zone) };
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
