import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { StreamKey } from './port.js';

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const [IV, TAG, KEY] = [12, 16, 32];

/** A key encrypted under the master key, bound to its id: format byte (1) | IV (12) | ciphertext (32) | tag (16). */
export const wrap = (master: Buffer, { id, bytes }: StreamKey): Buffer => {
  const iv = randomBytes(IV);
  const cipher = createCipheriv(CIPHER, master, iv).setAAD(Buffer.from(id));
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
};

/** Throws where the master key is another one, or the row was changed or moved. */
export const unwrap = (master: Buffer, id: string, wrapped: Buffer): StreamKey => {
  if (wrapped[0] !== FORMAT || wrapped.length !== 1 + IV + KEY + TAG) throw new KeyDamaged(id);
  try {
    const decipher = createDecipheriv(CIPHER, master, wrapped.subarray(1, 1 + IV), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(id)).setAuthTag(wrapped.subarray(-TAG));
    return { id, bytes: Buffer.concat([decipher.update(wrapped.subarray(1 + IV, -TAG)), decipher.final()]) };
  } catch {
    throw new KeyDamaged(id);
  }
};

/** What stands in the key database so that a wrong master key is noticed at start; it tells nothing of the key. */
export const checkValue = (master: Buffer): Buffer =>
  createHmac('sha256', master).update('throughline: master key check').digest();
export const isCheckValue = (master: Buffer, value: Buffer): boolean =>
  value.length === 32 && timingSafeEqual(value, checkValue(master));

/** A stored key does not open under the master key although that is the right one: its row was changed or moved. */
export class KeyDamaged extends Error {
  constructor(readonly id: string) {
    super(
      `Key ${id} cannot be unwrapped: its row in the key database was damaged; restore the newest backup of the key database`,
    );
  }
}
