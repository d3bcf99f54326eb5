export * from './catalogue.js';
export * from './dispatch.js';
export * from './fact.events.js';
export * from './report.js';
export * from './timeline.view.js';
export * from './validators.js';
export * from './hospital.events.js';
