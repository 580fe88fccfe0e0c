import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { getSpec, VARIANT_NAMES, type VariantName, validateSpec } from "./index.js";

const architectures = Object.entries(readFixture("architectures.json").models);

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

describe("getSpec", () => {
  it("knows every published network", () => {
    expect(architectures).toHaveLength(38);
    expect(VARIANT_NAMES).toEqual(expect.arrayContaining(architectures.map(([name]) => name)));
    expect(VARIANT_NAMES).toHaveLength(new Set(VARIANT_NAMES).size);
  });

  it("does not mind case, or underscores for hyphens", () => {
    expect(getSpec("EfficientNetV2_S")).toBe(getSpec("efficientnetv2-s"));
    expect(getSpec("mnasnet_b1_050").name).toBe("mnasnet-b1-050");
  });

  it("has its names in the type", () => {
    const known: VariantName = "efficientnetv2-rw-t";
    // @ts-expect-error: there is no B9.
    const unknown: VariantName = "efficientnet-b9";
    expect([known, unknown].map((name) => VARIANT_NAMES.includes(name))).toEqual([true, false]);
  });

  it("lists near matches for a name it does not know", () => {
    expect(() => getSpec("efficientnet-b9")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown model "efficientnet-b9"
        hint: did you mean efficientnet-b0, efficientnet-b1, efficientnet-b2?]
    `);
    expect(() => getSpec("constructor")).toThrow(/unknown model/);
  });

  it.each(VARIANT_NAMES)("gives %s as frozen, valid data of that name, the same each time", (name: VariantName) => {
    const spec = getSpec(name);
    expect(spec.name).toBe(name);
    expect(isDeeplyFrozen(spec)).toBe(true);
    expect(() => validateSpec(spec)).not.toThrow();
    expect(structuredClone(spec)).toEqual(spec);
    expect(getSpec(name)).toBe(spec);
  });

  it.each(architectures)("gives %s the published stem, head, rates and resolution", (name, published) => {
    const spec = getSpec(name);
    expect(spec.stem).toEqual({ channels: published.stem, kernelSize: 3, stride: 2 });
    expect(spec.head).toEqual({ channels: published.head, classes: 1000 });
    expect(spec.resolution).toEqual({ train: published.train ?? published.resolution, eval: published.resolution });
    if (published.dropout !== null) expect(spec.dropoutRate).toBe(published.dropout);
    expect(spec.dropPathRate).toBeCloseTo(published.survival === null ? 0 : 1 - published.survival, 12);
  });

  it.each(architectures)("gives %s the published stage table", (name, published) => {
    const stages = getSpec(name).stages.map((stage) => [
      stage.block === "mbconv" ? "mbconv" : "fused",
      stage.expandRatio,
      stage.kernelSize,
      stage.stride,
      stage.seRatio,
      stage.inChannels,
      stage.outChannels,
      stage.repeats,
    ]);
    expect(stages).toEqual(published.stages.map((row) => row.slice(0, 8)));
  });

  it.each([
    ["efficientnet-b0", "silu", 0.99, 1e-3, "same"],
    ["efficientnet-lite0", "relu6", 0.99, 1e-3, "same"],
    ["efficientnet-edgetpu-s", "relu", 0.99, 1e-3, "same"],
    ["efficientnet-condconv-b0-4e", "silu", 0.99, 1e-3, "same"],
    ["efficientnetv2-s", "silu", 0.9, 1e-3, "same"],
    ["mnasnet-a1", "relu", 0.99, 1e-3, "same"],
    ["efficientnetv2-rw-s", "silu", 0.9, 1e-5, "symmetric"],
    ["test-efficientnet", "silu", 0.9, 1e-5, "symmetric"],
  ] as const)("gives %s the activation, batch norm and padding of its release", (name, ...expected) => {
    const { activation, batchNorm, padding } = getSpec(name);
    expect([activation, batchNorm.momentum, batchNorm.epsilon, padding]).toEqual(expected);
  });

  it("rounds as V1 everywhere but in EfficientNetV2 and in timm's test net", () => {
    const withoutGuard = VARIANT_NAMES.filter((name) => getSpec(name).rounding.maxShrink === null);
    expect(withoutGuard).toEqual([
      ...["s", "m", "l", "xl", "b0", "b1", "b2", "b3"].map((variant) => `efficientnetv2-${variant}`),
      "test-efficientnet",
    ]);
  });

  it("mixes kernels in the last three stages of CondConv", () => {
    const experts = (name: VariantName) =>
      getSpec(name).stages.map((stage) => (stage.block === "mbconv" ? (stage.experts ?? 0) : 0));
    expect(experts("efficientnet-condconv-b0-4e")).toEqual([0, 0, 0, 0, 4, 4, 4]);
    expect(experts("efficientnet-condconv-b0-8e-depth")).toEqual([0, 0, 0, 0, 8, 8, 8]);
    expect(getSpec("efficientnet-condconv-b1-8e").resolution.eval).toBe(240);
  });

  it("has MnasNet-small as Google released it and with the first shortcut that timm gives it", () => {
    const shortcuts = (name: VariantName) => getSpec(name).stages.map(({ skip }) => skip);
    expect(shortcuts("mnasnet-small")).toEqual([false, true, true, true, true, true, true]);
    expect(shortcuts("mnasnet-small-timm")).toEqual([true, true, true, true, true, true, true]);
  });
});
