import { getSpec, tensorShapes } from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import { canonicalWeights, checkWeights, type Family, nameMap, recogniseVariant } from "./index.js";
import { outline } from "./testing/outline.js";

/** A network's file as an exporter writes it that folds batch norms: biases of convolutions and no norms. */
function folded(family: Family, name: string, without: RegExp = /^$/) {
  const map = nameMap(family, getSpec(name));
  const kernels = new Map(map.map(({ canonical, foreign }) => [canonical, foreign]));
  const bias = (canonical: string) =>
    kernels.get(canonical.replace(/norm\.gamma$/, "conv.kernel"))?.replace(/\w+$/, "bias");
  return outline(
    map.flatMap(({ canonical, foreign, foreignShape }) => {
      if (!canonical.includes(".norm.") || without.test(canonical)) return [[foreign, foreignShape]] as const;
      return canonical.endsWith("gamma") ? [[bias(canonical) ?? "", foreignShape] as const] : [];
    }),
  );
}

describe("a file whose batch norms are folded into its convolutions", () => {
  it.each<[Family, string]>([
    ["tensorflow", "efficientnet-lite0"],
    ["timm", "efficientnet-b0"],
    ["torchvision", "efficientnetv2-s"],
    ["keras-v2", "efficientnetv2-b0"],
  ])("fits and is recognised under %s's names: %s", (family, name) => {
    const file = folded(family, name);
    expect(checkWeights(getSpec(name), file)).toMatchObject({ fits: true, family });
    expect(recogniseVariant(file)).toMatchObject({ variant: name, score: 1 });
  });

  it("reads with norms that change nothing but add the bias", () => {
    const spec = getSpec("efficientnet-lite0");
    const { tensors, ...rest } = folded("tensorflow", spec.name);
    const stored = new Map(tensors);
    const bias = uniformArray("bias", 32);
    stored.set("stem/conv2d/bias", { dtype: "F32", shape: [32], read: () => bias });
    const weights = canonicalWeights(spec, { ...rest, tensors: stored });
    expect(weights.names).toEqual(tensorShapes(spec).map(({ name }) => name));
    const norm = (part: string) => weights.read(`stem.norm.${part}`);
    expect(norm("beta")).toEqual(bias);
    expect([norm("gamma"), norm("mean")].map((values) => [values.length, values[0], values[31]])).toEqual([
      [32, 1, 1],
      [32, 0, 0],
    ]);
    expect(() => weights.read("stem.conv.bias")).toThrow('unknown tensor of efficientnet-lite0 "stem.conv.bias"');
  });

  it.each([1e-3, 1e-5])("gives every kernel back bit by bit when they are folded again, with epsilon %d", (epsilon) => {
    const spec = { ...getSpec("efficientnet-lite0"), batchNorm: { epsilon, momentum: 0.99 } };
    const weights = canonicalWeights(spec, folded("tensorflow", spec.name));
    const [gamma = 0] = weights.read("stem.norm.gamma");
    const [variance = 0] = weights.read("stem.norm.variance");
    const factor = gamma / Math.sqrt(variance + epsilon);
    const kernel = uniformArray("kernel", 100_000);
    const again = kernel.map((value) => value * factor);
    expect(again.findIndex((value, i) => value !== kernel[i])).toBe(-1);
  });

  it("may keep some of its norms", () => {
    const spec = getSpec("efficientnet-lite0");
    expect(checkWeights(spec, folded("tensorflow", spec.name, /^(stem|head)/)).fits).toBe(true);
  });

  it("does not fit with a bias beside a norm", () => {
    const spec = getSpec("efficientnet-lite0");
    const file = folded("tensorflow", spec.name);
    const entries = [...file.tensors].map(([name, { shape }]) => [name, shape] as const);
    const report = checkWeights(spec, outline([...entries, ["stem/tpu_batch_normalization/gamma", [32]]]));
    expect(report.unexpected).toEqual(["stem/conv2d/bias"]);
    expect(report.missing.map(({ canonical }) => canonical)).toEqual([
      "stem.norm.beta",
      "stem.norm.mean",
      "stem.norm.variance",
    ]);
  });
});
