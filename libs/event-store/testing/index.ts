export * from './event-store.spec-kit.js';
export * from './events.js';
export type { Capability, Engine, Subject } from './subject.js';
export * from './postgres-log.js';
