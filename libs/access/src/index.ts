export * from './access.js';
export * from './postgres.trail.js';
