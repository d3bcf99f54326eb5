import { expect, test } from '@jest/globals';
import { emptyRegister, foldOrganizations, particularsOf, type AnyEvent, type Envelope } from '#kernel';
import { after, orders, spec } from '#kernel/testing';
import { facility } from './facility.decider.js';
import { ReportFacility, ReportOrganization, ReportProgram } from './organization.commands.js';
import { organization } from './organization.decider.js';
import { program } from './program.decider.js';

const ID = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const HMIS = { system: 'hmis:DEMO999' };
const at = (day: number) => `2026-03-0${day}T12:00:00.000Z`;
const said = <C extends object>(command: C, day: number | null, more: Partial<C>): C =>
  Object.assign(command, { assertedAt: day === null ? null : at(day), source: HMIS }, more);
const shelter = (day: number | null, more: Partial<ReportOrganization> = {}) =>
  said(new ReportOrganization(), day, { name: 'Harbor House', hmis: true, ...more });

test('the first report registers an organisation, with the codes that its sources use', () => {
  const localCodes = [{ authority: 'hmis:DEMO999', type: 'OrganizationID', value: '17' }];
  spec(organization)
    .given()
    .when(shelter(1, { localCodes, zone: 'America/Detroit' }))
    .then({ type: 'OrganizationRegistered', data: { name: 'Harbor House', hmis: true, localCodes, zone: 'America/Detroit' } });
});
test('a programme belongs to an organisation and is of a HUD project type', () =>
  spec(program)
    .given()
    .when(said(new ReportProgram(), 1, { name: 'Rapid rehousing', ofOrganizationId: ID, projectType: 13, cocCodes: ['MI-501'] }))
    .then({
      type: 'ProgramRegistered',
      data: { name: 'Rapid rehousing', organizationId: ID, projectType: 13, cocCodes: ['MI-501'] },
    }));
test('a facility keeps the type that its source sent beside the mapped one', () => {
  const facilityTypeCode = { system: 'hl7:0305', code: 'H' };
  spec(facility)
    .given()
    .when(said(new ReportFacility(), 1, { name: 'St Mary', facilityType: 'general-hospital', facilityTypeCode, ccn: '230001' }))
    .then({
      type: 'FacilityRegistered',
      data: { name: 'St Mary', facilityType: 'general-hospital', facilityTypeCode, ccn: '230001' },
    });
});
test('a programme that comes under 42 CFR Part 2 on a day is changed from that day', () =>
  spec(program)
    .given()
    .when(
      said(new ReportProgram(), 1, { name: 'Detox' }),
      said(new ReportProgram(), 2, { name: 'Detox', part2: true, effectiveFrom: '2026-04-01' }),
    )
    .then({ type: 'ProgramChanged', data: { name: 'Detox', part2: true, effectiveFrom: '2026-04-01', cleared: [] } }));
test('the same said again later is confirmed; a snapshot read again adds nothing', () => {
  expect(after(organization, [shelter(1), shelter(2)]).state.said.map(({ by }) => by.type)).toEqual([
    'OrganizationRegistered',
    'FactConfirmed',
  ]);
  expect(after(organization, [shelter(1), shelter(2)], 2).recorded).toEqual([2, 0]);
  expect(after(organization, [shelter(null)], 2).recorded).toEqual([1, 0]);
});
test('a name that changed and changed back is three facts', () => {
  const names = ['Harbor House', 'Harbor Home', 'Harbor House'];
  expect(
    after(
      organization,
      names.map((name, day) => shelter(day + 1, { name })),
      2,
    ).recorded,
  ).toEqual([3, 0]);
});
test('what stands of an organisation is the last said of each field, in whatever order it is reported', () => {
  const reports = [
    shelter(1, { npi: '1234567893' }),
    shelter(2, { name: 'Harbor Home' }),
    shelter(3, { cleared: ['npi'] }),
    shelter(4),
  ];
  for (const order of orders(reports)) {
    const { state, recorded } = after(organization, order, 2);
    const register = emptyRegister();
    for (const { data, by } of state.said) {
      const type = by.type === 'FactConfirmed' ? 'OrganizationChanged' : by.type;
      foldOrganizations(register, { ...by, type, data, streamId: `organization-${ID}` } as Envelope & AnyEvent);
    }
    expect(particularsOf(register, ID)).toMatchObject({ name: 'Harbor House', hmis: true });
    expect(particularsOf(register, ID)).not.toHaveProperty('npi');
    expect(recorded[1]).toBe(0);
  }
});
