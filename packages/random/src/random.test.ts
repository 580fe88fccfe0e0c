import { describe, expect, it } from "vitest";
import { drawIndex, drawNormal, shuffle } from "./draw.js";
import { seededRandom } from "./seeded-random.js";

const take = (count: number, random: () => number) => Array.from({ length: count }, random);

describe("seededRandom", () => {
  it("gives these numbers for these seeds, on any machine", () => {
    expect(take(3, seededRandom(42, 3, 0))).toMatchInlineSnapshot(`
      [
        0.7542813860345632,
        0.6485344173852354,
        0.9277581360656768,
      ]
    `);
    expect(take(3, seededRandom(42, "stem.conv.kernel"))).toMatchInlineSnapshot(`
      [
        0.26001567649655044,
        0.03225108189508319,
        0.9999717043247074,
      ]
    `);
  });

  it("gives another stream for another seed, another name, another order and a prefix", () => {
    const streams = [
      seededRandom(),
      seededRandom(1),
      seededRandom(1, 2),
      seededRandom(2, 1),
      seededRandom(1, "a"),
      seededRandom(1, "b"),
      seededRandom(1, 2, 0),
    ].map((random) => take(2, random).join());
    expect(new Set(streams).size).toBe(streams.length);
  });

  it("fills [0, 1) evenly", () => {
    const bins = new Array(10).fill(0);
    for (const value of take(100_000, seededRandom(7))) bins[Math.floor(value * 10)]++;
    // 94.9 is the standard deviation of a bin.
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(5 * 94.9);
  });
});

describe("draws", () => {
  it("are whole numbers below the count", () => {
    const random = seededRandom(1);
    const drawn = new Set(take(200, () => drawIndex(random, 5)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it("are normal with mean 0 and deviation 1", () => {
    const random = seededRandom(1, "normal");
    const values = take(100_000, () => drawNormal(random));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.016);
    expect(Math.abs(variance - 1)).toBeLessThan(0.023);
    expect(Math.abs(values.filter((value) => Math.abs(value) < 1).length / 100_000 - 0.6827)).toBeLessThan(0.0075);
  });

  it("stay finite where the source gives 0 and almost 1", () => {
    expect(drawNormal(() => 0)).toBeCloseTo(0, 12);
    expect(Number.isFinite(drawNormal(() => 1 - 2 ** -32))).toBe(true);
  });
});

describe("shuffle", () => {
  it("has every number once, in an order that depends on the source", () => {
    const order = shuffle(seededRandom(1), 100);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(order).not.toEqual(shuffle(seededRandom(2), 100));
    expect(order).toEqual(shuffle(seededRandom(1), 100));
    expect(shuffle(seededRandom(1), 0).length).toBe(0);
  });

  it("makes every order as likely as any other", () => {
    const random = seededRandom(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffle(random, 3).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 28.9 is the standard deviation of a count.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * 28.9);
  });
});
