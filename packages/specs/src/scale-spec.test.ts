import { describe, expect, it } from "vitest";
import { type ArchitectureSpec, countParameters, getSpec, scaleSpec } from "./index.js";

const b0 = getSpec("efficientnet-b0");
const outChannels = (spec: ArchitectureSpec) => spec.stages.map((stage) => stage.outChannels);
const repeats = (spec: ArchitectureSpec) => spec.stages.map((stage) => stage.repeats);

describe("scaleSpec", () => {
  it("makes B4 from B0 with B4's coefficients", () => {
    const scaled = scaleSpec(b0, {
      name: "efficientnet-b4",
      widthCoefficient: 1.4,
      depthCoefficient: 1.8,
      resolution: 380,
      dropoutRate: 0.4,
    });
    expect(scaled).toEqual(getSpec("efficientnet-b4"));
    expect(countParameters(scaled).trainable).toBe(19_341_616);
  });

  it("makes a network of your own, frozen, and leaves the base alone", () => {
    const before = structuredClone(b0);
    const mine = scaleSpec(b0, { name: "mine", widthCoefficient: 0.5, depthCoefficient: 0.5, resolution: 160 });
    expect(mine.name).toBe("mine");
    expect(mine.stem.channels).toBe(16);
    expect(outChannels(mine)).toEqual([8, 16, 24, 40, 56, 96, 160]);
    expect(repeats(mine)).toEqual([1, 1, 1, 2, 2, 2, 1]);
    expect(mine.resolution).toEqual({ train: 160, eval: 160 });
    expect(Object.isFrozen(mine.stages[0])).toBe(true);
    expect(b0).toEqual(before);
  });

  it("leaves alone what no option names", () => {
    expect(scaleSpec(b0)).toEqual(b0);
    expect(outChannels(scaleSpec(b0, { depthCoefficient: 2 }))).toEqual(outChannels(b0));
    expect(repeats(scaleSpec(b0, { widthCoefficient: 2 }))).toEqual(repeats(b0));
  });

  it("does not round widths that no coefficient scales", () => {
    const odd = { ...b0, head: { channels: 1001, classes: 10 } };
    expect(scaleSpec(odd, { depthCoefficient: 2 }).head.channels).toBe(1001);
    expect(scaleSpec(odd, { widthCoefficient: 1 }).head.channels).toBe(1000);
  });

  it("keeps stem, head and the repeats at both ends when told to", () => {
    const kept = scaleSpec(b0, {
      widthCoefficient: 2,
      depthCoefficient: 3,
      keep: { stem: true, head: true, endRepeats: true },
    });
    expect([kept.stem.channels, kept.head.channels]).toEqual([32, 1280]);
    expect(repeats(kept)).toEqual([1, 6, 6, 9, 9, 12, 1]);
    expect(kept.stages[0]).toMatchObject({ inChannels: 64, outChannels: 32 });
  });

  it("takes one depth per stage", () => {
    const scaled = scaleSpec(getSpec("efficientnetv2-s"), { depthCoefficient: [1, 1, 1, 1, 2, 2] });
    expect(repeats(scaled)).toEqual([2, 4, 4, 6, 18, 30]);
    expect(() => scaleSpec(b0, { depthCoefficient: [1, 2] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: depthCoefficient of efficientnet-b0 does not match its stages
        expected: 7 numbers, one per stage
        received: 2 numbers]
    `);
  });

  it("rounds as the base says", () => {
    const v1 = scaleSpec(b0, { widthCoefficient: 1.2 });
    const v2 = scaleSpec({ ...b0, rounding: { divisor: 8, maxShrink: null } }, { widthCoefficient: 1.2 });
    expect([v1.stages[0]?.outChannels, v2.stages[0]?.outChannels]).toEqual([24, 16]);
  });

  it("takes rates and separate resolutions", () => {
    const scaled = scaleSpec(b0, { dropoutRate: 0, dropPathRate: 0.3, resolution: { train: 128, eval: 160 } });
    expect(scaled).toMatchObject({ dropoutRate: 0, dropPathRate: 0.3, resolution: { train: 128, eval: 160 } });
  });

  it("refuses a coefficient or a result that is impossible", () => {
    expect(() => scaleSpec(b0, { widthCoefficient: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: widthCoefficient is 0
        expected: a positive number]
    `);
    expect(() => scaleSpec(b0, { depthCoefficient: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: depthCoefficient is NaN
        expected: a positive number]
    `);
    expect(() => scaleSpec({ ...b0, stages: [] }, { widthCoefficient: 2 })).toThrow(/at least one stage/);
    expect(() => scaleSpec(b0, { resolution: 224.5 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: resolution.train of efficientnet-b0 is 224.5
        expected: a positive integer]
    `);
  });
});
