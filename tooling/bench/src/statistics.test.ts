import { describe, expect, it } from "vitest";
import { median, pairedRatios, quantile, relativeDifference, spreadOf } from "./statistics.js";

describe("quantile", () => {
  it("interpolates between the two nearest, as NumPy does", () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile([7, 1, 3, 10], share))).toEqual([1, 2.5, 5, 7.75, 10]);
  });

  it("leaves its argument in the order it came", () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it("of nothing is not a number", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe("median", () => {
  it.each([
    { values: [5], middle: 5 },
    { values: [10, 9, 100], middle: 10 },
    { values: [4, 1, 3, 2], middle: 2.5 },
  ])("of $values is $middle", ({ values, middle }) => {
    expect(median(values)).toBe(middle);
  });
});

describe("spreadOf", () => {
  it("gives minimum, quartiles and count", () => {
    expect(spreadOf([5, 3, 1, 2, 4])).toEqual({ min: 1, lowerQuartile: 2, median: 3, upperQuartile: 4, count: 5 });
  });
});

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
