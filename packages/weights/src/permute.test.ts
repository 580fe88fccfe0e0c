import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inversePermutation, permute } from "./permute.js";

describe("permute", () => {
  it("turns OIHW into HWIO", () => {
    const oihw = Float32Array.from({ length: 12 }, (_, i) => i); // [2,3,1,2]
    expect([...permute(oihw, [2, 3, 1, 2], [2, 3, 1, 0])]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
  });

  it("returns the same array when nothing moves", () => {
    const values = Float32Array.of(1, 2);
    expect(permute(values, [1, 2], [0, 1])).toBe(values);
  });

  it("is undone by the inverse permutation", () => {
    const axes = fc
      .integer({ min: 1, max: 5 })
      .chain((rank) =>
        fc.tuple(
          fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rank, maxLength: rank }),
          fc.shuffledSubarray([0, 1, 2, 3, 4].slice(0, rank), { minLength: rank, maxLength: rank }),
        ),
      );
    fc.assert(
      fc.property(axes, ([shape, permutation]) => {
        const length = shape.reduce((product, size) => product * size, 1);
        const values = Float32Array.from({ length }, (_, i) => i);
        const there = permute(values, shape, permutation);
        const back = permute(
          there,
          permutation.map((axis) => shape[axis] ?? 0),
          inversePermutation(permutation),
        );
        expect(back).toEqual(values);
      }),
    );
  });
});
