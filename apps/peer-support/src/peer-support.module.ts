import { Module } from '@nestjs/common';
import { provideDecider } from '#nest';
import { contact } from './contact/contact.decider.js';
import { relationship } from './relationship/relationship.decider.js';

@Module({ providers: [...provideDecider(relationship), ...provideDecider(contact)] })
export class PeerSupportModule {}
