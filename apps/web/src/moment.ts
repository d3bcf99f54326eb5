import type { Moment } from '#contracts';

/** Milliseconds on the wall clock of the place where it happened: the chart's axis shows days as people there lived them. */
export interface Wall {
  readonly from: number;
  readonly until: number;
}

const STEP = { minute: 60_000, second: 1_000, day: 86_400_000 } as const;
const PADDING = '0000-01-01T00:00:00';

export const wallOf = ({ text, precision }: Moment): Wall => {
  const local = text.replace(' ', 'T');
  const from = Date.parse(`${local}${PADDING.slice(local.length)}Z`);
  const start = new Date(from);
  if (precision === 'year') return { from, until: Date.UTC(start.getUTCFullYear() + 1, 0) };
  if (precision === 'month') return { from, until: Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1) };
  return { from, until: from + STEP[precision] };
};

/** The wall-clock reading of an instant in a zone. */
export const wallIn = (instant: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(instant); // prettier-ignore
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

const inWords = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options });
const WORDS = {
  year: inWords({ year: 'numeric' }),
  month: inWords({ year: 'numeric', month: 'short' }),
  day: inWords({ year: 'numeric', month: 'short', day: 'numeric' }),
  minute: inWords({ year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }),
  second: inWords({ year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }),
};

/** `Mar 5, 2026, 4:00 PM`, as exact as it is known; `about` before an estimate. */
export const words = (moment: Moment): string => {
  const text = WORDS[moment.precision].format(wallOf(moment).from);
  return `${moment.estimated ? 'about ' : ''}${text}${moment.implausible ? ' (implausible)' : ''}`;
};

/** An instant on the wall clock of a zone: beside what happened, in the zone where it happened. */
export const instantInWords = (instant: string, zone: string): string => WORDS.minute.format(wallIn(Date.parse(instant), zone));
export const dayInWords = (instant: string, zone: string): string => WORDS.day.format(wallIn(Date.parse(instant), zone));
/** `2026-03-05`: the day of an instant in a zone. */
export const dayIn = (instant: number, zone: string): string => new Date(wallIn(instant, zone)).toISOString().slice(0, 10);
