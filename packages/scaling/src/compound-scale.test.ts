import { describe, expect, it } from "vitest";
import { readRows } from "../fixtures/read-rows.js";
import { compoundScale, flopsMultiplier } from "./index.js";

const rows = readRows();
const byFormula = rows.flatMap(({ model, customary_phi: phi, formula }) =>
  phi === undefined || formula === undefined ? [] : [{ model, phi, formula }],
);
const decimals = (value: number, places: number) => Number(value.toFixed(places));

describe("compoundScale", () => {
  it("covers B0 to B7", () => {
    expect(byFormula.map(({ model }) => model)).toEqual(["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"]);
  });

  it.each(byFormula)("gives depth, width, resolution and multiplier of $model at phi $phi", ({ phi, formula }) => {
    const scale = compoundScale({ phi });
    expect({
      depth: decimals(scale.depthCoefficient, 4),
      width: decimals(scale.widthCoefficient, 4),
      resolution_multiplier: decimals(scale.resolutionCoefficient, 4),
      resolution_px: decimals(scale.resolution, 1),
      flops_ratio: decimals(scale.flopsMultiplier, 3),
    }).toEqual({
      depth: formula.depth,
      width: formula.width,
      resolution_multiplier: formula.resolution_multiplier,
      resolution_px: formula.resolution_px,
      flops_ratio: formula.flops_ratio,
    });
  });

  it("spends about twice the multiply-adds per unit of phi: alpha * beta^2 * gamma^2 is 1.92", () => {
    expect(compoundScale({ phi: 1 }).flopsMultiplier).toBeCloseTo(1.92027, 5);
    expect(compoundScale({ phi: 3 }).flopsMultiplier).toBeCloseTo(1.92027 ** 3, 3);
  });

  it("takes other bases and another baseline", () => {
    const scale = compoundScale({ phi: 2, alpha: 2, beta: 3, gamma: 1.5, baseResolution: 100 });
    expect(scale).toEqual({
      depthCoefficient: 4,
      widthCoefficient: 9,
      resolutionCoefficient: 2.25,
      resolution: 225,
      flopsMultiplier: 4 * 9 ** 2 * 2.25 ** 2,
    });
  });

  it("refuses what is not a number", () => {
    expect(() => compoundScale({ phi: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: phi is NaN
        expected: a finite number]
    `);
    expect(() => compoundScale({ phi: 1, beta: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: beta is -1
        expected: a positive number]
    `);
    expect(() => compoundScale({ phi: 1, baseResolution: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: baseResolution is 0
        expected: a positive number]
    `);
  });
});

describe("flopsMultiplier", () => {
  it.each(rows)("is d * w^2 * r^2 for the released coefficients of $model", ({ released, ...row }) => {
    const multiplier = flopsMultiplier({
      depthCoefficient: released.depth,
      widthCoefficient: released.width,
      resolutionCoefficient: released.resolution / 224,
    });
    expect(decimals(multiplier, 3)).toBe(row.flops_ratio_released_d_w2_r2);
  });
});
