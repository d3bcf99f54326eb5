/** The words of a text as they are searched: without accents, case or marks between them. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** What an index can find a word by: its beginnings of one and two letters, and every three letters in a row. */
export const gramsOf = (word: string): readonly string[] => {
  const letters = [...word];
  const threes = letters.slice(2).map((_, i) => letters.slice(i, i + 3).join(''));
  return [`^${letters[0] ?? ''}`, ...(letters.length > 1 ? [`^${letters.slice(0, 2).join('')}`] : []), ...threes];
};

/** What the index has to hold for a sought word: its threes, or, of one or two letters, a beginning. */
export const soughtGrams = (word: string): readonly string[] => {
  const letters = [...word];
  return letters.length < 3 ? [`^${word}`] : gramsOf(word).filter((gram) => !gram.startsWith('^'));
};

/** Whether every word sought is part of a word held; of one or two letters, its beginning. */
export const matches = (held: readonly string[], sought: readonly string[]): boolean =>
  sought.every((word) => held.some((one) => ([...word].length < 3 ? one.startsWith(word) : one.includes(word))));
