export { Addressing, type Known } from './addressing.js';
export { CommandDoor, type Entry } from './command-door.js';
export { DECIDER_RUNNER, provideDecider, type AnyDecider, type Runner } from './decider.provider.js';
export { Problem, problemOf, type FieldError, type ProblemDetails } from './problem.js';
export { CommandRegistry, pathOf, type CommandClass, type Offered } from './registry.js';
