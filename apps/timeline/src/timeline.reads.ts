import type { Cursor } from '#event-store';
import { identityOf, nearPersons, type PairRow, type PersonRow, type Pool } from '#read-store';
import type { NameOf } from './item.js';
import { hashOf, marksOf, marksQuery, type Marks, type MarksRow } from './marks.js';
import type { Version } from './stream-memory.js';
import type { Snapshot } from './timeline.composition.js';
import type { Remembered } from './timeline.projection.js';
import type { SourceRow } from './timeline.rows.js';

type Kind = 'checkpoint' | 'version' | 'pair' | 'person' | 'source';
type Row = readonly [kind: Kind, key: string, position: string, personId: string | null, state: string];

/** What was read in one statement, hence as of one position. */
export interface Read extends Snapshot {
  readonly position: number;
  readonly nameOf: NameOf;
  /** Everyone of whom anything was read. */
  readonly near: readonly string[];
  readonly marks: Marks;
}
/** The rows are those of the marks asked about, but perhaps for how far the sources have sent. */
export interface Unchanged {
  readonly position: number;
  readonly cursor: string;
  readonly marks: Marks;
  /** Null where they have sent nothing. */
  readonly sources: readonly SourceRow[] | null;
}

const query = (schema: string) => `${nearPersons(schema)}
  select 'checkpoint', log_id, position::text, epoch::text, (select coalesce(max(changed), 0) from ${schema}.place)::text from ${schema}.checkpoint
  union all select 'version', row_key, known_from::text, person_id::text, state from ${schema}.statement where person_id = any(array(select id from near))
  union all select 'pair', '', known_from::text, null, state from ${schema}.pair_history
    where person_id = any(array(select id from near)) or other_id = any(array(select id from near))
  union all select 'person', row_key, position::text, null, state from ${schema}.person where row_key = any(array(select id::text from near))`;

const SOURCES_NOW = (schema: string) => ` union all select 'source', row_key, '0', null, state from ${schema}.source`;
const SOURCES_THEN = (schema: string) => `
  union all select 'source', source.row_key, '0', null, past.state from ${schema}.source cross join lateral (
    select state from ${schema}.source_history as earlier where earlier.source = source.row_key and earlier.known_from <= $2 order by earlier.known_from desc limit 1) as past`;

/** Reads everything that one consumer's view is composed from, in one round trip. */
export class TimelineReads {
  private readonly now: string;
  private readonly then: string;
  private readonly marks: string;
  private places: { readonly changed: string; readonly names: ReadonlyMap<string, string> } = { changed: '', names: new Map() };

  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {
    this.now = query(schema) + SOURCES_NOW(schema);
    this.then = query(schema) + SOURCES_THEN(schema);
    this.marks = marksQuery(schema);
  }

  /** What a reading as of now asks for; its one parameter is the person. */
  get statement(): { readonly name: string; readonly text: string } {
    return { name: `${this.schema}.timeline.now`, text: this.now };
  }

  /** `known`: the position up to which sources count as heard; null for now. */
  async of(personId: string, known: number | null): Promise<Read> {
    const rows = await this.rows<Row>(
      known === null ? this.statement : { name: `${this.schema}.timeline.then`, text: this.then },
      known === null ? [personId] : [personId, known],
    );
    const of = (kind: Kind) => rows.filter((row) => row[0] === kind);
    const [, logId, position, epoch, changed] = of('checkpoint')[0] ?? ['checkpoint', '', '0', '0', ''];
    const pairs = of('pair').map((row) => JSON.parse(row[4]) as PairRow);
    return {
      versions: versionsOf(of('version')),
      identity: identityOf(pairs),
      persons: new Map(of('person').map((row) => [row[1], JSON.parse(row[4]) as PersonRow])),
      sources: of('source').map((row) => JSON.parse(row[4]) as SourceRow),
      cursor: cursorOf({ logId, epoch: Number(epoch), position: Number(position) }),
      position: Number(position),
      nameOf: await this.names(changed),
      near: [...new Set([personId, ...pairs.flatMap(({ personIds }) => personIds)])],
      marks: marksOf(`${logId}.${epoch}`, changed, of),
    };
  }

  /** What a reading as of now would be, where its rows are those of the marks; undefined where they are others. */
  async unchanged(personId: string, { told, sources }: Marks): Promise<Unchanged | undefined> {
    const [row] = await this.rows<MarksRow>({ name: `${this.schema}.timeline.marks`, text: this.marks }, [personId, sources]);
    if (row?.[3] !== told) return undefined;
    const [logId, position, epoch, , heard] = row;
    return {
      position: Number(position),
      cursor: cursorOf({ logId, epoch: Number(epoch), position: Number(position) }),
      marks: { told, sources: heard === null ? sources : hashOf(heard) },
      sources: heard === null ? null : (JSON.parse(heard) as SourceRow[]),
    };
  }

  private async rows<R>(statement: TimelineReads['statement'], values: readonly unknown[]): Promise<readonly R[]> {
    const { rows } = await this.pool.query({ ...statement, values, rowMode: 'array' } as never);
    return rows as unknown as R[];
  }

  /** Names of places, read again whenever any of them has changed. */
  private async names(changed: string): Promise<NameOf> {
    if (this.places.changed !== changed) {
      const { rows } = await this.pool.query<{ row_key: string; name: string | null }>(
        `select row_key, name from ${this.schema}.place`,
      );
      this.places = { changed, names: new Map(rows.flatMap(({ row_key, name }) => (name ? [[row_key, name] as const] : []))) };
    }
    const { names } = this.places;
    return (...ids) => ids.map((id) => names.get(id as string)).find((name) => name !== undefined) ?? null;
  }
}

const versionsOf = (rows: readonly Row[]): Version[] =>
  rows
    .map(([, streamId, position, personId, state]) => {
      const version = JSON.parse(state) as Remembered & { position: number; streamId: string; personId: string };
      version.position = Number(position);
      version.streamId = streamId;
      version.personId = personId ?? '';
      return version;
    })
    .sort((a, b) => a.position - b.position);

export const cursorOf = ({ logId, epoch, position }: Pick<Cursor, 'logId' | 'epoch' | 'position'>): string =>
  `${logId}.${epoch}.${position}`;
