import { describe, expect, it } from "vitest";
import { expectClose, fnv1a, uniform, uniformArray, worstDifference } from "./index.js";

describe("the deterministic fill", () => {
  it("gives the published values", () => {
    expect(fnv1a("input/224x224")).toBe(2584073004);
    const first = [-0.6042645112611353, -0.34852135134860873, -0.878903076518327, 0.9516033148393035];
    first.forEach((value, i) => {
      expect(uniform("input/224x224", i)).toBeCloseTo(value, 15);
    });
  });

  it("rounds arrays to float32 after scaling", () => {
    expect(uniformArray("input/224x224", 2, 0.5, 1)[1]).toBe(Math.fround(1 - 0.5 * 0.34852135134860873));
  });
});

describe("expectClose", () => {
  it("names the worst difference and where it stands", () => {
    expect(worstDifference([1, 2, 5], [1, 2.5, 3])).toEqual({ worst: 2, at: 2, actual: 5, expected: 3 });
    expect(() => expectClose([1, 2], [1, 4], 1)).toThrow("values differ by 2 at 1 (2 against 4); allowed 1");
  });

  it("never lets NaN pass", () => {
    expect(() => expectClose([Number.NaN], [0], 1)).toThrow("Infinity");
  });
});
