/** A source of numbers in [0, 1), as `Math.random` is. */
export type Random = () => number;

/**
 * A source that depends on its seeds alone. `seededRandom(run, epoch, index)` gives a picture the same augmentation
 * however the data is shuffled, sharded or resumed. Seeds count as 32-bit integers; not for secrets.
 *
 * Algorithm: sfc32 (PractRand, public domain), its state filled from the seeds.
 */
export function seededRandom(...seeds: readonly number[]): Random {
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
    a ^= seed;
    for (let round = 0; round < 12; round++) next();
  }
  return next;
}
