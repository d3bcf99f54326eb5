import { expect, test } from '@jest/globals';
import { admitted, contact, ended, ROSA, snapshotOf, type Fact } from './consumer.spec-kit.js';
import { everything } from './stream-memory.js';
import { draw, viewOf } from './timeline.composition.js';

const VISIT = 'visit-00000000-0000-4000-8000-000000000001';
const OTHER = 'visit-00000000-0000-4000-8000-000000000002';
const CONTACT = 'contact-00000000-0000-4000-8000-000000000003';
const DAY = 86_400_000;
const START = Date.parse('2026-02-20T00:00:00.000Z');

const said = (day: string) => ({ assertedAt: `${day}T22:00:00.000Z` });
const LIVES: Readonly<Record<string, readonly Fact[]>> = {
  'a stay that nobody ended': [admitted(VISIT, '2026-03-01T16:00', said('2026-03-01'))],
  'a clock that nobody stopped': [
    admitted(VISIT, '2026-03-01T16:00', said('2026-03-01')),
    ended(VISIT, '2026-03-06T16:00', said('2026-03-06')),
  ],
  'a clock that was stopped, and a stay': [
    ended(VISIT, '2026-03-06T16:00', said('2026-03-06')),
    contact(CONTACT, '2026-03-08'),
    admitted(OTHER, '2026-03-20T16:00', said('2026-03-21')),
  ],
};

for (const [life, facts] of Object.entries(LIVES)) {
  test(`a view of ${life} looks the same until the instant that it names, and is asked anew from there`, () => {
    const snapshot = snapshotOf(facts);
    const at = (now: number) => {
      const asked = { personId: ROSA, knownOn: { at: null, position: 9 }, now, shows: everything, nameOf: () => null };
      const drawn = draw(snapshot, asked);
      return { until: drawn.until, text: JSON.stringify(viewOf(drawn, snapshot, asked)) };
    };
    let kept = at(START);
    const changes = [];
    for (let now = START; now < START + 80 * DAY; now += DAY / 4) {
      if (now >= kept.until) {
        const [last, first] = [at(kept.until - 1), at(kept.until)];
        expect(last.text).toBe(kept.text);
        changes.push(first.text !== kept.text);
        kept = first;
      }
      expect(at(now).text).toBe(kept.text);
    }
    expect(changes).toContain(true);
    expect(kept.until).toBe(Number.POSITIVE_INFINITY);
  });
}
