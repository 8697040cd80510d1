/** All chance of one history: the same seed, asked in the same order, says the same. */
export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number;
  happens(probability: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  of<Value>(values: readonly [Value, ...Value[]]): Value;
}

/** Mulberry32: 32 bits of state, every seed a different beginning. Good enough for dice, useless for secrets. */
export function createChance(seed: number): Chance {
  // Neighbouring seeds begin far apart, or the first throws of a whole range of histories would look alike.
  let state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ seed;
  const next = (): number => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    of: (values) => values[between(0, values.length - 1)] ?? values[0],
  };
}
