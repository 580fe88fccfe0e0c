import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRows } from "../fixtures/read-rows.js";
import { compoundScale, impliedPhi } from "./index.js";

describe("impliedPhi", () => {
  it.each(readRows())("shows how far $model is from one phi", ({ released, implied_phi: expected }) => {
    const implied = impliedPhi({
      depthCoefficient: released.depth,
      widthCoefficient: released.width,
      resolutionCoefficient: released.resolution / 224,
    });
    expect(Number(implied.fromDepth.toFixed(3))).toBe(expected.from_depth);
    expect(Number(implied.fromWidth.toFixed(3))).toBe(expected.from_width);
    expect(Number(implied.fromResolution.toFixed(3))).toBe(expected.from_resolution);
  });

  it("is the inverse of compoundScale", () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (phi) => {
        const { fromDepth, fromWidth, fromResolution } = impliedPhi(compoundScale({ phi }));
        for (const implied of [fromDepth, fromWidth, fromResolution]) expect(implied).toBeCloseTo(phi, 9);
      }),
    );
  });

  it("refuses a base of 1, which scales nothing", () => {
    const coefficients = { depthCoefficient: 2, widthCoefficient: 1, resolutionCoefficient: 1 };
    expect(() => impliedPhi(coefficients, { alpha: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: alpha is 1, so depthCoefficient is the same at every phi]`,
    );
    expect(() => impliedPhi({ ...coefficients, depthCoefficient: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: depthCoefficient is 0
        expected: a positive number]
    `);
  });
});
