import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { roundSize, WHOLE_PIXELS } from "./index.js";

const EVALUATED: Readonly<Record<string, number>> = {
  b0: 224,
  b1: 240,
  b2: 260,
  b3: 300,
  b4: 380,
  b5: 456,
  b6: 528,
  b7: 600,
  b8: 672,
  l2: 800,
};

describe("roundSize", () => {
  it.each([
    [185.333, { multipleOf: 32, towards: "down" }, 160],
    [185.333, { multipleOf: 32, towards: "nearest" }, 192],
    [185.333, { multipleOf: 32, towards: "up" }, 192],
    [176, { multipleOf: 32, towards: "nearest" }, 192],
    [192, { multipleOf: 32, towards: "up" }, 192],
    [185.333, WHOLE_PIXELS, 185],
  ] as const)("%d by %o is %d", (size, rounding, expected) => {
    expect(roundSize(size, rounding)).toBe(expected);
  });

  it("never goes below one multiple", () => {
    expect(roundSize(20, { multipleOf: 32, towards: "down" })).toBe(32);
  });

  it.each(Object.entries(readFixture().v1TrainSizes))(
    "gives the released training size of EfficientNet %s from 0.8 of its evaluation size",
    (model, size) => {
      expect(roundSize((EVALUATED[model] ?? 0) * 0.8, { multipleOf: 16, towards: "down" })).toBe(size);
    },
  );

  it("refuses what is no size or no rule", () => {
    expect(() => roundSize(0, WHOLE_PIXELS)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the image size is 0
        expected: a positive number]
    `);
    expect(() => roundSize(224, { multipleOf: 1.5, towards: "up" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: multipleOf of the rounding is 1.5
        expected: a positive integer]
    `);
  });
});
