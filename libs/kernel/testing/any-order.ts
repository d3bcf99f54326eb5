import assert from 'node:assert/strict';
import fc from 'fast-check';
import { standing, type AnyEvent, type Decider, type Said } from '#kernel';
import { after } from './decider.spec-kit.js';

const DAYS = { min: 1, max: 28 };

/** What stands in each list of a state. */
export const standings = (state: object): unknown[] =>
  (Object.values(state) as Said<object>[]).map((said) => standing(said)?.data);

/**
 * Statements said on different days, given in any order, leave the same standing, and given again add nothing. Each of
 * `reports` makes one, as said on a day of the month.
 */
export const inAnyOrder = <S extends object, E extends AnyEvent, R extends string>(
  d: Decider<S, E, R>,
  reports: readonly ((day: number) => object)[],
  stands: (state: S) => unknown = standings,
): void => {
  const report = fc.tuple(fc.integer(DAYS), fc.constantFrom(...reports));
  const told = fc.uniqueArray(report, { maxLength: 7, selector: ([day]) => day });
  const twice = told.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(twice, (orders) => {
      const [one, other] = orders.map((order) => after(d, order.map(([day, tell]) => tell(day)), 2)); // prettier-ignore
      assert.deepEqual([one?.recorded[1], other?.recorded[1]], [0, 0], 'a second pass recorded something');
      assert.deepEqual(stands(other!.state), stands(one!.state));
    }),
  );
};
