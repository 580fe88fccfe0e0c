import { readFileSync } from "node:fs";
import { type ArchitectureSpec, getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import {
  canonicalWeights,
  type Family,
  foreignWeights,
  readSafetensors,
  specFromCheckpoint,
  writeSafetensors,
} from "./index.js";

const timmFile = () =>
  readSafetensors(readFileSync(new URL("../fixtures/test-efficientnet.f16.safetensors", import.meta.url)));

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
    ["tensorflow", "efficientnet-edgetpu-s"],
    ["tflite", "efficientnet-lite0"],
    ["tfjs-graph", "efficientnetv2-b0"],
  ])("reads back what was saved under %s's names for %s", (family, name) => {
    const spec = withClasses(getSpec(name), 10);
    const read = fill(spec);
    const weights = canonicalWeights(spec, readSafetensors(writeSafetensors(foreignWeights(family, spec, read))));
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
