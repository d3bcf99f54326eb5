import { expect, test } from '@jest/globals';
import { Access, DEVELOPMENT_READER, type Reading } from '#access';

const trail = { record: () => Promise.resolve() };
const reading = (role: string): Reading => ({ reader: { role }, purpose: 'care', what: 'timeline', personIds: [] });

test('the one role that there is sees every category, any other none', () => {
  const gate = new Access(trail);
  expect(gate.decide(reading(DEVELOPMENT_READER.role))).toMatchObject({ all: true });
  expect(gate.decide(reading('somebody')).shows(['peer'])).toBe(false);
});

test('a reader needs every label that a fact carries', () => {
  const shown = new Access(trail, () => ['peer', 'housing']).decide(reading('housing'));
  expect([shown.shows(['peer']), shown.shows(['peer', 'emergency']), shown.shows([]), shown.all]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('a reading that cannot be put on record is not answered', async () => {
  const gate = new Access({ record: () => Promise.reject(new Error('the trail is away')) });
  await expect(gate.record(reading('development'), 1)).rejects.toThrow('the trail is away');
});
