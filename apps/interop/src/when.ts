import { precisionOf, spanOfStart } from '#kernel';

/** A time as a command's body holds it. */
export interface Told {
  readonly start: string;
  readonly zone: string;
  readonly offset?: string;
  readonly basis: string;
  readonly implausible?: true;
  /** The text of a date that does not exist; `start` is the part of it that does. */
  readonly asSent?: string;
}

/** What a source says of a time (local text and offset), or undefined where its text names no date at all. */
export const told = (
  text: string,
  more: { zone: string; offset?: string | undefined; basis: string; receivedAt: string },
): Told | undefined => {
  const start = [19, 16, 10, 7, 4].map((length) => text.slice(0, length)).find((part) => precisionOf(part) !== undefined);
  if (start === undefined) return undefined;
  const { zone, offset, basis, receivedAt } = more;
  const at = { start, zone, ...(offset !== undefined && { offset }), basis };
  if (start !== text) return { ...at, implausible: true, asSent: text };
  return spanOfStart({ ...at, precision: precisionOf(start) ?? 'day' }).from > Date.parse(receivedAt)
    ? { ...at, implausible: true }
    : at;
};

/** The instant that a time names: its beginning, where it is a day or more. */
export const instantOf = (at: Told): string =>
  new Date(spanOfStart({ ...at, precision: precisionOf(at.start) ?? 'day' }).from).toISOString();
