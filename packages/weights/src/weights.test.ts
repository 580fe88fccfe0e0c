import { readFileSync } from "node:fs";
import { type ArchitectureSpec, getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import {
  assertWeights,
  type Checkpoint,
  canonicalWeights,
  checkWeights,
  type Family,
  foreignWeights,
  nameMap,
  readCheckpoint,
  readClasses,
  readSafetensors,
  recogniseFamily,
  recogniseVariant,
  type StoredTensor,
  specFromCheckpoint,
  writeSafetensors,
} from "./index.js";

const timmFile = () =>
  readCheckpoint(readFileSync(new URL("../fixtures/test-efficientnet.f16.safetensors", import.meta.url)));

/** A checkpoint that has only names and shapes. */
function outline(entries: Iterable<readonly [string, readonly number[]]>): Checkpoint {
  const tensor = (shape: readonly number[]): StoredTensor => ({
    dtype: "F32",
    shape,
    read: () => new Float32Array(shape.reduce((product, size) => product * size, 1)),
  });
  const tensors = new Map([...entries].map(([name, shape]) => [name, tensor(shape)]));
  return { format: "safetensors", tensors, metadata: new Map() };
}

const outlineOf = (family: Family, spec: ArchitectureSpec, rename = (name: string) => name) =>
  outline(nameMap(family, spec).map(({ foreign, foreignShape }) => [rename(foreign), foreignShape]));

describe("recognising a checkpoint", () => {
  it.each<[Family, string]>([
    ["canonical", "efficientnet-b2"],
    ["timm", "efficientnet-b2"],
    ["timm", "mnasnet-b1"],
    ["timm", "test-efficientnet"],
    ["torchvision", "efficientnetv2-s"],
    ["torchvision-mnasnet", "mnasnet-b1-050"],
    ["keras-v1", "efficientnet-b0"],
    ["keras-v2", "efficientnetv2-b3"],
  ])("tells %s's %s from every other", (family, name) => {
    const checkpoint = outlineOf(family, withClasses(getSpec(name), 7));
    expect(recogniseFamily(checkpoint)).toBe(family);
    expect(recogniseVariant(checkpoint)).toEqual({ variant: name, alsoFits: [], score: 1, classes: 7 });
  });

  it("names all networks that have the very same arrays", () => {
    const match = recogniseVariant(outlineOf("timm", getSpec("mnasnet-small")));
    expect([match.variant, ...match.alsoFits]).toEqual(["mnasnet-small", "mnasnet-small-timm"]);
  });

  it("recognises what timm wrote", () => {
    const checkpoint = timmFile();
    expect(recogniseFamily(checkpoint)).toBe("timm");
    expect(recogniseVariant(checkpoint)).toMatchObject({ variant: "test-efficientnet", score: 1, classes: 10 });
  });

  it("says so when nobody has such names", () => {
    expect(recogniseFamily(outline([["layer1.0.conv1.weight", [1]]]))).toBeNull();
    expect(() => recogniseVariant(outline([["layer1.0.conv1.weight", [1]]]))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: these weights are named by no family this version knows
        expected: canonical, timm, torchvision, torchvision-mnasnet, keras-v1, keras-v2
        received: layer1.0.conv1.weight]
    `);
    expect(() => readClasses(outline([]))).toThrow("received: no arrays");
  });

  it.each<[Family, string]>([
    ["canonical", "efficientnet-b0"],
    ["timm", "efficientnet-b0"],
    ["torchvision", "efficientnet-b0"],
    ["keras-v1", "efficientnet-b0"],
  ])("reads the number of classes of %s", (family, name) => {
    const spec = getSpec(name);
    expect(readClasses(outlineOf(family, withClasses(spec, 12)))).toBe(12);
    expect(readClasses(outlineOf(family, withClasses(spec, null)))).toBeNull();
    expect(specFromCheckpoint(spec, outlineOf(family, withClasses(spec, null))).head.classes).toBeNull();
    expect(specFromCheckpoint(spec, outlineOf(family, spec))).toBe(spec);
  });
});

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
  ])("%s files may hold %s besides", (family, extra) => {
    const map = nameMap(family, getSpec("efficientnet-b0"));
    const entries = map.map(({ foreign, foreignShape }) => [foreign, foreignShape] as const);
    expect(checkWeights(getSpec("efficientnet-b0"), outline([...entries, [extra, []]])).fits).toBe(true);
  });

  it("leaves a classifier unused when the network has none", () => {
    expect(checkWeights(v2, outlineOf("timm", withClasses(v2, 5))).fits).toBe(true);
    const notop = nameMap("keras-v2", v2).map(({ foreign, foreignShape }) => [foreign, foreignShape] as const);
    const stray = outline([...notop, ["predictions/bias", [1000]]]);
    expect(readClasses(stray)).toBeNull();
    expect(checkWeights(v2, stray).fits).toBe(true);
  });

  it("counts an array spelled twice as unexpected", () => {
    const map = nameMap("timm", v2).map(({ foreign, foreignShape }) => [foreign, foreignShape] as const);
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
    const cut = nameMap("timm", b0).slice(0, 300);
    expect(refused(outline(cut.map((m) => [m.foreign, m.foreignShape])))).toThrowErrorMatchingInlineSnapshot(`
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

describe("canonicalWeights", () => {
  it("converts a PyTorch file to canonical names and layouts", () => {
    const checkpoint = timmFile();
    const spec = specFromCheckpoint(getSpec("test-efficientnet"), checkpoint);
    const weights = canonicalWeights(spec, checkpoint);
    expect(weights.family).toBe("timm");
    expect(weights.names).toEqual(tensorShapes(spec).map(({ name }) => name));
    const oihw = checkpoint.tensors.get("conv_stem.weight")?.read() ?? [];
    const hwio = weights.read("stem.conv.kernel");
    expect(hwio[((1 * 3 + 2) * 3 + 0) * 24 + 5]).toBe(oihw[((5 * 3 + 0) * 3 + 1) * 3 + 2]);
    const depthwise = checkpoint.tensors.get("blocks.3.0.conv_dw.weight")?.read() ?? [];
    expect(weights.read("stages.3.0.depthwise.conv.kernel")[(2 * 3 + 1) * 128 + 7]).toBe(depthwise[7 * 9 + 2 * 3 + 1]);
    const linear = checkpoint.tensors.get("classifier.weight")?.read() ?? [];
    expect(weights.read("classifier.kernel")[200 * 10 + 3]).toBe(linear[3 * 256 + 200]);
  });

  it("gives canonical files without a copy", () => {
    const spec = getSpec("test-efficientnet");
    const tensors = foreignWeights("canonical", spec, fill(spec));
    const bytes = writeSafetensors(tensors);
    const weights = canonicalWeights(spec, readSafetensors(bytes));
    expect(weights.read("stages.1.0.project.conv.kernel").buffer).toBe(bytes.buffer);
  });

  const fill = (spec: ArchitectureSpec) => {
    const sizes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape.reduce((p, s) => p * s, 1)]));
    return (name: string) => uniformArray(name, sizes.get(name) ?? 0);
  };

  it.each<[Family, string]>([
    ["canonical", "efficientnet-b0"],
    ["timm", "efficientnet-b0"],
    ["timm", "efficientnetv2-rw-t"],
    ["timm", "test-efficientnet"],
    ["timm", "efficientnet-edgetpu-s"],
    ["timm", "efficientnet-condconv-b0-4e"],
    ["torchvision", "efficientnet-b1"],
    ["torchvision", "efficientnetv2-b0"],
    ["torchvision-mnasnet", "mnasnet-b1-075"],
    ["keras-v1", "efficientnet-b0"],
    ["keras-v2", "efficientnetv2-b1"],
  ])("reads back what was saved under %s's names for %s", (family, name) => {
    const spec = withClasses(getSpec(name), 10);
    const read = fill(spec);
    const weights = canonicalWeights(spec, readCheckpoint(writeSafetensors(foreignWeights(family, spec, read))));
    expect(weights.family).toBe(family);
    const changed = weights.names.filter(
      (tensor) => Buffer.compare(raw(weights.read(tensor)), raw(read(tensor))) !== 0,
    );
    expect(changed).toEqual([]);
  });

  const raw = (values: Float32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

  it.each([NaN, Infinity, -Infinity])("refuses %d by the tensor's name when it is read", (value) => {
    const spec = getSpec("test-efficientnet");
    const tensors = foreignWeights("timm", spec, (name) => {
      const values = fill(spec)(name);
      if (name === "head.norm.gamma") values[3] = value;
      return values;
    });
    const weights = canonicalWeights(spec, readSafetensors(writeSafetensors(tensors)));
    expect(weights.read("head.norm.beta").length).toBe(256);
    expect(() => weights.read("head.norm.gamma")).toThrow(`bn2.weight holds ${value} at index 3`);
  });

  it("lists near matches for a tensor that does not exist", () => {
    const checkpoint = timmFile();
    const weights = canonicalWeights(specFromCheckpoint(getSpec("test-efficientnet"), checkpoint), checkpoint);
    expect(() => weights.read("stem.conv.kernels")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown tensor of test-efficientnet "stem.conv.kernels"
        hint: did you mean stem.conv.kernel, head.conv.kernel, stages.0.0.expand.conv.kernel?]
    `);
  });
});
