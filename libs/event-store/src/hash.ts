import { createHash } from 'node:crypto';
import type { NewEvent } from './port.js';

/** What a hash covers: all that the writer knows of an event, and the stream and person that it stands under. */
export type Hashed = Pick<NewEvent, 'id' | 'type' | 'body' | 'sealed'> & {
  readonly streamId: string;
  readonly personId: string | null;
};

const ABSENT = 0xffffffff;

/**
 * SHA-256 over id, type, streamId, personId, body (UTF-8) and sealed, each behind its length in four bytes (big endian; an
 * absent one is the length FFFFFFFF), so that no two events read alike. What the log adds (position, revision, recordedAt) is
 * left out: the hash is the same on every engine, and the seals cover those three.
 */
export const hashOf = ({ id, type, streamId, personId, body, sealed }: Hashed): Buffer => {
  const texts = [id.toLowerCase(), type, streamId, personId?.toLowerCase(), body];
  const lengths = texts.map((text) => (text === undefined ? 0 : Buffer.byteLength(text)));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + length, 4 * (texts.length + 1) + (sealed?.length ?? 0)));
  let at = 0;
  texts.forEach((text, i) => {
    at = bytes.writeUInt32BE(text === undefined ? ABSENT : lengths[i]!, at);
    if (text !== undefined) at += bytes.write(text, at);
  });
  at = bytes.writeUInt32BE(sealed === null ? ABSENT : sealed.length, at);
  sealed?.copy(bytes, at);
  return createHash('sha256').update(bytes).digest();
};
