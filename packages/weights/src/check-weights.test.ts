import { getSpec, withClasses } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { assertWeights, type Checkpoint, checkWeights, type Family, readClasses } from "./index.js";
import { entriesOf, outline, outlineOf } from "./testing/outline.js";

describe("the spellings of one name", () => {
  const v2 = withClasses(getSpec("efficientnetv2-b0"), null);
  it.each<[string, Family, (name: string) => string]>([
    ["Keras with :0", "keras-v2", (name) => `${name}:0`],
    ["Keras with the layer repeated", "keras-v2", (name) => `${name.split("/")[0]}/${name}:0`],
    ["Keras with the model in front", "keras-v2", (name) => `efficientnetv2-b0/${name}`],
    ["Keras with points", "keras-v2", (name) => name.replace("/", ".")],
    ["DataParallel", "timm", (name) => `module.${name}`],
    ["torch.compile", "torchvision", (name) => `_orig_mod.${name}`],
  ])("%s is understood", (_, family, rename) => {
    expect(checkWeights(v2, outlineOf(family, v2, rename))).toMatchObject({ family, fits: true });
  });

  it.each<[Family, string]>([
    ["timm", "bn1.num_batches_tracked"],
    ["torchvision", "features.0.1.num_batches_tracked"],
    ["keras-v1", "normalization/mean:0"],
    ["keras-v2", "normalization_1/count"],
    ["keras-v2", "optimizer/adam/stem_conv_kernel_momentum:0"],
    ["keras-v1", "optimizer_weights/iteration:0"],
  ])("%s files may hold %s besides", (family, extra) => {
    const b0 = getSpec("efficientnet-b0");
    expect(checkWeights(b0, outline([...entriesOf(family, b0), [extra, []]])).fits).toBe(true);
  });

  it("leaves a classifier unused when the network has none", () => {
    expect(checkWeights(v2, outlineOf("timm", withClasses(v2, 5))).fits).toBe(true);
    const notop = entriesOf("keras-v2", v2);
    const stray = outline([...notop, ["predictions/bias", [1000]]]);
    expect(readClasses(stray)).toBeNull();
    expect(checkWeights(v2, stray).fits).toBe(true);
  });

  it("counts an array spelled twice as unexpected", () => {
    const map = entriesOf("timm", v2);
    const report = checkWeights(v2, outline([...map, ["module.bn1.weight", [32]]]));
    expect(report).toMatchObject({ fits: false, unexpected: ["module.bn1.weight"], missing: [], mismatched: [] });
  });
});

describe("a checkpoint that does not fit", () => {
  const b0 = getSpec("efficientnet-b0");

  it("is reported whole", () => {
    const report = checkWeights(b0, outlineOf("timm", withClasses(getSpec("efficientnet-b1"), 10)));
    expect(report.missing).toEqual([]);
    expect(report.unexpected.length).toBe(439 - 311);
    expect(report.mismatched.find(({ name }) => name === "classifier.weight")).toEqual({
      name: "classifier.weight",
      expected: [1000, 1280],
      received: [10, 1280],
    });
    expect(report.looksLike).toEqual({ variant: "efficientnet-b1", alsoFits: [], score: 1, classes: 10 });
  });

  it("is refused with what is wrong and what it looks like", () => {
    const refused = (checkpoint: Checkpoint) => () => assertWeights(b0, checkpoint);
    expect(refused(outlineOf("timm", withClasses(getSpec("efficientnet-b1"), 10)))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the weights do not fit efficientnet-b0 with 1000 classes (arrays unexpected: 128, of another shape: 2)
        expected: classifier.weight [1000,1280], classifier.bias [1000]
        received: classifier.weight [10,1280], classifier.bias [10], blocks.0.1.conv_dw.weight, blocks.0.1.bn1.weight and 126 more
        hint: it looks like efficientnet-b1 with 10 classes]
    `);
    expect(refused(outlineOf("keras-v1", withClasses(b0, null)))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the weights do not fit efficientnet-b0 with 1000 classes (arrays missing: 2)
        expected: predictions/kernel [1280,1000], predictions/bias [1000]
        hint: it looks like efficientnet-b0 without classifier]
    `);
    expect(refused(outline(entriesOf("timm", b0).slice(0, 300)))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the weights do not fit efficientnet-b0 with 1000 classes (arrays missing: 11)
        expected: blocks.6.0.bn3.weight [320], blocks.6.0.bn3.bias [320], blocks.6.0.bn3.running_mean [320], blocks.6.0.bn3.running_var [320] and 7 more
        hint: it looks like efficientnet-b0 without classifier (97 % alike)]
    `);
    expect(refused(outline([["conv_stem.weight", [64, 3, 7, 7]]]))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the weights do not fit efficientnet-b0 with 1000 classes (arrays missing: 310, of another shape: 1)
        expected: conv_stem.weight [32,3,3,3], bn1.weight [32], bn1.bias [32], bn1.running_mean [32] and 307 more
        received: conv_stem.weight [64,3,7,7]
        hint: it looks like no network this version knows]
    `);
  });

  it("keeps its message short however long the names are", () => {
    const names = Array.from({ length: 50 }, (_, i) => [`${i}${"x".repeat(10_000)}`, [1]] as const);
    try {
      assertWeights(b0, outline([["conv_stem.weight", [32, 3, 3, 3]], ...names]));
      expect.unreachable();
    } catch (error) {
      expect(String(error).length).toBeLessThan(1500);
    }
  });
});
