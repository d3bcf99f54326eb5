import { expect, test } from '@jest/globals';
import { validateSync } from 'class-validator';
import { decide, decider, fold, standing, type Label, type Said } from '#kernel';
import { enveloped, spec } from '#kernel/testing';
import { factCases, factCommands, type FactRejection, type WithdrawFact } from './fact.commands.js';
import type { HousingEvent } from './housing.events.js';
import { schemaOfClass } from './schema.js';
import type { PeopleEvent } from './people.events.js';

type Address = Extract<PeopleEvent, { type: 'AddressReported' }>;
interface Where {
  readonly addresses: Said<object>;
}
const { Correct, Withdraw, Relabel, Attach } = factCommands('Where');
const { build, remember } = decider<Where, Address, FactRejection>();
const where = build({
  category: 'where',
  initial: { addresses: [] },
  cases: [...factCases<Where>({ Correct, Withdraw, Relabel, Attach })],
  evolve: remember({ AddressReported: 'addresses' }),
});
const { given } = spec(where);

const ID = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const reported = () =>
  enveloped<Address>(
    { type: 'AddressReported', data: { kind: 'home', zip3: '482', lines: '1 Elm St' } },
    { id: ID, position: 1, labels: ['identity'] },
  );
const command = <C extends object>(c: C, more: Partial<C>) => Object.assign(c, more);
const correct = (changed: Record<string, unknown>) => command(new Correct(), { eventId: ID, changed });
const withdraw = (reason: WithdrawFact['reason']) => command(new Withdraw(), { eventId: ID, reason });
const relabel = (...labels: Label[]) => command(new Relabel(), { eventId: ID, labels });

test('a correction keeps what was open open, and seals the rest', () =>
  given(reported())
    .when(correct({ zip3: '481', lines: '2 Elm St' }))
    .then({
      type: 'FactCorrected',
      data: { corrects: 'AddressReported', changed: { zip3: '481' }, changedPrivately: { lines: '2 Elm St' } },
    }));
test('a corrected fact stands as corrected, and a second correction of another field leaves the first', () =>
  given(reported())
    .when(correct({ zip3: '481' }), correct({ lines: '2 Elm St' }))
    .thenState(({ addresses }) => expect(standing(addresses)?.data).toEqual({ kind: 'home', zip3: '481', lines: '2 Elm St' })));
test('only what differs is corrected, and a correction to what stands adds nothing', () => {
  given(reported())
    .when(correct({ kind: 'home', zip3: '481' }))
    .then({ type: 'FactCorrected', data: { corrects: 'AddressReported', changed: { zip3: '481' } } });
  given(reported())
    .when(correct({ zip3: '482' }))
    .thenNothing();
});
test('a correction by which a fact tells more adds the categories that this asks for', () => {
  type Situation = Extract<HousingEvent, { type: 'LivingSituationReported' }>;
  const words = decider<Where, Situation, FactRejection>();
  const situation = words.build({
    category: 'where',
    initial: { addresses: [] },
    cases: [...factCases<Where>({ Correct, Withdraw, Relabel, Attach })],
    evolve: words.remember({ LivingSituationReported: 'addresses' }),
  });
  const said = enveloped<Situation>(
    { type: 'LivingSituationReported', data: { code: 116, asOf: '2026-03-01' } },
    { id: ID, position: 1, labels: ['housing'] },
  );
  const outcome = decide(situation, correct({ code: 204 }), fold(situation, [said]));
  expect(outcome).toMatchObject([
    { type: 'FactCorrected', labels: ['housing', 'hospital-mental-health'] },
    { type: 'EventRelabelled', data: { labels: ['housing', 'hospital-mental-health'] } },
  ]);
});
test('a correction that the fact could not hold is refused, by value and by field', () => {
  given(reported())
    .when(correct({ zip3: '4820' }))
    .thenRejected('correction-impossible');
  given(reported())
    .when(correct({ ssn: '1' }))
    .thenRejected('correction-impossible');
});
test('a withdrawn fact no longer stands, and is corrected no more', () => {
  given(reported())
    .when(withdraw('wrong-person'))
    .then({ type: 'FactWithdrawn', data: { reason: 'wrong-person' } });
  given(reported())
    .when(withdraw('wrong-person'))
    .thenState(({ addresses }) => expect(standing(addresses)).toBeUndefined());
  given(reported())
    .when(withdraw('wrong-person'), correct({ zip3: '481' }))
    .thenRejected('already-withdrawn');
  given(reported()).when(withdraw('wrong-person'), withdraw('entered-in-error')).thenRejected('already-withdrawn');
});
test('a fact that was never recorded here can be neither corrected, withdrawn, relabelled nor commented', () => {
  const nobody = { eventId: '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0009' };
  const text = command(new Attach(), { aboutEventId: nobody.eventId, text: 'It was not like that.' });
  for (const order of [correct({ zip3: '481' }), withdraw('wrong-person'), relabel('location')]) {
    given(reported()).when(Object.assign(order, nobody)).thenRejected('fact-unknown');
  }
  given(reported()).when(text).thenRejected('fact-unknown');
});
test('a relabelled fact carries the new categories, in whatever order they are named', () => {
  given(reported())
    .when(relabel('housing', 'location'))
    .then({ type: 'EventRelabelled', data: { labels: ['housing', 'location'] } });
  given(reported()).when(relabel('housing', 'location'), relabel('location', 'housing')).thenNothing();
});
test('the consumer’s own words stand beside the fact, once, even where it was withdrawn', () => {
  const words = command(new Attach(), { aboutEventId: ID, text: 'I never lived there.' });
  given(reported())
    .when(words)
    .then({ type: 'StatementAttached', data: { aboutEventId: ID, text: 'I never lived there.' } });
  given(reported())
    .when(withdraw('wrong-person'), words)
    .thenState(({ addresses }) => expect(addresses[0]?.words).toEqual(['I never lived there.']));
});
test('what is said of a fact is shown to nobody who may not read the fact', () => {
  const state = { addresses: [{ data: reported().data, by: reported(), root: ID }] };
  const labels = (c: object) => (decide(where, c, state) as readonly { readonly labels?: readonly Label[] }[])[0]?.labels;
  expect(labels(correct({ zip3: '481' }))).toEqual(['identity']);
  expect(labels(withdraw('wrong-person'))).toEqual(['identity']);
  expect(labels(relabel('housing'))).toEqual(['identity', 'housing']);
  expect(labels(command(new Attach(), { aboutEventId: ID, text: 'No.' }))).toEqual(['identity', 'own-words']);
});

test('each kind of aggregate has commands of its own, which can be checked and described like any other', () => {
  expect([Correct, Withdraw, Relabel, Attach].map(({ name }) => name)).toEqual([
    'CorrectWhereFact',
    'WithdrawWhereFact',
    'RelabelWhereFact',
    'AttachStatementToWhere',
  ]);
  const wrong = validateSync(command(new Withdraw(), { eventId: 'not an id', reason: 'wrong-person' }));
  expect(wrong.map(({ property }) => property)).toContain('eventId');
  expect(schemaOfClass(Correct).properties).toHaveProperty('changed');
});
