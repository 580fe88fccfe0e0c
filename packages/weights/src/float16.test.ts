import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { floatsToHalves, halfToFloat } from "./float16.js";

const floatToHalf = (value: number) => floatsToHalves(Float32Array.of(value))[0] ?? Number.NaN;

describe("half precision", () => {
  it("reads the values that the standard names", () => {
    expect([0x3c00, 0xc000, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x3555].map(halfToFloat)).toEqual([
      1,
      -2,
      65504,
      2 ** -14,
      1023 * 2 ** -24,
      2 ** -24,
      0.333251953125,
    ]);
    expect([0x7c00, 0xfc00, 0x7e00].map(halfToFloat)).toEqual([Infinity, -Infinity, NaN]);
    expect(halfToFloat(0x8000)).toBe(-0);
  });

  it("gives back every half that is a number", () => {
    const finite = Array.from({ length: 0x10000 }, (_, half) => half).filter((half) => (half & 0x7c00) !== 0x7c00);
    expect(finite.filter((half) => floatToHalf(halfToFloat(half)) !== half)).toEqual([]);
  });

  it("rounds to the nearest half, ties to even", () => {
    expect([2049, 2051, 65519.996, 65520, 2 ** -25, 3 * 2 ** -25].map((x) => halfToFloat(floatToHalf(x)))).toEqual([
      2048,
      2052,
      65504,
      Infinity,
      0,
      2 ** -23,
    ]);
    expect(floatToHalf(NaN)).toBe(0x7e00);
  });

  it("is never further than half a step away", () => {
    fc.assert(
      fc.property(fc.float({ min: -65000, max: 65000, noNaN: true }), (value) => {
        const error = Math.abs(halfToFloat(floatToHalf(value)) - value);
        expect(error).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
      }),
    );
  });
});
