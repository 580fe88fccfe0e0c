import { describe, expect, it } from "vitest";
import { pairedRatios, relativeDifference } from "./comparison.js";

describe("pairedRatios", () => {
  it("divides round by round, so that a slow round cancels", () => {
    expect(pairedRatios([20, 200, 30], [10, 100, 10])).toEqual([2, 2, 3]);
  });

  it("refuses rounds that have no partner", () => {
    expect(() => pairedRatios([1, 2], [1])).toThrowErrorMatchingInlineSnapshot(
      `[Error: 2 rounds cannot be paired with 1]`,
    );
  });
});

describe("relativeDifference", () => {
  it("is the largest difference over the standard deviation of the reference", () => {
    expect(relativeDifference([1, 3.5, 1, 2.75], [1, 3, 1, 3])).toBe(0.5);
  });

  it("is infinite where a value is not a number or the lengths differ", () => {
    expect(relativeDifference([1, Number.NaN], [1, 2])).toBe(Number.POSITIVE_INFINITY);
    expect(relativeDifference([1], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  });
});
