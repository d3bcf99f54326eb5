import { pair } from './pair/pair.decider.js';
import { person } from './person/person.decider.js';

export const deciders = [person, pair] as const;
