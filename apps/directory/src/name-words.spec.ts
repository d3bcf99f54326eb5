import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { gramsOf, matches, soughtGrams, wordsOf } from './name-words.js';

test('names are compared without accents, case or marks', () => {
  expect(wordsOf('José-María O’Brien')).toEqual(['jose', 'maria', 'o', 'brien']);
  expect(wordsOf('  Łukasz  Ýrr ')).toEqual(['łukasz', 'yrr']);
});

test('whatever part of a name is sought, the index holds all that it is sought by', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (name, a, b) => {
      const [word] = wordsOf(name);
      if (word === undefined) return;
      const letters = [...word];
      const from = a % letters.length;
      const part = letters.slice(from, from + 1 + (b % letters.length)).join('');
      if (!matches([word], [part])) return;
      const held = new Set(gramsOf(word));
      expect(soughtGrams(part).filter((gram) => !held.has(gram))).toEqual([]);
    }),
  );
});

test('one or two letters are the beginning of a name, more are any part of it', () => {
  expect([matches(['rosa'], ['ro']), matches(['rosa'], ['sa']), matches(['rosa'], ['osa'])]).toEqual([true, false, true]);
});
