import { describe, expect, it } from "vitest";
import { roundRepeats } from "./index.js";

describe("roundRepeats", () => {
  it.each([
    ["b1", 1.1, [2, 3, 3, 4, 4, 5, 2]],
    ["b3", 1.4, [2, 3, 3, 5, 5, 6, 2]],
    ["b6", 2.6, [3, 6, 6, 8, 8, 11, 3]],
    ["b7", 3.1, [4, 7, 7, 10, 10, 13, 4]],
    ["l2", 5.3, [6, 11, 11, 16, 16, 22, 6]],
  ])("gives the released repeats of %s at %d", (_name, depth, expected) => {
    expect([1, 2, 2, 3, 3, 4, 1].map((repeats) => roundRepeats(repeats, depth))).toEqual(expected);
  });

  it("keeps the error of binary fractions, as the released code does", () => {
    expect(25 * 2.2).toBe(55.00000000000001);
    expect(roundRepeats(25, 2.2)).toBe(56);
  });

  it("refuses a depth that is not positive", () => {
    expect(() => roundRepeats(2, -1)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: depthCoefficient is -1
        expected: a positive number]
    `);
  });
});
