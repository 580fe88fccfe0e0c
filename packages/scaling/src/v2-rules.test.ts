import { describe, expect, it } from "vitest";
import { capResolution, lateDepths, roundRepeats } from "./index.js";

describe("capResolution", () => {
  it("stops inference at 480 pixels and trains a fifth below", () => {
    expect(capResolution(600)).toEqual({ train: 384, eval: 480 });
    expect(capResolution(480)).toEqual({ train: 384, eval: 480 });
    expect(capResolution(384)).toEqual({ train: 304, eval: 384 });
    expect(capResolution(512, 512)).toEqual({ train: 400, eval: 512 });
    expect(capResolution(17.4)).toEqual({ train: 16, eval: 17 });
  });

  it("refuses a size that is not positive", () => {
    expect(() => capResolution(0)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: resolution is 0
        expected: a positive number]
    `);
  });
});

describe("lateDepths", () => {
  it("adds layers to the last two stages", () => {
    expect(lateDepths(6, 1)).toEqual([1, 1, 1, 1, 1.25, 1.25]);
    expect(lateDepths(3, 2, { lateStages: 1, lateCoefficient: 1.5 })).toEqual([2, 2, 3]);
  });

  it("makes of V2-S's fourth layers in stages 2 and 3 the five of V2-M, and more in stage 5 than evenly", () => {
    const depths = lateDepths(6, 1.22);
    const layers = [2, 4, 4, 6, 9, 15].map((repeats, stage) => roundRepeats(repeats, depths[stage] ?? 1));
    expect(layers.slice(0, 3)).toEqual([3, 5, 5]);
    expect(layers[4]).toBe(14);
  });

  it("refuses coefficients that are not positive", () => {
    expect(() => lateDepths(6, 0)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: depthCoefficient is 0
        expected: a positive number]
    `);
  });
});
