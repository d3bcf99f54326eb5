import { derivedId, IdentifierSuppressed, tagOf, type Identifiers } from '#identifiers';

/** An identifier table that ends with the test. Its ids follow from the tags, so that a test is the same each time. */
export const inMemoryIdentifiers = (key = Buffer.alloc(32, 1)): Identifiers => {
  const ids = new Map<string, string>();
  const erased = new Set<string>();
  const reserve = async (tag: string) => {
    if (erased.has(tag)) throw new IdentifierSuppressed();
    const id = ids.get(tag) ?? derivedId(key, 'reserved', tag);
    ids.set(tag, id);
    return id;
  };
  return {
    tag: (...parts) => tagOf(key, parts),
    idOf: (...parts) => derivedId(key, 'identifier', ...parts),
    reserve,
    reserveAll: (wanted) => Promise.all(wanted.map(({ tag }) => reserve(tag))),
    find: async (tag) => ids.get(tag),
    point: async (tag, id) => void ids.set(tag, id),
    pointAll: async (reserved) => reserved.forEach(({ tag, id }) => ids.set(tag, id)),
    leadingTo: async (id) => [...ids].flatMap(([tag, held]) => (held === id ? [tag] : [])),
    async forget(forgotten) {
      for (const [tag, id] of ids) if (forgotten.includes(id)) ids.delete(tag);
    },
    suppress: async (tags) => tags.forEach((tag) => erased.add(tag)),
    suppressed: async (tags) => new Set(tags.filter((tag) => erased.has(tag))),
    unsuppress: async (tags) => tags.forEach((tag) => erased.delete(tag)),
    close: async () => {},
  };
};
