import { readFileSync } from "node:fs";
import { getSpec, parseGoogleBlocks, scaleSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import {
  archNames,
  checkWeights,
  findArchs,
  type Library,
  nameMap,
  recogniseFamily,
  recogniseVariant,
  specForArch,
} from "../index.js";
import { entriesOf, outline, outlineOf } from "../testing/outline.js";

/** Names and shapes of a state dict, as the library lists them. */
const stateDict = (name: string): readonly (readonly [string, readonly number[]])[] =>
  Object.entries(JSON.parse(readFileSync(new URL(`../../fixtures/names/${name}.json`, import.meta.url), "utf8")));

const withoutCounters = (entries: ReturnType<typeof stateDict>) =>
  entries.filter(([name]) => !name.endsWith("num_batches_tracked"));

describe("names of lukemelas and transformers", () => {
  it.each([
    ["lukemelas", "lukemelas.efficientnet-b0"],
    ["transformers", "transformers.google-efficientnet-b0"],
  ] as const)("are those of %s's B0", (family, file) => {
    const listed = withoutCounters(stateDict(file));
    expect(new Map(entriesOf(family, getSpec("efficientnet-b0")))).toEqual(new Map(listed));
    expect(listed.length).toBe(311);
  });

  it("fit what transformers saved of a network a quarter wide", () => {
    const scaled = scaleSpec(getSpec("efficientnet-b0"), { widthCoefficient: 0.25, depthCoefficient: 0.34 });
    const spec = { ...scaled, head: { channels: 320, classes: 10 } };
    const file = outline(stateDict("transformers.scaled"));
    expect(checkWeights(spec, file)).toMatchObject({ family: "transformers", fits: true });
    expect(tensorShapes(spec).length).toBe(withoutCounters(stateDict("transformers.scaled")).length);
  });

  it.each(["lukemelas", "transformers"] as const)("%s numbers blocks through the network", (family) => {
    const names = new Map(nameMap(family, getSpec("efficientnet-b0")).map((entry) => [entry.canonical, entry.foreign]));
    const block = {
      lukemelas: "_blocks.3._se_reduce",
      transformers: "efficientnet.encoder.blocks.3.squeeze_excite.reduce",
    };
    expect(names.get("stages.2.0.squeeze.reduce.kernel")).toBe(`${block[family]}.weight`);
  });

  it.each(
    (["lukemelas", "transformers"] as const).flatMap((library) =>
      archNames(library).map((arch) => [library, arch] as const),
    ),
  )("%s's %s has SAME padding and epsilon 1e-3, and is named one to one", (library, arch) => {
    const spec = specForArch(library, arch);
    expect(spec).toMatchObject({ padding: "same", batchNorm: { epsilon: 1e-3, momentum: 0.99 } });
    const map = nameMap(library, spec);
    expect(map.map(({ canonical }) => canonical)).toEqual(tensorShapes(spec).map(({ name }) => name));
    expect(new Set(map.map(({ foreign }) => foreign)).size).toBe(map.length);
    const match = recogniseVariant(outlineOf(library, spec));
    expect(match).toMatchObject({ variant: spec.name, score: 1 });
    expect(findArchs(library, match.variant)).toMatchObject([{ library, arch }]);
  });

  it.each<[Library, number]>([
    ["lukemelas", 9],
    ["transformers", 8],
  ])("%s has %d networks", (library, count) => {
    expect(archNames(library).length).toBe(count);
  });

  it.each<[string, (name: string) => string]>([
    ["as they are", (name) => name],
    ["from DataParallel", (name) => `module.${name}`],
    ["from a training wrapper", (name) => `model.${name}`],
  ])("are recognised %s", (_, rename) => {
    const spec = withClasses(getSpec("efficientnet-b0"), 7);
    for (const family of ["lukemelas", "transformers"] as const) {
      const file = outlineOf(family, spec, rename);
      expect(recogniseFamily(file)).toBe(family);
      expect(checkWeights(spec, file).fits).toBe(true);
    }
  });

  it("are recognised in transformers' backbone, which has neither prefix nor classifier", () => {
    const spec = withClasses(getSpec("efficientnet-b0"), null);
    const backbone = outlineOf("transformers", spec, (name) => name.replace("efficientnet.", ""));
    expect([...backbone.tensors.keys()][0]).toBe("embeddings.convolution.weight");
    expect(checkWeights(spec, backbone)).toMatchObject({ family: "transformers", fits: true });
  });

  it.each(["lukemelas", "transformers"] as const)("do not exist in %s for fused blocks and for CondConv", (family) => {
    expect(() => nameMap(family, getSpec("efficientnetv2-s"))).toThrow(
      `${family} has no name for stages.0.0.expand.conv.kernel of efficientnetv2-s`,
    );
    expect(() => nameMap(family, getSpec("efficientnet-condconv-b0-4e"))).toThrow(`${family} has no name for`);
  });
});

describe("names of torchvision", () => {
  it("fit what torchvision saved of a network of fused and separable blocks", () => {
    const base = getSpec("efficientnetv2-s");
    const blocks = [
      "r2_k3_s1_e1_i8_o8_c1",
      "r2_k3_s2_e4_i8_o16_c1",
      "r2_k3_s2_e4_i16_o24_se0.25",
      "r2_k5_s2_e6_i24_o32_se0.25",
      "r1_k3_s1_e1_i32_o40_se0.25",
    ];
    const spec = {
      ...base,
      stem: { ...base.stem, channels: 8 },
      stages: parseGoogleBlocks(blocks),
      head: { channels: 64, classes: 10 },
    };
    expect(checkWeights(spec, outline(stateDict("torchvision.described")))).toMatchObject({
      family: "torchvision",
      fits: true,
    });
  });

  it("leave out the counter of an average of models", () => {
    const spec = getSpec("efficientnet-b0");
    const file = outline([["n_averaged", []], ...entriesOf("torchvision", spec)]);
    expect(checkWeights(spec, file).fits).toBe(true);
  });
});
