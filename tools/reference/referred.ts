import type { JsonSchema } from '#contracts';

/** What a `#/$defs/…` of a schema stands for. */
export const referred = (ref: string, root: JsonSchema): JsonSchema => {
  const schema = root.$defs?.[ref.slice('#/$defs/'.length)];
  if (!schema) throw new Error(`${ref} is not in the schema that refers to it`);
  return schema;
};
