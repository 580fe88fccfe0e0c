import { seededRandom } from "@efficientnet/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelledBatch } from "./image-batch.js";
import { boxArea, drawMixBox } from "./mix-box.js";
import { mixGoogle } from "./mix-google.js";
import { mixTimm, type TimmMixOptions } from "./mix-timm.js";
import { oneHot } from "./one-hot.js";

const PIXELS = 8 * 6;

/** Sample i is filled with i and has class i, so that pixels and labels say where they come from. */
function numberedBatch(samples: number): LabelledBatch {
  return {
    data: Float32Array.from({ length: samples * PIXELS }, (_, i) => Math.floor(i / PIXELS)),
    shape: [samples, 8, 6, 1],
    labels: oneHot(
      Array.from({ length: samples }, (_, i) => i),
      samples,
    ),
  };
}

const pixelsOf = ({ data }: LabelledBatch, sample: number): readonly number[] =>
  Array.from(data.subarray(sample * PIXELS, (sample + 1) * PIXELS));
const labelsOf = ({ labels, shape }: LabelledBatch, sample: number): readonly number[] =>
  Array.from(labels.subarray((sample * labels.length) / shape[0], ((sample + 1) * labels.length) / shape[0]));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const samplesOf = (batch: LabelledBatch): readonly number[] => Array.from({ length: batch.shape[0] }, (_, i) => i);

/** Share of the partner in a sample's pixels. */
function partnerShare(batch: LabelledBatch, sample: number, partner: number): number {
  return sum(pixelsOf(batch, sample).map((value) => (value - sample) / (partner - sample))) / PIXELS;
}

const everyLabelSumsToOne = (batch: LabelledBatch): void => {
  for (const sample of samplesOf(batch)) expect(sum(labelsOf(batch, sample))).toBeCloseTo(1, 5);
};

describe("mixGoogle", () => {
  it("with mixup draws a weight for each sample, and the sample keeps at least half", () => {
    const mixed = mixGoogle(numberedBatch(8), seededRandom(1), { mixupAlpha: 0.5 });
    const shares = samplesOf(mixed).map((sample) => partnerShare(mixed, sample, 7 - sample));
    expect(new Set(shares.map((share) => share.toFixed(6))).size).toBe(8);
    for (const sample of samplesOf(mixed)) {
      expect(new Set(pixelsOf(mixed, sample)).size).toBe(1);
      expect(shares[sample]).toBeLessThanOrEqual(0.5);
      expect(labelsOf(mixed, sample)[7 - sample]).toBeCloseTo(shares[sample]!, 5);
    }
    everyLabelSumsToOne(mixed);
  });

  it("with CutMix draws a box for each sample and one label weight for all", () => {
    const mixed = mixGoogle(numberedBatch(8), seededRandom(2), { cutmixAlpha: 1 });
    const shares = samplesOf(mixed).map((sample) => partnerShare(mixed, sample, 7 - sample));
    expect(new Set(shares).size).toBeGreaterThan(4);
    for (const sample of samplesOf(mixed)) {
      for (const value of pixelsOf(mixed, sample)) expect([sample, 7 - sample]).toContain(value);
      expect(labelsOf(mixed, sample)[7 - sample]).toBeCloseTo(sum(shares) / 8, 5);
    }
    everyLabelSumsToOne(mixed);
  });

  it("with both gives one half of the batch to each, reversed within itself", () => {
    const mixed = mixGoogle(numberedBatch(7), seededRandom(3), { mixupAlpha: 0.5, cutmixAlpha: 1 });
    for (const sample of [0, 1, 2]) {
      expect(labelsOf(mixed, sample).flatMap((label, i) => (label > 0 ? [i] : []))).toEqual(
        [...new Set([sample, 2 - sample])].toSorted(),
      );
    }
    for (const sample of [3, 4, 5, 6]) {
      for (const value of pixelsOf(mixed, sample)) expect([sample, 9 - sample]).toContain(value);
    }
    everyLabelSumsToOne(mixed);
  });

  it("with neither copies the batch", () => {
    const batch = numberedBatch(4);
    expect(mixGoogle(batch, seededRandom(1), {})).toEqual(batch);
  });
});

