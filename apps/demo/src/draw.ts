/** Draws that a seed decides: the same seed tells the same story, on every machine. */
export interface Draw {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Days until the next event of a process that happens once in `mean` days. */
  wait(mean: number): number;
  /** Draws of its own for a part of the story, so that a change there moves nothing elsewhere. */
  apart(name: string): Draw;
}

const seedOf = (text: string) => {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  return hash >>> 0;
};

/** Mulberry32: small, fast and even enough to tell stories by; nothing secret hangs on it. */
export const drawFrom = (seed: string): Draw => {
  let state = seedOf(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (from) => from[between(0, from.length - 1)]!,
    wait: (mean) => Math.max(1, Math.round(-Math.log(1 - next()) * mean)),
    apart: (name) => drawFrom(`${seed}/${name}`),
  };
};
