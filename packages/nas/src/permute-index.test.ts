import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permuteIndex } from "./permute-index.js";

describe("permuteIndex", () => {
  it("sends the numbers of any size to each other, none twice", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 200 }), (seed, size) => {
        const places = Array.from({ length: size }, (_, i) => Number(permuteIndex(seed, BigInt(size), BigInt(i))));
        expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
      }),
    );
  });

  it("spreads draws evenly over a space of 10^25 networks", () => {
    const size = 10n ** 25n;
    const counts = Array<number>(10).fill(0);
    for (let i = 0; i < 2000; i++) {
      const tenth = Number((permuteIndex(1, size, BigInt(i)) * 10n) / size);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    // 99.9 % of fair draws stay below, with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9);
  });
});
