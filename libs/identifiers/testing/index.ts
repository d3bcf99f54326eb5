export * from './identifiers.spec-kit.js';
export * from './in-memory.identifiers.js';
