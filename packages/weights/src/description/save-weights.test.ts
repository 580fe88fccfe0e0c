import { getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { canonicalWeights } from "../canonical-weights.js";
import type { Family } from "../families/family.js";
import { readCheckpoint } from "../formats/read-checkpoint.js";
import { recogniseFamily } from "../recognise-family.js";
import { readDescription } from "./read-description.js";
import { saveWeights } from "./save-weights.js";

const spec = withClasses(getSpec("test-efficientnet"), 2);
const labels = ["cat", "dog"];

/** Values that no two tensors and no two places share, exact in 16 bits. */
const values = new Map(
  tensorShapes(spec).map(({ name, shape }, index) => {
    const length = shape.reduce((product, side) => product * side, 1);
    return [name, Float32Array.from({ length }, (_, i) => ((i + index * 37) % 2048) / 64)];
  }),
);
const read = (name: string) => values.get(name) ?? new Float32Array();

describe("saveWeights", () => {
  it.each<Family>(["canonical", "timm", "torchvision", "keras-v2", "tensorflow"])(
    "writes a file under %s names that reads back as it was, and says what it is",
    async (names) => {
      const checkpoint = await readCheckpoint(saveWeights({ spec, labels, names, read }));
      expect(recogniseFamily(checkpoint)).toBe(names);
      expect(await readDescription(checkpoint)).toEqual({ spec, labels, preprocess: null });
      const weights = canonicalWeights(spec, checkpoint);
      for (const name of weights.names) expect(weights.read(name)).toEqual(values.get(name));
    },
  );

  it("halves the file with F16", async () => {
    const file = saveWeights({ spec, dtype: "F16", read });
    const checkpoint = await readCheckpoint(file);
    expect(new Set([...checkpoint.tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(["F16"]));
    expect(canonicalWeights(spec, checkpoint).read("stem.conv.kernel")).toEqual(values.get("stem.conv.kernel"));
    expect(file.length).toBeLessThan(0.55 * saveWeights({ spec, read }).length);
  });

  it("tells PyTorch's readers that the layout is theirs, and no others", async () => {
    const format = async (names: Family) =>
      (await readCheckpoint(saveWeights({ spec, names, read }))).metadata.get("format");
    expect([await format("timm"), await format("torchvision")]).toEqual(["pt", "pt"]);
    expect([await format("canonical"), await format("keras-v2")]).toEqual([undefined, undefined]);
  });

  it("refuses names in which the network cannot be said", () => {
    const condConv = getSpec("efficientnet-condconv-b0-4e");
    expect(() => saveWeights({ spec: condConv, names: "torchvision", read })).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: torchvision has no name for stages.4.0.routing.kernel of efficientnet-condconv-b0-4e]`,
    );
  });
});
