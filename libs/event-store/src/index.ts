export * from './hash.js';
export * from './memory.store.js';
export * from './port.js';
export { migrateLog } from './postgres.schema.js';
export * from './postgres.store.js';
export * from './opened.js';
export * from './runner.js';
