import { isEfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { fuzzRuns } from "@efficientnet-tooling/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalWeights, checkWeights, nameMap, readCheckpoint, recogniseVariant } from "../index.js";
import { filled, writeGraphModel, writeManifest } from "../testing/write-graph-model.js";
import { readTfjs } from "./read-tfjs.js";

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function refusal(model: unknown, siblings: ReadonlyMap<string, Uint8Array> = new Map()): string {
  try {
    for (const tensor of readTfjs(model instanceof Uint8Array ? model : json(model), siblings).tensors.values())
      tensor.read();
    return "accepted";
  } catch (error) {
    if (isEfficientNetError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const group = (weights: readonly unknown[], paths: readonly unknown[] = ["a.bin"]) => ({
  weightsManifest: [{ paths, weights }],
});
const entry = { name: "a", shape: [2], dtype: "float32" };

const TINY: ArchitectureSpec = {
  ...getSpec("efficientnet-b0"),
  name: "tiny",
  stages: getSpec("efficientnetv2-b0").stages.map((stage) => ({ ...stage, repeats: Math.min(2, stage.repeats) })),
  head: { channels: 32, classes: 3 },
};

describe("a TensorFlow.js layers model", () => {
  it("is read under Keras's names from shards that split its arrays", async () => {
    const spec = withClasses(getSpec("efficientnet-b0"), 10);
    const map = nameMap("keras-v1", spec);
    const weights = map.map(({ canonical, foreign, foreignShape }) => ({
      name: foreign,
      shape: foreignShape,
      values: filled(
        canonical,
        foreignShape.reduce((product, size) => product * size, 1),
      ),
    }));
    const { shards, weightsManifest } = writeManifest(weights, 4_000_001);
    const model = json({ format: "layers-model", modelTopology: {}, weightsManifest });
    const checkpoint = await readCheckpoint(new Map([...shards, ["model.json", model]]));
    expect(checkpoint.format).toBe("tfjs");
    expect(recogniseVariant(checkpoint)).toMatchObject({ variant: "efficientnet-b0", score: 1, classes: 10 });
    const read = canonicalWeights(spec, checkpoint);
    const wrong = map.filter(({ canonical }, i) =>
      read.read(canonical).some((value, j) => value !== weights[i]?.values[j]),
    );
    expect(wrong).toEqual([]);
  });

  it("widens arrays of 8 and 16 bits by their scale and minimum, and half precision", () => {
    const weights = [
      { name: "u8", shape: [2], dtype: "float32", quantization: { dtype: "uint8", scale: 0.5, min: -1 } },
      { name: "u16", shape: [1], dtype: "float32", quantization: { dtype: "uint16", scale: 2, min: 1 } },
      { name: "f16", shape: [1], dtype: "float32", quantization: { dtype: "float16", original_dtype: "float32" } },
      { name: "i32", shape: [], dtype: "int32" },
      { name: "bool", shape: [1], dtype: "bool" },
    ];
    const shard = Uint8Array.of(0, 255, 0, 1, 0, 0xbc, 0xfe, 0xff, 0xff, 0xff, 1);
    const { tensors } = readTfjs(json(group(weights)), new Map([["a.bin", shard]]));
    expect([...tensors].map(([name, tensor]) => [name, tensor.dtype, ...tensor.read()])).toEqual([
      ["u8", "U8", -1, 126.5],
      ["u16", "U16", 513],
      ["f16", "F16", -1],
      ["i32", "I32", -2],
      ["bool", "BOOL", 1],
    ]);
  });

  it("gives names and shapes without its weights files, and names the one that is missing when it is read", () => {
    const { tensors } = readTfjs(json(group([entry])), new Map([["b.bin", new Uint8Array(8)]]));
    expect(tensors.get("a")?.shape).toEqual([2]);
    expect(() => tensors.get("a")?.read()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a weights file of this TensorFlow.js model is not here
        expected: the file a.bin beside the model.json
        received: b.bin]
    `);
  });

  it("does not take weights files of another size", () => {
    const { tensors } = readTfjs(json(group([entry])), new Map([["folder/a.bin", new Uint8Array(7)]]));
    expect(() => tensors.get("a")?.read()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the weights files of this TensorFlow.js model do not fit its model.json
        expected: 8 bytes in 1 files
        received: 7 bytes
        hint: a download may be incomplete]
    `);
  });

  it.each([
    ["no JSON", new TextEncoder().encode('{"weightsManifest": ['), "wrong-file: the model.json is not valid JSON"],
    [
      "no list",
      { weightsManifest: {} },
      "wrong-file: the TensorFlow.js model cannot be read: the weightsManifest is not an array",
    ],
    ["a group of text", { weightsManifest: ["x"] }, "a group of the weightsManifest is not an object"],
    ["a path of numbers", group([], [1]), "a path of a shard is not text"],
    ["a negative shape", group([{ ...entry, shape: [-1] }]), '"a" has no valid shape'],
    ["a shape of text", group([{ ...entry, shape: ["2"] }]), '"a" has no valid shape'],
    ["an enormous shape", group([{ ...entry, shape: [2 ** 40, 2 ** 40] }]), '"a" has no valid shape'],
    ["a name twice", group([entry, entry]), '"a" is listed twice'],
    ["strings", group([{ ...entry, dtype: "string" }]), 'unsupported: "a" has element type string'],
    ["a wrong quantisation", group([{ ...entry, quantization: { dtype: "uint4" } }]), '"a" has no valid quantisation'],
  ])("with %s is refused", (_, model, message) => {
    expect(refusal(model)).toContain(message);
  });
});

describe("a TensorFlow.js graph model", () => {
  it("is read by the order of its operations, whatever its arrays are called", async () => {
    const { shards, ...model } = writeGraphModel(TINY, filled);
    const checkpoint = await readCheckpoint(new Map([["model.json", json(model)], ...shards]));
    expect(checkWeights(TINY, checkpoint)).toMatchObject({ family: "tfjs-graph", fits: true });
    const weights = canonicalWeights(TINY, checkpoint);
    const constant = { gamma: 1, mean: 0, variance: Math.fround(1 - TINY.batchNorm.epsilon) };
    const wrong = tensorShapes(TINY).filter(({ name, role }) => {
      const values = weights.read(name);
      const fixed = role in constant && !name.startsWith("head") ? constant[role as keyof typeof constant] : null;
      // The graph divides pixels by 64 where (pixel - mean) / 128 is what its network is given now.
      const factor = name === "stem.conv.kernel" ? 2 : 1;
      const expected = filled(name, values.length);
      return values.some((value, i) => value !== (fixed ?? (expected[i] ?? 0) * factor));
    });
    expect(wrong).toEqual([]);
    expect(checkpoint.normalisation).toEqual({
      mean: [64 / 255, 128 / 255, 192 / 255],
      std: [128 / 255, 128 / 255, 128 / 255],
    });
  });

  const node = (name: string, op: string, ...input: string[]) => ({ name, op, input });
  const graph = (...nodes: unknown[]) => ({ ...group([]), format: "graph-model", modelTopology: { node: nodes } });

  it.each([
    ["a circle", graph(node("a", "Mul", "b"), node("b", "Mul", "a")), "depends on itself"],
    ["a node that is missing", graph(node("a", "Mul", "b")), 'no node is named "b"'],
    ["a node twice", graph(node("a", "Mul"), node("a", "Mul")), 'two nodes are named "a"'],
    ["no nodes", { ...graph(), modelTopology: {} }, "the list of nodes is not an array"],
    [
      "no layers",
      graph(node("a", "Placeholder")),
      "unsupported: the layers of this graph are not those of an EfficientNet",
    ],
  ])("with %s is refused", (_, model, message) => {
    expect(refusal(model)).toContain(message);
  });

  it("of one long chain is read without recursion", () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => node(`n${i}`, "Relu", ...(i === 0 ? [] : [`n${i - 1}`])));
    expect(refusal(graph(...chain.reverse()))).toContain("the layers of this graph");
  });

  it("however damaged gives a typed error or a result", () => {
    const small = { ...TINY, stages: TINY.stages.slice(3, 4) };
    const { shards, ...model } = writeGraphModel(small, filled);
    const text = json(model);
    const flip = fc.record({
      at: fc.nat(text.length - 1),
      to: fc.constantFrom(...new TextEncoder().encode('0123456789"{}[],:-^a')),
    });
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 6 }), fc.nat(text.length), (flips, length) => {
        const bytes = text.slice();
        for (const { at, to } of flips) bytes[at] = to;
        expect(refusal(bytes, shards)).toMatch(/^(accepted|wrong-file|unsupported)/);
        expect(refusal(text.subarray(0, length), shards)).toMatch(/^(accepted|wrong-file|unsupported)/);
      }),
      { numRuns: fuzzRuns() },
    );
  });

  it("with values of other types anywhere gives a typed error or a result", () => {
    const { shards: _, ...model } = writeGraphModel({ ...TINY, stages: TINY.stages.slice(3, 4) }, filled);
    const anywhere = fc.tuple(fc.nat(400), fc.jsonValue());
    fc.assert(
      fc.property(anywhere, ([place, value]) => {
        let at = 0;
        const changed = JSON.parse(JSON.stringify(model), (_key, old) => (at++ === place ? value : old));
        expect(refusal(changed)).toMatch(/^(accepted|wrong-file|unsupported)/);
      }),
      { numRuns: fuzzRuns() },
    );
  });
});
