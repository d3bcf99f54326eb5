import { Module } from '@nestjs/common';
import { provideDecider, provideMove } from '#nest';
import { visit } from './visit/visit.decider.js';
import { visitMove } from './visit/visit.move.js';

@Module({ providers: [...provideDecider(visit), provideMove(visitMove)] })
export class HospitalModule {}
