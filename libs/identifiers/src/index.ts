export { derivedId, fingerprint, requestTag, tagOf } from './derive.js';
export * from './migrate.js';
export * from './port.js';
export * from './postgres.identifiers.js';
