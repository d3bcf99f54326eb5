import { createHmac } from 'node:crypto';

/**
 * HMAC-SHA-256 under the identifier key over a purpose and parts. Each is preceded by its length in bytes, so that parts
 * cannot run together, and one purpose's values never equal another's.
 */
export const hmac = (key: Buffer, purpose: Purpose, parts: readonly string[]): Buffer => {
  const text = [purpose, ...parts].map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  return createHmac('sha256', key).update(text).digest();
};
type Purpose = 'identifier' | 'id' | 'request' | 'body';

/** An id that follows from its parts (sender scope, idempotency key, stream, ordinal …): a UUID of version 8. */
export const derivedId = (key: Buffer, ...parts: readonly string[]): string => {
  const bytes = hmac(key, 'id', parts).subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Recognises a request in one stream without telling the sender's key: `Envelope.request.tag`, base64url. */
export const requestTag = (key: Buffer, scope: string, idempotencyKey: string, streamId: string): string =>
  hmac(key, 'request', [scope, idempotencyKey, streamId]).toString('base64url');

/** Tells another body under the same key apart, without telling the body: `Envelope.request.fingerprint`, base64url. */
export const fingerprint = (key: Buffer, body: string): string => hmac(key, 'body', [body]).toString('base64url');

/** The tag under which an identifier, or a request's new id, is looked up; base64url. */
export const tagOf = (key: Buffer, parts: readonly string[]): string => hmac(key, 'identifier', parts).toString('base64url');

/** What stands in the database so that a wrong identifier key is noticed at start; it tells nothing of the key. */
export const checkValue = (key: Buffer): Buffer => createHmac('sha256', key).update('throughline: identifier key check').digest();
