import type { Random } from "./seeded-random.js";

/** A whole number in [0, count). */
export const drawIndex = (random: Random, count: number): number => Math.floor(random() * count);

/** A whole number in [from, to], both ends included, as Python's `randint`. */
export const drawWhole = (random: Random, from: number, to: number): number => from + drawIndex(random, to - from + 1);

/** A number in [from, to). */
export const drawBetween = (random: Random, from: number, to: number): number => from + (to - from) * random();

/** True with the given probability. */
export const drawChance = (random: Random, probability: number): boolean => random() < probability;

/** One of a list that is not empty. */
export function drawOne<Item>(random: Random, items: readonly Item[]): Item {
  return items[drawIndex(random, items.length)] as Item;
}

/** A number of the standard normal distribution, by Box and Muller. */
export function drawNormal(random: Random): number {
  // 1 - random() is in (0, 1], where the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** The numbers 0 to count - 1 in random order (Fisher-Yates). */
export function shuffle(random: Random, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = drawIndex(random, last + 1);
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}
