import { Module } from '@nestjs/common';
import { provideDecider, provideMove } from '#nest';
import { contact } from './contact/contact.decider.js';
import { contactMove } from './contact/contact.move.js';
import { relationship } from './relationship/relationship.decider.js';

@Module({ providers: [...provideDecider(relationship), ...provideDecider(contact), provideMove(contactMove)] })
export class PeerSupportModule {}
