export * from './table-dump.js';
export * from './test-log.js';
