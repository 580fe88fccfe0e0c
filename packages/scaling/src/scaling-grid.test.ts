import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scalingGrid } from "./index.js";

describe("scalingGrid", () => {
  it("holds the paper's point among those near a product of 2", () => {
    const grid = scalingGrid();
    expect(grid).toContainEqual({ alpha: 1.2, beta: 1.1, gamma: 1.15, product: 1.2 * 1.1 ** 2 * 1.15 ** 2 });
    expect(grid.find(({ beta, gamma }) => beta === 1.1 && gamma === 1.15)?.product).toBeCloseTo(1.92027, 5);
    expect(grid).toHaveLength(111);
    expect(new Set(grid.map(({ alpha, beta, gamma }) => `${alpha} ${beta} ${gamma}`)).size).toBe(111);
  });

  it("holds every point of its step, and no other, from 1 up", () => {
    fc.assert(
      fc.property(fc.constantFrom(0.05, 0.1, 0.02), fc.constantFrom(1.5, 2, 4), (step, target) => {
        const grid = scalingGrid({ step, target, tolerance: 0.2 });
        let expected = 0;
        const most = Math.ceil((target + 0.2 - 1) / step);
        for (let a = 0; a <= most; a++)
          for (let b = 0; b <= most; b++)
            for (let c = 0; c <= most; c++) {
              const product = (1 + a * step) * (1 + b * step) ** 2 * (1 + c * step) ** 2;
              if (Math.abs(product - target) <= 0.2 + 1e-9) expected++;
            }
        expect(grid).toHaveLength(expected);
        for (const { alpha, beta, gamma } of grid) expect(Math.min(alpha, beta, gamma)).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 6 },
    );
  });

  it("refuses a step that misses the target", () => {
    expect(() => scalingGrid({ step: 10 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: no bases in steps of 10 have a product near 2
        expected: within 0.1
        hint: take a smaller step or a larger tolerance]
    `);
    expect(() => scalingGrid({ step: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: step is 0
        expected: a positive number]
    `);
  });
});
