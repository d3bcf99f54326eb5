import type { AnyEvent, Envelope } from '#kernel';

/** An event as a projection sees it: opened, of a known type. */
export type Fact = Envelope & AnyEvent;

/** Which row, and the person and the position of the event that wrote it. */
export interface RowOrigin {
  readonly key: string;
  readonly position: number;
  readonly personId: string | null;
}

/** A column beside the row's state, for look-ups. */
export interface Column<S> {
  readonly name: string;
  readonly type: 'uuid' | 'text' | 'bigint' | 'boolean' | 'text[]';
  readonly of: (state: S, row: RowOrigin) => string | number | boolean | readonly string[] | null;
  /** Indexed: `btree` for equality and order, `gin` for what an array contains. */
  readonly index?: 'btree' | 'gin';
  /** Why plain personal data stand here; where absent, none may. */
  readonly personal?: string;
}

/**
 * One table of a read model. `current` holds the row as it is now; `history` holds one version per event that touched it,
 * keyed by (known_from, row_key) and only ever added to. Rows hold exact JSON text.
 */
export interface RowTable<S extends object> {
  readonly name: string;
  readonly keeps: 'current' | 'history' | 'both';
  /** The rows that an event touches. All events of one row come from one stream, unless its fold does not mind their order. */
  keys(event: Fact): readonly string[];
  /**
   * The row after an event: null removes it, `before` itself leaves it untouched. Pure; what it throws parks the event's
   * stream. Where only history is kept, `before` is always undefined: a version is what this one event said.
   */
  fold(before: S | undefined, event: Fact, key: string): S | null;
  /** Whether a change is worth a version of its own; always, unless told. */
  versioned?(before: S | undefined, after: S | null): boolean;
  readonly columns: readonly Column<S>[];
  /** Why the state holds plain personal data; where absent, it may not. */
  readonly personalState?: string;
}

/** A read model: its name is a checkpoint's key and never changes; another shape or meaning is another version. */
export interface Projection {
  /** `timeline@1`. */
  readonly name: string;
  readonly tables: readonly RowTable<object>[];
}

/** Declares a table of rows of one shape. */
export const rows = <S extends object>(table: RowTable<S>): RowTable<object> => table as unknown as RowTable<object>;

/** The columns in which plain personal data may stand, and why: all others hold codes, dates, counts and random ids. */
export const personalColumns = (
  { tables }: Projection,
  schema: string,
): readonly { readonly column: string; readonly why: string }[] =>
  tables.flatMap(({ name, columns, personalState }) => [
    ...(personalState ? [{ column: `${schema}.${name}.state`, why: personalState }] : []),
    ...columns.flatMap((column) =>
      column.personal ? [{ column: `${schema}.${name}.${column.name}`, why: column.personal }] : [],
    ),
  ]);

export const hasCurrent = ({ keeps }: RowTable<object>) => keeps !== 'history';
export const hasHistory = ({ keeps }: RowTable<object>) => keeps !== 'current';
export const historyName = ({ name, keeps }: RowTable<object>) => (keeps === 'history' ? name : `${name}_history`);
