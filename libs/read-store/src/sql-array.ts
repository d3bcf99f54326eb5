const TEXT = 25;

/** A `text[]` in PostgreSQL's binary form: nothing to escape here, nothing to parse there. */
export const textArray = (values: readonly (string | null)[]): Buffer => {
  const lengths = values.map((value) => (value === null ? 0 : Buffer.byteLength(value)));
  const size = lengths.reduce((sum, length) => sum + 4 + length, 20);
  const array = Buffer.allocUnsafe(values.length === 0 ? 12 : size);
  array.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  array.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  array.writeInt32BE(TEXT, 8);
  if (values.length === 0) return array;
  array.writeInt32BE(values.length, 12);
  array.writeInt32BE(1, 16);
  let at = 20;
  values.forEach((value, i) => {
    array.writeInt32BE(value === null ? -1 : (lengths[i] as number), at);
    at += 4;
    if (value !== null) at += array.write(value, at, 'utf8');
  });
  return array;
};

/** An array's text form, for a column of arrays. */
export const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
