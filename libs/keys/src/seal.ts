import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { StreamKey } from './port.js';

/** What a blob is bound to: moved to another event, person, type or version, it does not open. */
export interface Aad {
  readonly eventId: string;
  readonly personId: string | null;
  readonly type: string;
  readonly schemaVersion: number;
}

/** A sealed part that cannot be opened: damaged, moved, or under another key. Names the event and nothing of its content. */
export class UnsealFailed extends Error {
  constructor(readonly eventId: string) {
    super(`The sealed part of event ${eventId} cannot be opened: it was damaged or moved, or the key is not the one it names`);
  }
}

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const [KEY_ID, IV, TAG] = [16, 12, 16];
const HEADER = 1 + KEY_ID + IV;

// Random bytes are drawn a page at a time: a draw for each IV would cost as much as the encryption.
const ivs = Buffer.alloc(IV * 512);
let ivsUsed = ivs.length;
const nextIv = () => {
  if (ivsUsed === ivs.length) {
    randomFillSync(ivs);
    ivsUsed = 0;
  }
  return ivs.subarray(ivsUsed, (ivsUsed += IV));
};

const bound = ({ eventId, personId, type, schemaVersion }: Aad) =>
  Buffer.from([eventId, personId ?? '', type, String(schemaVersion)].map((part) => `${part.length}:${part}`).join(''));

/** The sealed form of a text: format byte (1) | key id (16) | IV (12, random) | ciphertext | tag (16). */
export const seal = (plaintext: string, key: StreamKey, aad: Aad): Buffer => {
  const header = Buffer.allocUnsafe(HEADER);
  header[0] = FORMAT;
  header.write(key.id.replaceAll('-', ''), 1, KEY_ID, 'hex');
  nextIv().copy(header, 1 + KEY_ID);
  const cipher = createCipheriv(CIPHER, key.bytes, header.subarray(1 + KEY_ID));
  cipher.setAAD(bound(aad));
  return Buffer.concat([header, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
};

/** The text that was sealed; throws `UnsealFailed`. */
export const open = (sealed: Buffer, key: StreamKey, aad: Aad): string => {
  if (sealed.length < HEADER + TAG || sealed[0] !== FORMAT || keyIdOf(sealed) !== key.id) throw new UnsealFailed(aad.eventId);
  try {
    const decipher = createDecipheriv(CIPHER, key.bytes, sealed.subarray(1 + KEY_ID, HEADER), { authTagLength: TAG });
    decipher.setAAD(bound(aad));
    decipher.setAuthTag(sealed.subarray(-TAG));
    const text = decipher.update(sealed.subarray(HEADER, -TAG), undefined, 'utf8');
    return text + decipher.final('utf8');
  } catch {
    throw new UnsealFailed(aad.eventId);
  }
};

/** The id of the key that a blob was sealed with, as a UUID. */
export const keyIdOf = (sealed: Buffer): string => {
  const hex = sealed.toString('hex', 1, 1 + KEY_ID);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
