import { readFileSync } from "node:fs";
import { getSpec, withClasses } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import {
  type Family,
  readClasses,
  readSafetensors,
  recogniseFamily,
  recogniseVariant,
  specFromCheckpoint,
} from "./index.js";
import { outline, outlineOf } from "./testing/outline.js";

const timmFile = () =>
  readSafetensors(readFileSync(new URL("../fixtures/test-efficientnet.f16.safetensors", import.meta.url)));

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
    ["keras-numbered", "efficientnet-b1"],
    ["keras-numbered", "efficientnetv2-b2"],
    ["tensorflow", "efficientnetv2-b1"],
    ["tensorflow", "efficientnet-lite0"],
    ["tensorflow", "efficientnet-edgetpu-m"],
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
        expected: canonical, timm, torchvision, torchvision-mnasnet, lukemelas, transformers, keras-v1, keras-v2, tensorflow-mnasnet, keras-numbered, tensorflow, tflite, tfjs-graph
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