describe("mixTimm", () => {
  const strong: readonly TimmMixOptions[] = [
    { mixupAlpha: 0.8 },
    { cutmixAlpha: 1 },
    { mixupAlpha: 0.8, cutmixAlpha: 1 },
  ];

  it.each(strong)("weighs labels as pixels: %o", (options) => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom("batch", "pair", "elem"), (seed, mode) => {
        const mixed = mixTimm(numberedBatch(6), seededRandom(seed), { ...options, mode: mode as "batch" });
        for (const sample of samplesOf(mixed)) {
          const share = partnerShare(mixed, sample, 5 - sample);
          expect(labelsOf(mixed, sample)[5 - sample]).toBeCloseTo(share, 4);
        }
        everyLabelSumsToOne(mixed);
      }),
    );
  });

  it.each([
    { mode: "batch", weights: 1 },
    { mode: "pair", weights: 3 },
    { mode: "elem", weights: 6 },
  ] as const)("draws $weights weights for six samples in mode $mode", ({ mode, weights }) => {
    const mixed = mixTimm(numberedBatch(6), seededRandom(4), { mixupAlpha: 1, mode });
    const drawn = samplesOf(mixed).map((sample) => labelsOf(mixed, sample)[5 - sample]!.toFixed(6));
    expect(new Set(drawn).size).toBe(weights);
    if (mode === "pair") expect(drawn).toEqual(drawn.toReversed());
  });

  it("chooses between mixup and CutMix, and may do neither", () => {
    const batch = numberedBatch(4);
    const kinds = Array.from({ length: 400 }, (_, seed) => {
      const options = { mixupAlpha: 1, cutmixAlpha: 1, probability: 0.8, switchProbability: 0.25 };
      const mixed = mixTimm(batch, seededRandom(5, seed), options);
      const values = pixelsOf(mixed, 0);
      if (labelsOf(mixed, 0)[0] === 1) return "none";
      return values.every((value) => value === 0 || value === 3) ? "cutmix" : "mixup";
    });
    const shareOf = (kind: string): number => kinds.filter((name) => name === kind).length / 400;
    expect(Math.abs(shareOf("mixup") - 0.6)).toBeLessThan(0.07);
    expect(shareOf("cutmix")).toBeGreaterThan(0.1);
    expect(shareOf("cutmix")).toBeLessThan(0.25);
  });

  it("refuses an odd batch, and labels that do not divide among the samples", () => {
    expect(() => mixTimm(numberedBatch(3), seededRandom(1), { mixupAlpha: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the batch has 3 samples
        expected: an even number, so that no sample is its own partner]
    `);
    const labels = new Float32Array(5);
    expect(() =>
      mixTimm({ ...numberedBatch(4), labels }, seededRandom(1), { mixupAlpha: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 5 labels do not divide among 4 samples
        expected: a row of one number per class for each sample, as oneHot gives]
    `);
    expect(() => mixTimm(numberedBatch(4), seededRandom(1), { mixupAlpha: -1 })).toThrow("alpha is -1");
  });

  it("leaves its input as it was", () => {
    const batch = numberedBatch(4);
    mixTimm(batch, seededRandom(1), { mixupAlpha: 1, cutmixAlpha: 1 });
    expect(batch).toEqual(numberedBatch(4));
  });
});

describe("drawMixBox", () => {
  it("has sides of sqrt(1 - kept), made even and clipped", () => {
    const boxes = Array.from({ length: 500 }, (_, seed) => drawMixBox(seededRandom(6, seed), 10, 14, 0.75));
    expect(Math.max(...boxes.map(({ top, bottom }) => bottom - top))).toBe(4);
    expect(Math.max(...boxes.map(({ left, right }) => right - left))).toBe(6);
    expect(Math.min(...boxes.map(boxArea))).toBe(2 * 3);
  });

  it("takes nothing or at most all", () => {
    expect(boxArea(drawMixBox(seededRandom(1), 10, 10, 1))).toBe(0);
    const { top, left } = drawMixBox(seededRandom(1), 10, 10, 0);
    expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
  });
});

describe("oneHot", () => {
  it("gives a row for each class", () => {
    expect(Array.from(oneHot([2, 0], 3))).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it("smooths as timm does: off is smoothing / K, on is 1 - smoothing + off", () => {
    const row = Array.from(oneHot([1], 4, 0.1));
    expect(row[0]).toBeCloseTo(0.025, 6);
    expect(row[1]).toBeCloseTo(0.925, 6);
  });

  it("refuses a class that is not one", () => {
    expect(() => oneHot([0, 3], 3)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the class of sample 1 is 3
        expected: a whole number from 0 to 2]
    `);
  });
});
