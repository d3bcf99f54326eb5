export * from './migrate.js';
export * from './port.js';
export * from './postgres.keys.js';
export * from './seal.js';
export * from './secrets.js';
export { KeyDamaged } from './wrap.js';
