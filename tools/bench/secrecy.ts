import { randomBytes, randomUUID } from 'node:crypto';
import { open, seal } from '#keys';
import { costOfSecrecy } from './append.load.js';
import type { Secrecy } from './benches.js';

const TIMES = 20_000;

/** Microseconds that sealing, hashing and opening one event take, on one core. */
export const secrecy = (): Readonly<Record<Secrecy, number>> => {
  const { encryptUs, hashUs } = costOfSecrecy();
  const key = { id: randomUUID(), bytes: randomBytes(32) };
  const aad = { eventId: randomUUID(), personId: randomUUID(), type: 'HospitalAdmitted', schemaVersion: 1 };
  const blob = seal(JSON.stringify({ data: { reason: 'x'.repeat(150), visitNumber: 'V-1234567' }, record: 'V-1' }), key, aad);
  for (let i = 0; i < TIMES / 10; i++) open(blob, key, aad);
  const since = performance.now();
  for (let i = 0; i < TIMES; i++) open(blob, key, aad);
  return { seal: encryptUs, hash: hashUs, open: Math.round((10_000 * (performance.now() - since)) / TIMES) / 10 };
};
