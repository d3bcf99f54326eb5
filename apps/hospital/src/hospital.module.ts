import { Module } from '@nestjs/common';
import { provideDecider } from '#nest';
import { visit } from './visit/visit.decider.js';

@Module({ providers: [...provideDecider(visit)] })
export class HospitalModule {}
