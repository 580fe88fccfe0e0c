/** A source of numbers in [0, 1), as `Math.random` is. */
export type Random = () => number;

/**
 * A source that depends on its seeds alone: `seededRandom(search, 17)` is the 17th of a search on any machine and in any
 * order, which is all that sharding and resuming need. Seeds count as 32-bit integers; not for secrets.
 *
 * Algorithm: splitmix32, started from the seeds mixed one after the other.
 */
export function seededRandom(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => mix((mixed ^ seed) + STEP), 0);
  return () => {
    state = (state + STEP) | 0;
    return mix(state) / 2 ** 32;
  };
}

/** The golden ratio in 32 bits, odd, so that adding it visits every state. */
const STEP = 0x9e3779b9;

/** Spreads every bit over all others; unsigned 32 bits. */
function mix(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  const second = Math.imul(first ^ (first >>> 15), 0x735a2d97);
  return (second ^ (second >>> 15)) >>> 0;
}

/** A whole number in [0, count). */
export function drawIndex(count: number, random: Random): number {
  return Math.floor(random() * count);
}
