import { dayAfter } from '#kernel';

/** A question that cannot be answered as asked; `field` names the part at fault. */
export class UnreadableQuestion extends Error {
  constructor(
    message: string,
    readonly field: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The instant meant by `knownOn`: of a day, its last moment in the default zone. Null for now, which the future counts as. */
export const knownOnInstant = (text: string | undefined, zone: string, now: number): string | null => {
  if (text === undefined || text === '') return null;
  const at = DAY.test(text) ? lastOfDay(text, zone) : INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UnreadableQuestion(
      'knownOn is neither a day nor an instant.',
      'knownOn',
      'Send a day such as 2026-03-05, or an instant such as 2026-03-05T16:00:00Z.',
    );
  }
  return at >= now ? null : new Date(at).toISOString();
};

const lastOfDay = (start: string, zone: string): number => {
  try {
    return dayAfter({ start, precision: 'day', zone, basis: '' }, 0).until - 1;
  } catch {
    return Number.NaN;
  }
};
