import { codesOf, type HudList } from '#contracts';
import { Temporal } from 'temporal-polyfill';

/** A value that its column cannot hold: the row is refused, its neighbours are not. */
export class BadValue extends Error {
  constructor(
    readonly column: string,
    reason: string,
    readonly remedy: string,
  ) {
    super(`${column} ${reason}`);
  }
}

const DAY = /^(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?)?$/;
const DATE_REMEDY = 'Write the date as 2026-03-05.';

/** One row of an HMIS file, read by column; an empty value is an absent one. */
export class Row {
  private readonly instants = new Map<string, string | null>();

  constructor(
    readonly line: number,
    private readonly cells: ReadonlyMap<string, string>,
    private readonly zone: string,
  ) {}

  text(column: string): string | undefined {
    const value = this.cells.get(column)?.trim();
    return value === undefined || value === '' ? undefined : value;
  }

  required(column: string): string {
    const value = this.text(column);
    if (value === undefined) throw new BadValue(column, 'is empty', `Every row needs its ${column}.`);
    return value;
  }

  /** One of HUD's codes. */
  code<const L extends HudList>(column: string, list: L): (keyof L & number) | undefined {
    const value = this.text(column);
    if (value === undefined) return undefined;
    const code = Number(value);
    if (!codesOf(list).includes(code))
      throw new BadValue(column, 'is not one of HUD’s codes', `Use a code of HUD’s list for ${column}.`);
    return code as keyof L & number;
  }

  /** A local day as it was sent; one that never was (31 February) is passed on, for the door to mark. */
  day(column: string): string | undefined {
    const value = this.text(column);
    if (value === undefined) return undefined;
    const shape = DAY.exec(value);
    if (!shape) throw new BadValue(column, 'is not a date', DATE_REMEDY);
    return shape[1];
  }

  requiredDay(column: string): string {
    this.required(column);
    return this.day(column)!;
  }

  /** The instant that a local timestamp means in the source's zone; null where it is empty, or can be read in two ways (`03-11-21`). */
  instant(column: string): string | null {
    const known = this.instants.get(column);
    if (known !== undefined) return known;
    const instant = this.instantOf(TIMESTAMP.exec(this.text(column) ?? ''));
    this.instants.set(column, instant);
    return instant;
  }

  private instantOf(shape: RegExpExecArray | null): string | null {
    if (!shape) return null;
    try {
      const local = Temporal.PlainDateTime.from(`${shape[1]}T${shape[2] ?? '00:00'}`, { overflow: 'reject' });
      return new Date(local.toZonedDateTime(this.zone).epochMilliseconds).toISOString();
    } catch {
      return null;
    }
  }
}
