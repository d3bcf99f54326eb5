export * from './ddl.js';
export * from './open-each.js';
export * from './projection.js';
export * from './projection-runner.js';
export * from './projection-store.js';
export * from './read-store.js';
export type { Parked } from './page-fold.js';
