import { seededRandom } from "@efficientnet/random";

/**
 * The place of a number in a shuffled deck of any size: for one seed every number in `[0, size)` goes to another one, so
 * draws 0, 1, 2 ... never repeat, and each is known without those before it.
 *
 * Algorithm: a Feistel network of four rounds on the next even number of bits, walked until it lands inside.
 */
export function permuteIndex(seed: number, size: bigint, index: bigint): bigint {
  const bits = BigInt(Math.max(1, Math.ceil((size - 1n).toString(2).length / 2)));
  const mask = (1n << bits) - 1n;
  let at = index;
  do {
    let [left, right] = [at >> bits, at & mask];
    for (let round = 0; round < 4; round++) {
      [left, right] = [right, left ^ (wordsFrom(seed, round, right) & mask)];
    }
    at = (left << bits) | right;
  } while (at >= size);
  return at;
}

/** 128 bits that follow from a round and a half. */
function wordsFrom(seed: number, round: number, half: bigint): bigint {
  const seeds: number[] = [];
  for (let rest = half; rest > 0n; rest >>= 32n) seeds.push(Number(rest & 0xffffffffn));
  const random = seededRandom(seed, round, ...seeds);
  let words = 0n;
  for (let word = 0; word < 4; word++) words = (words << 32n) | BigInt(random() * 2 ** 32);
  return words;
}
