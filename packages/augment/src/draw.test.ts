import { drawNormal, drawWhole, seededRandom } from "@efficientnet/random";
import { describe, expect, it } from "vitest";
import { drawBeta } from "./draw-beta.js";

function momentsOf(draw: () => number, count = 40_000): { readonly mean: number; readonly variance: number } {
  const values = Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count };
}

describe("seededRandom", () => {
  it("gives the same numbers on any machine", () => {
    const random = seededRandom(1, 2, 3);
    expect([random(), random(), random()]).toMatchInlineSnapshot(`
      [
        0.48938272311352193,
        0.14709837664850056,
        0.9249601145274937,
      ]
    `);
  });

  it("is uniform on [0, 1)", () => {
    const { mean, variance } = momentsOf(seededRandom(11));
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it("starts anew with each seed, in each place", () => {
    const firsts = [[], [0], [0, 0], [1], [1, 0], [0, 1], [2 ** 31], [-1]].map((seeds) => seededRandom(...seeds)());
    expect(new Set(firsts).size).toBe(firsts.length);
    let seed = 0;
    expect(momentsOf(() => seededRandom(5, seed++)(), 20_000).mean).toBeCloseTo(1 / 2, 2);
  });
});

describe("draws", () => {
  it("of whole numbers include both ends", () => {
    const random = seededRandom(2);
    expect(new Set(Array.from({ length: 200 }, () => drawWhole(random, -1, 2)))).toEqual(new Set([-1, 0, 1, 2]));
  });

  it("of normal numbers have mean 0 and variance 1", () => {
    const random = seededRandom(3);
    const { mean, variance } = momentsOf(() => drawNormal(random));
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it.each([0.05, 0.2, 0.5, 1, 4])("of Beta(%d, itself) have mean 1/2 and variance 1 / (4 (2 alpha + 1))", (alpha) => {
    const random = seededRandom(4);
    const { mean, variance } = momentsOf(() => drawBeta(random, alpha));
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1 / (4 * (2 * alpha + 1)))).toBeLessThan(0.004);
  });

  it("of Beta stay numbers from 0 to 1 where gammas vanish", () => {
    const random = seededRandom(5);
    for (let i = 0; i < 1000; i++) {
      const drawn = drawBeta(random, 1e-4);
      expect(drawn >= 0 && drawn <= 1).toBe(true);
    }
  });

  it("of Beta refuse an alpha that is not positive", () => {
    expect(() => drawBeta(seededRandom(1), 0)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: alpha is 0
        expected: a positive, finite number
        hint: leave the method out to switch it off]
    `);
  });
});
