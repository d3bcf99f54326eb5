export { engine, type Engine, type EngineOptions } from './engine.js';
export { EngineError } from './engine-error.js';
