import { expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { problemsOf, schemaOfClass } from '#contracts';
import { decide, fold, type AnyEvent, type Decider, type Envelope } from '#kernel';
import { enveloped, type Told } from '#kernel/testing';
import { CommandRegistry } from '#nest';
import { ReportFacility, ReportOrganization, ReportProgram } from './organization.commands.js';
import { deciders } from './organizations.deciders.js';
import { OrganizationsModule } from './organizations.module.js';

const ID = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const place = {
  name: 'Harbor House',
  shortName: 'Harbor',
  localCodes: [{ authority: 'hmis:DEMO999', type: 'ProjectID', value: '17' }],
  zone: 'America/Detroit',
  part2: true,
  hmis: true,
  victimServices: false,
  effectiveFrom: '2026-01-01',
};
const bodies: readonly (readonly [new () => object, object])[] = [
  [ReportOrganization, { ...place, npi: '1234567893' }],
  [
    ReportProgram,
    {
      ...place,
      ofOrganizationId: ID,
      kind: 'housing',
      projectType: 13,
      cocCodes: ['MI-501'],
      operatingFrom: '2020',
      cleared: ['operatingUntil'],
    },
  ],
  [
    ReportFacility,
    {
      ...place,
      ofOrganizationId: ID,
      facilityType: 'shelter',
      facilityTypeCode: { system: 'hl7:0305', code: 'H' },
      ccn: '230001',
      cocCode: 'MI-501',
    },
  ],
];

const origin = {
  asserted: { by: 'staff', how: 'documented' },
  source: { system: 'throughline' },
  assertedAt: '2026-03-05T16:00:00.000Z',
};

const named = bodies.map(([command, body]) => [command.name, command, body] as const);
test.each(named)('%s is taken as sent, what is decided can be stored, and once stored it is known', (_, command, body) => {
  const report = plainToInstance(command, { ...origin, ...body });
  expect(validateSync(report)).toEqual([]);
  const decider = deciders.find(({ cases }) => cases.some((c) => c.command === command)) as unknown as Decider<object, AnyEvent>;
  const events = decide(decider, report, fold(decider, [])) as readonly AnyEvent[];
  expect(events).not.toEqual([]);
  expect(events.flatMap(({ type, data }) => problemsOf(type, data))).toEqual([]);
  const stored = events.map((event) => JSON.parse(JSON.stringify(enveloped(event, origin as Told))) as Envelope & AnyEvent);
  expect(decide(decider, report, fold(decider, stored))).toEqual([]);
});
test('every command of the context has a name and a shape of its own', () => {
  const { all } = new CommandRegistry({ organizations: OrganizationsModule });
  expect(all).toHaveLength(deciders.flatMap(({ cases }) => cases as readonly object[]).length);
  for (const { command } of all) expect(schemaOfClass(command).properties).toHaveProperty('assertedAt');
});
