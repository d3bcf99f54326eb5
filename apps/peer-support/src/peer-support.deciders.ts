import { contact } from './contact/contact.decider.js';
import { relationship } from './relationship/relationship.decider.js';

export const deciders = [relationship, contact];
