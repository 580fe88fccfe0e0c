import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PickleStorage } from "./pickle-value.js";
import { viewTensor } from "./view-tensor.js";

const floats = Float32Array.from({ length: 60 }, (_, i) => i);
const bytes = new Uint8Array(floats.buffer);
const view = (shape: readonly number[], strides: readonly number[], offset = 0, part: Partial<PickleStorage> = {}) => {
  const storage: PickleStorage = {
    kind: "storage",
    key: "0",
    dtype: "F32",
    storageLength: 60,
    offset: 0,
    length: 60,
    ...part,
  };
  return viewTensor(
    { kind: "tensor", dtype: "F32", storage, offset, shape, strides },
    { read: () => bytes, bigEndian: false },
  );
};

describe("viewTensor", () => {
  it("is a view of the file where the elements lie in order", () => {
    for (const tensor of [view([2, 3], [3, 1], 4), view([1, 6], [99, 1], 4), view([], [], 4), view([0, 3], [7, 7])]) {
      expect(tensor.read().buffer).toBe(floats.buffer);
    }
    expect(view([2, 3], [3, 1], 4).read()).toEqual(Float32Array.of(4, 5, 6, 7, 8, 9));
    expect(view([0, 3], [7, 7]).read().length).toBe(0);
  });

  it("starts where its part of the storage starts", () => {
    expect(view([2], [1], 1, { offset: 10, length: 5 }).read()).toEqual(Float32Array.of(11, 12));
    expect(view([2], [2], 1, { offset: 10, length: 5 }).read()).toEqual(Float32Array.of(11, 13));
  });

  it("gathers any strides: the element at an index is the one at the sum of its strides", () => {
    const axis = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 7 }));
    fc.assert(
      fc.property(fc.array(axis, { maxLength: 4 }), fc.nat(3), (axes, offset) => {
        const [shape, strides] = [axes.map(([length]) => length), axes.map(([, stride]) => stride)];
        const expected = axes.reduce(
          (places, [length, stride]) => places.flatMap((place) => Array.from({ length }, (_, i) => place + i * stride)),
          [offset],
        );
        expect([...view(shape, strides, offset).read()]).toEqual(expected);
      }),
    );
  });
});
