export * from './decider.spec-kit.js';
