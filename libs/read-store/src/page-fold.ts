import { hasCurrent, hasHistory, type Fact, type Projection, type RowOrigin, type RowTable } from './projection.js';
import { RowCache } from './row-cache.js';

/** A row as it is to be written: `state` null is a removal. */
export interface Written extends RowOrigin {
  readonly state: object | null;
}
export interface TableWrites {
  readonly table: RowTable<object>;
  readonly current: Map<string, Written>;
  readonly history: Written[];
}
/** An event that could not be taken, or that stands behind one of its stream. */
export interface Parked {
  readonly position: number;
  readonly streamId: string;
  readonly reason: string;
}
export interface PageWrites {
  readonly tables: readonly TableWrites[];
  readonly parked: readonly Parked[];
}

/** An event of a page: opened, or the reason why it could not be. */
export type Opened = { readonly fact: Fact } | { readonly unopened: Parked };

/** Folds pages of events into rows to write, in memory. What one event does is done whole or not at all. */
export class PageFold {
  private readonly cache: RowCache;

  constructor(
    private readonly projection: Projection,
    private readonly parkedStreams: Set<string>,
    mostRows: number,
  ) {
    this.cache = new RowCache(mostRows);
  }

  /** The rows that a page needs and that are not at hand, by table. */
  missing(page: readonly Opened[]): ReadonlyMap<RowTable<object>, readonly string[]> {
    const missing = new Map<RowTable<object>, readonly string[]>();
    for (const table of this.projection.tables.filter(hasCurrent)) {
      const keys = new Set<string>();
      for (const opened of page) {
        if (!('fact' in opened)) continue;
        for (const key of keysOf(table, opened.fact)) if (!this.cache.has(cacheKey(table, key))) keys.add(key);
      }
      if (keys.size > 0) missing.set(table, [...keys]);
    }
    return missing;
  }

  /** Rows as read from the database; a key that was asked for and not found is absent. */
  provide(table: RowTable<object>, asked: readonly string[], found: ReadonlyMap<string, string>): void {
    for (const key of asked) {
      const text = found.get(key);
      this.cache.set(cacheKey(table, key), text === undefined ? null : (JSON.parse(text) as object));
    }
  }

  fold(page: readonly Opened[]): PageWrites {
    const tables = this.projection.tables.map((table) => ({ table, current: new Map<string, Written>(), history: [] }));
    const parked: Parked[] = [];
    for (const opened of page) {
      const failed = 'fact' in opened ? this.take(opened.fact, tables) : opened.unopened;
      if (!failed) continue;
      this.parkedStreams.add(failed.streamId);
      parked.push(failed);
    }
    return { tables, parked };
  }

  /** What was folded is committed: rows not used lately may go. */
  committed(): void {
    this.cache.trim();
  }
  forget(): void {
    this.cache.clear();
  }

  private take(fact: Fact, tables: readonly TableWrites[]): Parked | undefined {
    const { streamId, position } = fact;
    if (this.parkedStreams.has(streamId)) return { position, streamId, reason: 'stands behind a parked event of its stream' };
    try {
      const changes = tables.flatMap((writes) => this.changes(writes, fact));
      for (const apply of changes) apply();
      return undefined;
    } catch (error) {
      return { position, streamId, reason: reasonOf(error) };
    }
  }

  private changes(writes: TableWrites, fact: Fact): (() => void)[] {
    const { table } = writes;
    return table.keys(fact).flatMap((key) => {
      const before = hasCurrent(table) ? (this.cache.get(cacheKey(table, key)) ?? undefined) : undefined;
      const after = table.fold(before, fact, key);
      if (after === before || (after === null && before === undefined && hasCurrent(table))) return [];
      const written = { key, personId: fact.personId, position: fact.position, state: after };
      return [
        () => {
          if (hasHistory(table) && (table.versioned?.(before, after) ?? true)) writes.history.push(written);
          if (!hasCurrent(table)) return;
          this.cache.set(cacheKey(table, key), after);
          writes.current.set(key, written);
        },
      ];
    });
  }
}

/** Names the fault without quoting what it met: reasons are shown, and hold no personal data. */
export const reasonOf = (error: unknown): string =>
  error instanceof SyntaxError ? 'it is not the JSON it should be' : error instanceof Error ? error.message : String(error);

const cacheKey = (table: RowTable<object>, key: string) => `${table.name}|${key}`;
const keysOf = (table: RowTable<object>, fact: Fact): readonly string[] => {
  try {
    return table.keys(fact);
  } catch {
    return []; // `take` meets the same fault, and parks.
  }
};
