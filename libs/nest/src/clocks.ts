import { fieldsOf, type OccurredInput, type Report } from '#contracts';
import { precisionOf, spanOfEnd, spanOfStart, type Occurred } from '#kernel';
import { validationProblem, type FieldError } from './problem.js';

/** Clocks of those who type run a little apart from ours. */
const LEEWAY_MS = 5 * 60_000;
const EARLIEST_YEAR = 1900;

/** What this system itself is called as a source: what is typed here. */
export const TYPED_HERE = 'throughline';

export interface Receipt {
  /** The moment of entry, in milliseconds since the epoch. */
  readonly at: number;
  /** The zone of what names none. */
  readonly zone: string;
  /** What becomes of a future or impossible date: refused where a person typed it, marked where a source reported it. */
  readonly dates: 'refuse' | 'mark';
}

const FIRST = '0000-01-01T00:00:00';
/** No zone is further than this from UTC. */
const WIDEST_MS = 15 * 3_600_000;
/** Whether it may lie ahead at all, told without its zone: of nearly everything that is reported this is the end of it. */
const mayBeAhead = (start: string, at: number) => !(Date.parse(`${start}${FIRST.slice(start.length)}Z`) + WIDEST_MS <= at);
const isAhead = (occurred: Occurred, at: number) => mayBeAhead(occurred.start, at) && spanOfStart(occurred).from > at;

const wrongs = (occurred: Occurred, at: number): readonly FieldError[] => {
  const remedy = 'Give the date on which it happened.';
  const year = Number(occurred.start.slice(0, 4));
  if (year < EARLIEST_YEAR) return [{ field: 'occurred.start', message: `lies before ${EARLIEST_YEAR}`, remedy }];
  if (isAhead(occurred, at + LEEWAY_MS)) return [{ field: 'occurred.start', message: 'lies in the future', remedy }];
  if (occurred.end === undefined) return [];
  if (isAhead({ ...occurred, start: occurred.end }, at + LEEWAY_MS)) {
    return [{ field: 'occurred.end', message: 'lies in the future', remedy: 'Leave it out until it has ended.' }];
  }
  if (spanOfEnd(occurred).until <= spanOfStart(occurred).from) {
    return [{ field: 'occurred.end', message: 'lies before occurred.start', remedy: 'Check both dates.' }];
  }
  return [];
};

const normalised = (occurred: OccurredInput, zone: string): Occurred => ({
  ...occurred,
  precision: precisionOf(occurred.start) ?? 'day',
  zone: occurred.zone ?? zone,
  basis: occurred.basis ?? 'entered',
});

/** The longest part of a text of the right shape that names a real date: `2026-02-31` → `2026-02`. */
const realPart = (text: unknown): string | undefined => {
  if (typeof text !== 'string' || !/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?$/.test(text)) return undefined;
  return [19, 16, 10, 7, 4].map((length) => text.slice(0, length)).find((part) => precisionOf(part) !== undefined);
};

/** A source's body whose date does not exist, with the part of it that does, as sent beside it, and marked. */
export const withRealDates = (body: unknown): unknown => {
  const occurred = (body as { occurred?: { start?: unknown } } | null)?.occurred;
  const start = realPart(occurred?.start);
  if (start === undefined || start === occurred?.start) return body;
  return { ...(body as object), occurred: { ...occurred, start, asSent: occurred?.start, implausible: true } };
};

const isRealInstant = (text: string) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

const sayable = (assertedAt: string, { at, dates }: Receipt): readonly FieldError[] => {
  const field = 'assertedAt';
  if (!isRealInstant(assertedAt)) return [{ field, message: 'names a day that does not exist', remedy: 'Check the date.' }];
  const ahead = dates === 'refuse' && Date.parse(assertedAt) > at + LEEWAY_MS;
  return ahead ? [{ field, message: 'lies in the future', remedy: 'Leave it out: it is the moment of entry.' }] : [];
};

const worldClock = (command: Report, { at, zone, dates }: Receipt): readonly FieldError[] => {
  if (!command.occurred) return [];
  const occurred = normalised(command.occurred, zone);
  const wrong = wrongs(occurred, at);
  command.occurred = wrong.length > 0 ? { ...occurred, implausible: true } : occurred;
  return dates === 'refuse' ? wrong : [];
};

/** Where a command asks when it was received, nobody but the door can tell. */
const receive = (command: Report, at: string): void => {
  if (fieldsOf(command.constructor as new () => object).includes('receivedAt')) Object.assign(command, { receivedAt: at });
};

/** Fills in what a command's clocks leave open, and judges them by the moment of entry. Throws a problem where a person has to mend a date. */
export const setClocks = (command: Report, receipt: Receipt): void => {
  const typed = command.source.system === TYPED_HERE;
  const received = new Date(receipt.at).toISOString();
  receive(command, received);
  command.assertedAt ??= typed ? received : null;
  const wrong = [...worldClock(command, receipt), ...(command.assertedAt === null ? [] : sayable(command.assertedAt, receipt))];
  if (wrong.length > 0) throw validationProblem(wrong);
};
