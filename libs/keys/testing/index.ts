export * from './in-memory.keys.js';
export * from './keys.spec-kit.js';
