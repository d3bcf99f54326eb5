import { expect, test } from '@jest/globals';
import { enveloped, orders } from '#kernel/testing';
import { emptyRegister, foldOrganizations, idOfCode, particularsOf, regulationOf } from './organization-register.js';

const HARBOR = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const DETOX = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0002';
const MARY = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0003';
const code = (value: string) => ({ authority: 'hmis:DEMO999', type: 'ProjectID', value });
const event = (type: string, id: string, day: number, data: object) =>
  enveloped(
    { type, data },
    {
      streamId: `${type.replace(/Registered|Changed/, '').toLowerCase()}-${id}`,
      assertedAt: `2026-03-0${day}T12:00:00.000Z`,
      recordedAt: '2026-04-01T00:00:00.000Z',
    },
  );
const fold = (...events: readonly ReturnType<typeof event>[]) => events.reduce(foldOrganizations, emptyRegister());

const harbor = event('OrganizationRegistered', HARBOR, 1, { name: 'Harbor House', hmis: true });
const detox = event('ProgramRegistered', DETOX, 1, {
  name: 'Detox',
  organizationId: HARBOR,
  kind: 'treatment',
  localCodes: [code('17')],
});
const underPart2 = event('ProgramChanged', DETOX, 2, { part2: true, effectiveFrom: '2026-02-16', cleared: [] });
const renamed = event('ProgramChanged', DETOX, 3, { name: 'Withdrawal unit', localCodes: [code('18')], cleared: ['kind'] });

test('what stands is the last said of each field, in whatever order it arrives', () => {
  for (const order of orders([harbor, detox, underPart2, renamed])) {
    expect(particularsOf(fold(...order), DETOX)).toEqual({
      kind: 'program',
      name: 'Withdrawal unit',
      organizationId: HARBOR,
      part2: true,
      localCodes: [code('18')],
    });
  }
});
test('a change holds from its day on, and regulation is that of the day, with the organisation’s', () => {
  const register = fold(harbor, detox, underPart2);
  expect(regulationOf(register, DETOX, '2026-02-15')).toEqual({ part2: false, hmis: true, victimServices: false });
  expect(regulationOf(register, DETOX, '2026-02-16')).toEqual({ part2: true, hmis: true, victimServices: false });
});
test('a source’s code leads to what uses it now; an unknown one leads nowhere', () => {
  expect(idOfCode(fold(harbor, detox), code('17'))).toBe(DETOX);
  expect(idOfCode(fold(harbor, detox), code('99'))).toBeUndefined();
  expect(idOfCode(fold(harbor, detox, renamed), code('17'))).toBeUndefined();
  expect(idOfCode(fold(harbor, detox, renamed), code('18'))).toBe(DETOX);
});
test('a withdrawn statement no longer stands', () => {
  const withdrawn = enveloped(
    { type: 'FactWithdrawn', data: { reason: 'entered-in-error' } },
    { streamId: `program-${DETOX}`, supersedes: { eventId: renamed.id } },
  );
  expect(particularsOf(fold(harbor, detox, renamed, withdrawn), DETOX)).toMatchObject({
    name: 'Detox',
    programKind: 'treatment',
  });
});
test('nothing is known of what nobody registered, and other events tell nothing', () => {
  const visit = enveloped({ type: 'FactConfirmed', data: { repeated: [] } }, { streamId: `visit-${MARY}` });
  expect(particularsOf(fold(visit), MARY)).toBeUndefined();
  expect(regulationOf(fold(), MARY)).toEqual({ part2: false, hmis: false, victimServices: false });
});
