import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundChannels, V1_ROUNDING, V2_ROUNDING } from "./index.js";

describe("roundChannels", () => {
  it.each([
    ["b1", 1.0, [32, 16, 24, 40, 80, 112, 192, 320, 1280]],
    ["b2", 1.1, [32, 16, 24, 48, 88, 120, 208, 352, 1408]],
    ["b3", 1.2, [40, 24, 32, 48, 96, 136, 232, 384, 1536]],
    ["b4", 1.4, [48, 24, 32, 56, 112, 160, 272, 448, 1792]],
    ["b7", 2.0, [64, 32, 48, 80, 160, 224, 384, 640, 2560]],
    ["l2", 4.3, [136, 72, 104, 176, 344, 480, 824, 1376, 5504]],
  ])("gives the released widths of %s at %d", (_name, width, expected) => {
    const base = [32, 16, 24, 40, 80, 112, 192, 320, 1280];
    expect(base.map((channels) => roundChannels(channels, width, V1_ROUNDING))).toEqual(expected);
  });

  it("goes up where rounding down would lose more than a tenth, in V1 only", () => {
    // 16 * 1.2 = 19.2: the nearest multiple is 16, which is less than 0.9 * 19.2 = 17.28.
    expect(roundChannels(16, 1.2, V1_ROUNDING)).toBe(24);
    expect(roundChannels(16, 1.2, V2_ROUNDING)).toBe(16);
  });

  it("rounds halves up and never goes below the divisor", () => {
    expect(roundChannels(12, 1, V2_ROUNDING)).toBe(16);
    expect(roundChannels(1, 1, V2_ROUNDING)).toBe(8);
    expect(roundChannels(3, 1, { divisor: 4, maxShrink: null })).toBe(4);
  });

  it("gives a multiple of the divisor that loses at most maxShrink", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4096 }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        fc.constantFrom(1, 4, 8, 16),
        (channels, width, divisor) => {
          const rounded = roundChannels(channels, width, { divisor, maxShrink: 0.1 });
          expect(rounded % divisor).toBe(0);
          expect(rounded).toBeGreaterThanOrEqual(0.9 * channels * width);
          expect(rounded).toBeLessThanOrEqual(Math.max(divisor, channels * width + divisor));
        },
      ),
    );
  });

  it("refuses a width that is not positive", () => {
    expect(() => roundChannels(32, 0, V1_ROUNDING)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: widthCoefficient is 0
        expected: a positive number]
    `);
    expect(() => roundChannels(Number.NaN, 1, V1_ROUNDING)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: channels is NaN
        expected: a positive number]
    `);
  });
});
