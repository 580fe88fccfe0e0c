import { readFileSync } from "node:fs";
import { isEfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, scaleSpec, withClasses } from "@efficientnet/specs";
import { fuzzRuns, uniformArray } from "@efficientnet-tooling/testing";
import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import {
  assertWeights,
  type Checkpoint,
  canonicalWeights,
  type Family,
  nameMap,
  readCheckpoint,
  recogniseFamily,
  specFromCheckpoint,
} from "../index.js";
import { outline } from "../testing/outline.js";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/keras/${name}`, import.meta.url)));

/** What the fixtures hold: some stages of a network, a quarter as wide. */
function small(name: "efficientnet-b0" | "efficientnetv2-b0", ...kept: readonly number[]): ArchitectureSpec {
  const base = scaleSpec(getSpec(name), { widthCoefficient: 0.25, depthCoefficient: 0.4 });
  const stages = kept.flatMap((index) => base.stages[index] ?? []);
  const chained = stages.map((stage, index) => ({
    ...stage,
    inChannels: stages[index - 1]?.outChannels ?? stage.inChannels,
  }));
  return { ...base, stages: chained };
}
const V1 = small("efficientnet-b0", 0, 1);
const V2 = small("efficientnetv2-b0", 0, 3);

/** Every array of the network holds the values that the formula gives for its name in Keras. */
function expectFilled(spec: ArchitectureSpec, checkpoint: Checkpoint, names: Family, head = "predictions"): void {
  const weights = canonicalWeights(spec, checkpoint);
  for (const { canonical, foreign, shape } of nameMap(names, spec)) {
    const name = foreign.replace("predictions", head).replace("depthwise_", "");
    const length = shape.reduce((product, size) => product * size, 1);
    expect([canonical, weights.read(canonical)]).toEqual([canonical, uniformArray(name, length)]);
  }
}

describe("files of Keras", () => {
  it.each([
    ["v1.h5", "a whole model with its optimizer", "hdf5"],
    ["v1.weights.h5", "the weights of a compiled model", "hdf5"],
  ])("reads %s, %s", async (name, _, format) => {
    const checkpoint = await readCheckpoint(fixture(name));
    expect(checkpoint.format).toBe(format);
    expect(recogniseFamily(checkpoint)).toBe("keras-v1");
    const spec = specFromCheckpoint(V1, checkpoint);
    expect(spec.head.classes).toBe(5);
    expectFilled(spec, checkpoint, "keras-v1");
  });

  it("says which Keras wrote a whole model", async () => {
    const { metadata } = await readCheckpoint(fixture("v1.h5"));
    expect([...metadata].sort()).toEqual([
      ["backend", "tensorflow"],
      ["keras_version", "3.15.1"],
    ]);
  });

  it("reads a .keras whose network lies in another model under a head of another name", async () => {
    const checkpoint = await readCheckpoint(fixture("v2-new-head.keras"));
    expect([checkpoint.format, [...checkpoint.metadata]]).toEqual(["keras", [["keras_version", "3.15.1"]]]);
    expect(recogniseFamily(checkpoint)).toBe("keras-v2");
    expect([...checkpoint.tensors.keys()]).toContain("functional/stem_conv/kernel");
    const spec = specFromCheckpoint(V2, checkpoint);
    expect(spec.head.classes).toBe(3);
    expectFilled(spec, checkpoint, "keras-v2", "my_flowers");
  });

  it("counts the layers of each class where a file gives them no names", async () => {
    const checkpoint = await readCheckpoint(fixture("v1-numbered.weights.h5"));
    expect(recogniseFamily(checkpoint)).toBe("keras-numbered");
    expect([...checkpoint.tensors.keys()]).toContain("batch_normalization_3/moving_mean");
    expectFilled(specFromCheckpoint(V1, checkpoint), checkpoint, "keras-v1");
  });

  it("takes those names from the config of a .keras", async () => {
    const kinds: readonly (readonly [RegExp, string])[] = [
      [/_dwconv$/, "DepthwiseConv2D"],
      [/bn$/, "BatchNormalization"],
      [/predictions/, "Dense"],
      [/./, "Conv2D"],
    ];
    const layers = new Set(nameMap("keras-v1", withClasses(V1, 5)).map(({ foreign }) => foreign.split("/")[0] ?? ""));
    const config = {
      config: {
        layers: [...layers].map((name) => ({
          class_name: kinds.find(([pattern]) => pattern.test(name))?.[1],
          config: { name },
        })),
      },
    };
    const bytes = zipSync({
      "config.json": strToU8(JSON.stringify(config)),
      "model.weights.h5": fixture("v1-numbered.weights.h5"),
    });
    const checkpoint = await readCheckpoint(bytes);
    expect(recogniseFamily(checkpoint)).toBe("keras-v1");
    expectFilled(specFromCheckpoint(V1, checkpoint), checkpoint, "keras-v1");
  });

  it("refuses a .keras without weights, with weights of another kind, or with a broken config", async () => {
    const zip = (files: Readonly<Record<string, string>>) =>
      readCheckpoint(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
    await expect(zip({ "config.json": "{}", "readme.txt": "" })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the Keras file holds no model.weights.h5
        received: config.json, readme.txt]
    `);
    await expect(zip({ "config.json": "{}", "model.weights.json": "" })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the Keras file holds its weights as model.weights.json
        expected: model.weights.h5
        hint: save the model again with model.save]
    `);
    await expect(zip({ "config.json": "{", "model.weights.h5": "" })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: config.json of the Keras file is not valid JSON]`,
    );
    await expect(zip({ "config.json": "{}", "model.weights.h5": "no" })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the file does not begin as HDF5 files begin]`,
    );
  });

  it.each(["v1-numbered.weights.h5", "v2-new-head.keras"])(
    "reads %s or says what is wrong, however damaged",
    async (name) => {
      const bytes = fixture(name);
      const flip = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(flip, { maxLength: 20 }), fc.option(fc.nat(bytes.length)), async (flips, length) => {
          const broken = new Uint8Array(bytes);
          for (const { at, value } of flips) broken[at] = value;
          try {
            const { tensors } = await readCheckpoint(broken.subarray(0, length ?? undefined));
            for (const tensor of tensors.values()) tensor.read();
          } catch (error) {
            if (!isEfficientNetError(error)) throw error;
            expect(["wrong-file", "unsupported"]).toContain(error.code);
          }
        }),
        { numRuns: fuzzRuns() },
      );
    },
  );
});

describe("names that Keras gives", () => {
  const entries = (spec: ArchitectureSpec, rename = (name: string) => name) =>
    nameMap("keras-v1", spec).map(({ foreign, foreignShape }) => [rename(foreign), foreignShape] as const);
  const body = withClasses(V1, null);
  const head = (layer: string, input: number, classes: number) =>
    [
      [`${layer}/kernel`, [input, classes]],
      [`${layer}/bias`, [classes]],
    ] as const;
  const width = V1.head.channels;

  it("ignores preprocessing, seeds and training state", () => {
    const extra = ["normalization_1/normalization_1/mean:0", "seed_generator/seed_generator_state", "optimizer/vars/7"];
    const checkpoint = outline([...entries(withClasses(V1, 5)), ...extra.map((name) => [name, [3]] as const)]);
    expect(assertWeights(withClasses(V1, 5), checkpoint).fits).toBe(true);
  });

  it("takes the only matrix of the right height for the head", () => {
    const checkpoint = outline([...entries(body), ...head("anything", width, 9)]);
    const spec = specFromCheckpoint(V1, checkpoint);
    expect(spec.head.classes).toBe(9);
    expect(assertWeights(spec, checkpoint).fits).toBe(true);
  });

  it.each([
    ["another height", head("dense", width + 1, 9)],
    ["two matrices", [...head("dense", width, 64), ...head("dense_1", 64, 9)]],
    ["no bias", head("dense", width, 9).slice(0, 1)],
  ])("takes none for it with %s", (_, extra) => {
    const checkpoint = outline([...entries(body), ...extra]);
    expect(specFromCheckpoint(V1, checkpoint).head.classes).toBe(null);
    expect(() => assertWeights(body, checkpoint)).toThrow("unexpected");
  });

  it("prefers predictions to every other matrix", () => {
    const checkpoint = outline([...entries(withClasses(V1, 5)), ...head("extra", width, 9)]);
    expect(specFromCheckpoint(V1, checkpoint).head.classes).toBe(5);
  });
});
