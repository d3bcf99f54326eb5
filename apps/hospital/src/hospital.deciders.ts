import { visit } from './visit/visit.decider.js';

export const deciders = [visit] as const;
