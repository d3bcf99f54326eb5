import { facility } from './facility.decider.js';
import { organization } from './organization.decider.js';
import { program } from './program.decider.js';

export const deciders = [organization, program, facility] as const;
