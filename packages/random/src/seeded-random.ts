/** A source of numbers in [0, 1), as `Math.random` is. */
export type Random = () => number;

/** What a stream is chosen by: a number, of which the lowest 32 bits count, or a name. */
export type Seed = number | string;

/**
 * A source that depends on its seeds alone: `seededRandom(run, epoch, index)` gives a picture the same augmentation, and
 * `seededRandom(seed, "stem.conv.kernel")` a tensor the same start, in any order, on any machine. So nothing about it
 * has to be stored to resume or to share out work. Not for secrets.
 *
 * Algorithm: sfc32 (PractRand, public domain), its state filled from the seeds; names become numbers by FNV-1a.
 */
export function seededRandom(...seeds: readonly Seed[]): Random {
  let [a, b, c] = [0x9e3779b9, 0x243f6a88, 0xb7e15162];
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (const seed of seeds) {
    a ^= typeof seed === "number" ? seed : hashName(seed);
    for (let round = 0; round < 12; round++) next();
  }
  return next;
}

function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
}
