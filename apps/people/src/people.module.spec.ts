import { expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { problemsOf, schemaOfClass } from '#contracts';
import { decide, fold, type AnyEvent, type Decider, type Envelope } from '#kernel';
import { enveloped, type Told } from '#kernel/testing';
import { CommandRegistry } from '#nest';
import { DeclareRecordsDifferent, LinkRecords, UnlinkRecords } from './pair/pair.commands.js';
import { deciders } from './people.deciders.js';
import { PeopleModule } from './people.module.js';
import * as Person from './person/person.commands.js';

const ID = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const OTHER = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0002';
const coded = [{ system: 'hmis:race', code: '5', text: 'White' }];
const bodies: readonly (readonly [new () => object, object])[] = [
  [
    Person.ReportPersonDetails,
    {
      names: [{ use: 'legal', family: 'Marsh', given: 'Rosa', text: 'Rosa Marsh' }],
      birthDate: '1984-03',
      birthDateQuality: 'approximate',
      sex: { system: 'hl7:0001', code: 'F', mapped: 'female' },
      gender: coded,
      race: coded,
      ethnicity: coded,
      pronouns: 'she/her',
    },
  ],
  [Person.RecordIdentifier, { authority: 'SIMULATOR MRN', idType: 'MR', value: '4711', tag: 'abc' }],
  [Person.RetireIdentifier, { authority: 'st-marys', idType: 'MR', value: '4711', reason: 'replaced' }],
  [Person.RecordContactPoint, { kind: 'mobile', value: '313-555-0100', okToText: true, safeTimes: 'after six' }],
  [Person.EndContactPoint, { kind: 'mobile', value: '313-555-0100', reason: 'not-theirs' }],
  [Person.ReportAddress, { kind: 'home', lines: '1 Elm St\nDetroit', zip: '48201', cocCode: 'MI-501' }],
  [Person.RecordPreferredLanguage, { language: { system: 'bcp47', code: 'es-MX' }, interpreterNeeded: true }],
  [Person.RecordResponsibleParty, { role: 'guardian', name: 'Ann Marsh', contact: '313-555-0101', from: '2020' }],
  [Person.EndResponsibleParty, { role: 'guardian', name: 'Ann Marsh', until: '2026-03-01' }],
  [Person.ReportDeath, { reporter: 'source-record', detail: 'PID-30' }],
  [Person.WithdrawDeathReport, { reporter: 'source-record' }],
  [Person.ReportRecordDeleted, {}],
  [Person.RequestAccessRestriction, { scope: 'organizations', organizationIds: [ID], reason: 'my sister works there' }],
  [Person.LiftAccessRestriction, { scope: 'categories', categories: ['peer'] }],
  [Person.ErasePerson, {}],
  [
    LinkRecords,
    {
      personIds: [OTHER, ID],
      basis: 'reviewer',
      fieldAgreements: [{ field: 'name', agreement: 'close' }],
      score: 0.86,
      ruleVersion: 'm-1',
    },
  ],
  [UnlinkRecords, { personIds: [ID, OTHER], reason: 'not-the-same-person' }],
  [DeclareRecordsDifferent, { personIds: [ID, OTHER], reason: 'twins' }],
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
  const { all } = new CommandRegistry({ people: PeopleModule });
  expect(all).toHaveLength(deciders.flatMap(({ cases }) => cases as readonly object[]).length);
  for (const { command } of all) expect(schemaOfClass(command).properties).toHaveProperty('assertedAt');
});
