import type { ConsumerFound, SearchView } from '#contracts';
import { NOTICE, type Access, type Reader } from '#access';
import { membersOf, type IdentityMap } from '#kernel';
import { bornOf, nameOf, type PersonRow } from '#read-store';
import { searchWords } from './directory.rows.js';
import type { DirectoryReads, Found } from './directory.reads.js';
import { matches, wordsOf } from './name-words.js';

export interface Search {
  readonly text: string;
  /** 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly from?: string;
  readonly reader: Reader;
}
interface Page {
  readonly found: readonly Found[];
  readonly next: string | null;
}
interface Group {
  readonly identity: IdentityMap;
  readonly persons: ReadonlyMap<string, PersonRow>;
}

const cursor = {
  write: (parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url'),
  read: (text: string | undefined): readonly unknown[] => {
    if (text === undefined) return [];
    try {
      const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
      return Array.isArray(parts) ? parts : [];
    } catch {
      return [];
    }
  },
};

const afterName = (from: string | undefined) => {
  const [name, personId] = cursor.read(from);
  return typeof name === 'string' && typeof personId === 'string' ? { name, personId } : null;
};
const beforeActivity = (from: string | undefined) => {
  const [position] = cursor.read(from);
  return typeof position === 'number' ? position : null;
};

/** Finds consumers: each once, however many of the linked records match. */
export class DirectoryService {
  constructor(
    private readonly reads: DirectoryReads,
    private readonly access: Access,
  ) {}

  async search({ text, limit, from, reader }: Search): Promise<SearchView & { readonly next?: string }> {
    const words = wordsOf(text);
    const mayName = this.access.decide({ reader, purpose: 'care', what: 'search', personIds: [] }).shows(['identity']);
    const page = mayName
      ? await (words.length > 0 ? this.byWords(words, limit, from) : this.byActivity(limit, from))
      : { found: [], next: null };
    const group = await this.group(page.found);
    const consumers = await this.consumers(page.found, group);
    const personIds = consumers.flatMap(({ personId }) => membersOf(group.identity, personId));
    await this.access.record({ reader, purpose: 'care', what: 'search', personIds }, await this.reads.position());
    return { found: consumers, more: page.next !== null, notice: NOTICE, ...(page.next && { next: page.next }) };
  }

  linked(a: string, b: string): Promise<boolean> {
    return this.reads.linked(a, b);
  }

  /** A consumer stands at the first, by name and id, of the linked records that match. */
  private async byWords(words: readonly string[], limit: number, from: string | undefined): Promise<Page> {
    let after = afterName(from);
    const found: Found[] = [];
    for (;;) {
      const batch = await this.reads.matching(words, after, limit + 1);
      found.push(...(await this.firsts(batch, words)));
      const last = batch.at(-1);
      if (batch.length <= limit || found.length > limit || !last) break;
      after = { name: last.sortName, personId: last.personId };
    }
    const kept = found.slice(0, limit);
    const last = kept.at(-1);
    return { found: kept, next: found.length > limit && last ? cursor.write([last.sortName, last.personId]) : null };
  }

  private async firsts(batch: readonly Found[], words: readonly string[]): Promise<readonly Found[]> {
    const { identity, persons } = await this.group(batch);
    const key = (id: string) => `${nameOf(persons.get(id) as PersonRow) ?? ''}\u0000${id}`;
    return batch.filter(({ personId }) => {
      const others = membersOf(identity, personId).filter((id) => id !== personId && isFound(persons.get(id), words));
      return others.every((id) => Buffer.compare(Buffer.from(key(personId)), Buffer.from(key(id))) < 0);
    });
  }

  private async byActivity(limit: number, from: string | undefined): Promise<Page> {
    let before = beforeActivity(from);
    const found: (Found & { readonly newest: number })[] = [];
    for (;;) {
      const batch = await this.reads.recent(before, limit + 1);
      found.push(...(await this.newestOnly(batch)));
      if (batch.length <= limit || found.length > limit) break;
      before = batch.at(-1)?.newest ?? 0;
    }
    const kept = found.slice(0, limit);
    return { found: kept, next: found.length > limit ? cursor.write([kept.at(-1)?.newest]) : null };
  }

  private async newestOnly<F extends Found & { readonly newest: number }>(batch: readonly F[]): Promise<readonly F[]> {
    const { identity, persons } = await this.group(batch);
    const everyone = batch.flatMap(({ personId }) => membersOf(identity, personId));
    const newest = await this.reads.activity(everyone);
    const isLater = (id: string, than: number) => !persons.get(id)?.erased && (newest.get(id) ?? 0) > than;
    return batch.filter((one) => !membersOf(identity, one.personId).some((id) => isLater(id, one.newest)));
  }

  private async group(found: readonly Found[]): Promise<Group> {
    const identity = await this.reads.identity(found.map(({ personId }) => personId));
    const everyone = new Set(found.flatMap(({ personId }) => membersOf(identity, personId)));
    return { identity, persons: await this.reads.persons([...everyone]) };
  }

  private async consumers(found: readonly Found[], { identity, persons }: Group): Promise<ConsumerFound[]> {
    const members = (personId: string) => membersOf(identity, personId).filter((id) => !persons.get(id)?.erased);
    // Whoever was erased since they were found is not shown.
    const of = found.map(({ personId }) => ({ personId, members: members(personId) })).filter((one) => one.members.length > 0);
    const organizations = of.flatMap(({ members }) => members.flatMap((id) => persons.get(id)?.organizationId ?? []));
    const names = await this.reads.placeNames(organizations);
    return of.map(({ personId, members }) => {
      const rows = members.flatMap((id) => persons.get(id) ?? []);
      const first = <T>(pick: (row: PersonRow) => T | null) => rows.map(pick).find((value) => value !== null) ?? null;
      const places = rows.flatMap(({ organizationId }) => names.get(organizationId ?? '') ?? []);
      return { personId, name: first(nameOf), born: first(bornOf), records: members.length, organizations: [...new Set(places)] };
    });
  }
}

const isFound = (person: PersonRow | undefined, words: readonly string[]): boolean =>
  person !== undefined && !person.erased && matches(searchWords(person), words);
