import { describe, expect, it } from "vitest";
import { type PixelStep, pixelNormalisation, type QuantisedPixels } from "./pixel-normalisation.js";

const step = (operation: PixelStep["operation"], ...values: number[]): PixelStep => ({ operation, values });

describe("pixelNormalisation", () => {
  it.each<[string, PixelStep[], QuantisedPixels | null, number, number]>([
    ["0..1 that is multiplied up and shifted", [step("mul", 255), step("add", -127)], null, 127, 128],
    ["bytes that are shifted and divided", [step("sub", 127), step("div", 128)], null, 127, 1],
    ["bytes that are scaled to 0..1 and shifted", [step("mul", 1 / 255), step("sub", 0.5)], null, 127.5, 128 / 255],
    ["bytes with a scale and a zero", [], { scale: 1 / 128, zero: 127 }, 127, 1],
    [
      "bytes with a scale, then arithmetic",
      [step("mul", 255), step("add", -127)],
      { scale: 1 / 255, zero: 0 },
      127,
      128,
    ],
  ])("finds what a network wants of %s", (_, steps, quantised, mean, kernelScale) => {
    const found = pixelNormalisation(steps, quantised);
    for (const channel of [0, 1, 2]) {
      expect((found?.normalisation.mean[channel] ?? 0) * 255).toBeCloseTo(mean, 10);
      expect(found?.normalisation.std[channel]).toBe(128 / 255);
      expect(found?.kernelScale[channel]).toBeCloseTo(kernelScale, 10);
    }
  });

  it("keeps the channels apart", () => {
    const found = pixelNormalisation(
      [step("mul", 1 / 255), step("sub", 0.1, 0.2, 0.3), step("div", 0.5, 0.25, 0.2)],
      null,
    );
    expect(found?.normalisation.mean.map((mean) => mean.toFixed(6))).toEqual(["0.100000", "0.200000", "0.300000"]);
    expect(found?.kernelScale.map((scale) => (scale * 255).toFixed(4))).toEqual(["256.0000", "512.0000", "640.0000"]);
  });

  it("says nothing of float input without arithmetic, nor of a scale that cannot be", () => {
    expect(pixelNormalisation([], null)).toBeNull();
    expect(pixelNormalisation([step("mul", 0)], null)).toBeNull();
    expect(pixelNormalisation([step("div", 0)], null)).toBeNull();
    expect(pixelNormalisation([step("mul", -1)], null)).toBeNull();
  });
});
