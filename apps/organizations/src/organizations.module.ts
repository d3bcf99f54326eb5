import { Module } from '@nestjs/common';
import { provideDecider } from '#nest';
import { facility } from './facility.decider.js';
import { organization } from './organization.decider.js';
import { program } from './program.decider.js';

@Module({ providers: [...provideDecider(organization), ...provideDecider(program), ...provideDecider(facility)] })
export class OrganizationsModule {}
