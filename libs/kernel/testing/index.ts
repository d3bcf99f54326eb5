export * from './decider.spec-kit.js';
export * from './any-order.js';
