import { seededRandom } from "@efficientnet/random";
import { describe, expect, it } from "vitest";
import { type RandomErasingOptions, randomErasing } from "./random-erasing.js";

const SHAPE = [400, 24, 20, 3] as const;
/** A batch without zeros, so that what was erased can be told. */
const batch = { data: new Float32Array(400 * 24 * 20 * 3).fill(7), shape: SHAPE };

/** Per sample the erased values, three for a pixel. */
function erased(options: RandomErasingOptions): readonly (readonly number[])[] {
  const { data } = randomErasing(batch, seededRandom(8), options);
  const length = 24 * 20 * 3;
  return Array.from({ length: 400 }, (_, i) =>
    Array.from(data.subarray(i * length, (i + 1) * length)).filter((value) => value !== 7),
  );
}

describe("randomErasing", () => {
  it("erases as many samples as the probability says", () => {
    for (const probability of [0, 0.25, 1]) {
      const share = erased({ probability }).filter((values) => values.length > 0).length / 400;
      expect(Math.abs(share - probability)).toBeLessThan(0.06);
    }
  });

  it("erases rectangles of 2 to 33 percent of the area", () => {
    const areas = erased({ probability: 1 }).map((values) => values.length / (24 * 20 * 3));
    expect(Math.min(...areas)).toBeGreaterThan(0.01);
    expect(Math.max(...areas)).toBeLessThan(0.36);
    expect(Math.abs(areas.reduce((sum, area) => sum + area, 0) / 400 - 0.17)).toBeLessThan(0.02);
  });

  it("fills with zeros, one colour, or noise", () => {
    expect(new Set(erased({ probability: 1, mode: "const" }).flat())).toEqual(new Set([0]));
    for (const values of erased({ probability: 1, mode: "rand" })) expect(new Set(values).size).toBe(3);
    const noise = erased({ probability: 1 }).flat();
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it("divides the area among several rectangles", () => {
    const areas = erased({ probability: 1, count: 4, mode: "rand" });
    const colours = areas.map((values) => new Set(values).size / 3);
    expect(Math.max(...colours)).toBe(4);
    expect(Math.min(...colours)).toBe(1);
    expect(Math.max(...areas.map((values) => values.length / (24 * 20 * 3)))).toBeLessThan(0.38);
  });

  it("leaves its input as it was and keeps what else the batch has", () => {
    const labelled = { ...batch, labels: new Float32Array(400) };
    const result = randomErasing(labelled, seededRandom(1), { probability: 1 });
    expect(result.labels).toBe(labelled.labels);
    expect(batch.data.every((value) => value === 7)).toBe(true);
  });

  it("refuses data that does not fill its shape, and impossible numbers", () => {
    const short = { data: new Float32Array(5), shape: [1, 2, 2, 3] as const };
    expect(() => randomErasing(short, seededRandom(1))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the data of the batch does not fill [1,2,2,3]
        expected: 12 numbers of an NHWC shape
        received: 5 numbers]
    `);
    expect(() => randomErasing(batch, seededRandom(1), { probability: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: probability is 2
        expected: a probability from 0 to 1]
    `);
    expect(() => randomErasing(batch, seededRandom(1), { area: [0, 1] })).toThrow("area is 0 to 1");
  });
});
