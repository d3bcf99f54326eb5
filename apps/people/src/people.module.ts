import { Module } from '@nestjs/common';
import { provideDecider } from '#nest';
import { pair } from './pair/pair.decider.js';
import { person } from './person/person.decider.js';

@Module({ providers: [...provideDecider(person), ...provideDecider(pair)] })
export class PeopleModule {}
