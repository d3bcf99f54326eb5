import type { Identifiers, Named } from '#identifiers';
import type { ReservedUnder } from '#kernel';
import type { Keys } from '#keys';
import { opener, type OpenedEvent } from './opened.js';
import type { EventStore, StoredEvent } from './port.js';

export interface RebuildIdentifiersParts {
  readonly store: Pick<EventStore, 'readAll' | 'readStream' | 'head'>;
  readonly keys: Pick<Keys, 'find'>;
  readonly identifiers: Pick<Identifiers, 'tag' | 'pointAll'>;
  readonly onProgress?: (progress: { readonly position: number; readonly target: number }) => void;
}

type Under = ReservedUnder[keyof ReservedUnder];
interface Row {
  readonly tag: string;
  readonly id: string;
  readonly named: Named;
}

const PAGE = 1000;
/** Where a record came from that was moved to the right person. */
const MOVED_FROM: Readonly<Record<string, string>> = { VisitMovedHere: 'fromVisitId', ContactMovedHere: 'fromContactId' };
/** Its own names for what it moved lead where they always led. */
const OWN_AUTHORITY = 'throughline';

/**
 * Makes the identifier table again from the log, as far as the log goes when it begins: every identifier, and every
 * request, leads again to the person and the stream that it led to. Where the table says otherwise, the log is right.
 * Of those who were erased nothing comes back; the suppression list is not in the log and stays as it is. The number of
 * tags that were entered.
 */
export const rebuildIdentifiers = async (parts: RebuildIdentifiersParts): Promise<number> => {
  const { store, keys, identifiers, onProgress } = parts;
  const { position: target } = await store.head();
  const erased = await erasedIn(pages(store, target));
  const openPage = opener(keys);
  let count = 0;
  for await (const page of pages(store, target)) {
    const rows: Row[] = [];
    for (const event of await openPage(page.filter(({ personId }) => personId === null || !erased.has(personId)))) {
      rows.push(...reservedBy(event, identifiers), ...(await movedBy(event, parts)));
    }
    if (rows.length > 0) await identifiers.pointAll(rows);
    count += rows.length;
    onProgress?.({ position: page.at(-1)?.position ?? target, target });
  }
  return count;
};

async function* pages(store: RebuildIdentifiersParts['store'], target: number): AsyncGenerator<readonly StoredEvent[]> {
  for (let at = 0; at < target;) {
    const page = await store.readAll(at, PAGE, target);
    at = page.at(-1)?.position ?? target;
    yield page;
  }
}

const erasedIn = async (all: AsyncIterable<readonly StoredEvent[]>): Promise<ReadonlySet<string>> => {
  const erased = new Set<string>();
  for await (const page of all) {
    for (const { type, personId } of page) if (type === 'PersonErased' && personId !== null) erased.add(personId);
  }
  return erased;
};

const uuidOf = (streamId: string) => streamId.slice(streamId.indexOf('-') + 1);

const reservedBy = ({ streamId, personId, reservedUnder }: OpenedEvent, identifiers: Pick<Identifiers, 'tag'>): Row[] => {
  const row = (under: Under, id: string | null, named: Named): Row[] =>
    under && id !== null ? [{ tag: tagOf(under, identifiers), id, named }] : [];
  return [...row(reservedUnder?.stream, uuidOf(streamId), 'stream'), ...row(reservedUnder?.person, personId, 'person')];
};

const tagOf = (under: NonNullable<Under>, identifiers: Pick<Identifiers, 'tag'>): string =>
  'tag' in under ? under.tag : identifiers.tag(under.authority, under.type, under.value);

/** The numbers of a record that was moved lead to where it was moved to. */
const movedBy = async (event: OpenedEvent, { store, keys, identifiers }: RebuildIdentifiersParts): Promise<Row[]> => {
  const openPage = opener(keys);
  const category = event.streamId.slice(0, event.streamId.indexOf('-'));
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (let from = movedFrom(event); from !== undefined && !seen.has(from);) {
    seen.add(from);
    const before = await openPage(await store.readStream(`${category}-${from}`));
    for (const { reservedUnder } of before) {
      const under = reservedUnder?.stream;
      if (!under || 'tag' in under || under.authority === OWN_AUTHORITY) continue;
      rows.push({ tag: tagOf(under, identifiers), id: uuidOf(event.streamId), named: 'stream' });
    }
    from = before.map(movedFrom).find((id) => id !== undefined);
  }
  return rows;
};
const movedFrom = ({ type, data }: OpenedEvent): string | undefined =>
  MOVED_FROM[type] === undefined ? undefined : (data as Readonly<Record<string, string>>)[MOVED_FROM[type]];
