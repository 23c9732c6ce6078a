/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Draws {
  /** True in that many of a hundred cases. */
  readonly chance: (percent: number) => boolean;
  /** One of the values, each as likely as it occurs; the list must not be empty. */
  readonly oneOf: (values: readonly number[]) => number;
}

/** Draws from a seed, by the public-domain generator mulberry32. */
export function drawsFrom(seed: number): Draws {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    chance: (percent) => next() * 100 < percent,
    oneOf: (values) => values[Math.floor(next() * values.length)] ?? 0,
  };
}
