import { describe, expect, it } from "vitest";
import { normalisationTable, preprocess, resampleWeights, resizePicture } from "./index.js";

const row = {
  data: Uint8Array.from({ length: 37 }, (_, i) => (i * 83) % 256),
  width: 37,
  height: 1,
  channels: 1,
} as const;

describe("resampleWeights", () => {
  it.each([
    { filter: "bicubic", method: "pillow" },
    { filter: "nearest", method: "pillow" },
    { filter: "area", method: "tensorflow" },
    { filter: "bilinear", method: "tensorflow" },
    { filter: "lanczos", method: "tensorflow-antialias" },
  ] as const)("is the resize of a row by $filter of $method, as a matrix", (resampling) => {
    for (const length of [12, 37, 90]) {
      const weights = resampleWeights(resampling, 37, length);
      expect(weights).toHaveLength(length * 37);
      const sums = Array.from({ length }, (_, o) => row.data.reduce((sum, x, i) => sum + x * weights[o * 37 + i]!, 0));
      const resized = resizePicture(row, { width: length, height: 1 }, resampling).data;
      for (const [o, sum] of sums.entries()) {
        expect(Math.abs(Math.min(255, Math.max(0, sum)) - resized[o]!)).toBeLessThanOrEqual(0.501);
      }
    }
  });
});

describe("normalisationTable", () => {
  it("holds what preprocess makes of each level", () => {
    const ramp = {
      data: Uint8Array.from({ length: 256 }, (_, level) => level),
      width: 256,
      height: 1,
      channels: 1,
    } as const;
    const spec = {
      size: 256,
      fit: { mode: "squash", resizeTo: 256 },
      filter: "bilinear",
      method: "pillow",
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    } as const;
    const table = normalisationTable(spec);
    const { data } = preprocess(ramp, spec, { size: { width: 256, height: 1 } });
    expect(table).toHaveLength(768);
    expect(Float32Array.from(data, (_, i) => table[(i % 3) * 256 + Math.floor(i / 3)]!)).toEqual(data);
  });
});
