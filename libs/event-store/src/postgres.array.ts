/**
 * Arrays in PostgreSQL's binary form, each one parameter. The driver's own text form of a bytea array is hex within quotes:
 * twice the bytes, and most of an append's time in the process.
 */

/** How a value's bytes are written: its element type (OID), its length, and the copying. */
interface Element<T> {
  readonly oid: number;
  readonly length: (value: T) => number;
  readonly write: (value: T, into: Buffer, at: number) => void;
}

const EPOCH = Date.UTC(2000, 0, 1);

const TEXT: Element<string> = { oid: 25, length: (v) => Buffer.byteLength(v), write: (v, into, at) => void into.write(v, at) };
const INT4: Element<number> = { oid: 23, length: () => 4, write: (v, into, at) => void into.writeInt32BE(v, at) };
const BYTEA: Element<Buffer> = { oid: 17, length: (v) => v.length, write: (v, into, at) => void v.copy(into, at) };
const UUID: Element<string> = {
  oid: 2950,
  length: () => 16,
  write: (v, into, at) => void into.write(v.replaceAll('-', ''), at, 16, 'hex'),
};
const TIMESTAMPTZ: Element<string> = {
  oid: 1184,
  length: () => 8,
  write: (v, into, at) => void into.writeBigInt64BE(BigInt(Date.parse(v) - EPOCH) * 1000n, at),
};

const encode =
  <T>({ oid, length, write }: Element<T>) =>
  (values: readonly (T | null)[]): Buffer => {
    const lengths = values.map((value) => (value === null ? -1 : length(value)));
    const bytes = Buffer.allocUnsafe(lengths.reduce((sum, n) => sum + 4 + Math.max(n, 0), 20));
    [1, 1, oid, values.length, 1].forEach((word, i) => bytes.writeInt32BE(word, 4 * i));
    let at = 20;
    values.forEach((value, i) => {
      at = bytes.writeInt32BE(lengths[i]!, at);
      if (value === null) return;
      write(value, bytes, at);
      at += lengths[i]!;
    });
    return bytes;
  };

/** Values to one binary parameter; `null` is SQL's null. Times are ISO instants. */
export const textArray = encode(TEXT);
export const intArray = encode(INT4);
export const byteaArray = encode(BYTEA);
export const uuidArray = encode(UUID);
export const timeArray = encode(TIMESTAMPTZ);
