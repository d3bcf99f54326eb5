import { Module, type Type } from '@nestjs/common';
import { provideDecider } from '#nest';
import { visit } from '../../hospital/src/visit/visit.decider.js';

@Module({ providers: [...provideDecider(visit)] })
class HospitalModule {}

/** The modules that decide, by the first part of their commands' addresses. */
export const contexts: Readonly<Record<string, Type>> = { hospital: HospitalModule };
