export * from './decider.js';
export * from './envelope.js';
export * from './identity-map.js';
export * from './occurred.js';
export * from './recent.js';
export * from './rejection.js';
export * from './statement.js';
export * from './view.js';
