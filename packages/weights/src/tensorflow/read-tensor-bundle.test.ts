import { readFileSync } from "node:fs";
import { isEfficientNetError } from "@efficientnet/errors";
import { getSpec, scaleSpec, withClasses } from "@efficientnet/specs";
import { fuzzRuns } from "@efficientnet-tooling/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Checkpoint, canonicalWeights, checkWeights, readCheckpoint, readClasses } from "../index.js";
import { writeBundleIndex, writeTable } from "../testing/write-tensor-bundle.js";
import { crc32c, maskCrc } from "./crc32c.js";
import { readTensorBundle } from "./read-tensor-bundle.js";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/tensorflow/${name}`, import.meta.url)));
const INDEX = "tensorflow.ckpt.index";
const DATA = "tensorflow.ckpt.data-00000-of-00001";
const files = () =>
  new Map([
    [DATA, fixture(DATA)],
    [INDEX, fixture(INDEX)],
  ]);

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const one = { shape: [2], bytes: floats(1, 2) };

function refusal(read: () => Checkpoint): string {
  try {
    read();
  } catch (error) {
    if (isEfficientNetError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("a TensorFlow checkpoint", () => {
  it("that TensorFlow wrote gives its names, shapes and the averages of its weights", async () => {
    const checkpoint = await readCheckpoint(files());
    expect(checkpoint.format).toBe("tensorflow");
    expect(checkpoint.tensors.get("global_step")).toMatchObject({ dtype: "I64", shape: [] });
    const spec = withClasses(
      scaleSpec(getSpec("efficientnetv2-b0"), { widthCoefficient: 0.25, depthCoefficient: 0.34 }),
      readClasses(checkpoint),
    );
    expect(checkWeights(spec, checkpoint)).toMatchObject({ family: "tensorflow", fits: true });
    const weights = canonicalWeights(spec, checkpoint);
    // The plain copies in this file are half of the averages, plus 0.01.
    for (const [name, layer] of [
      ["stem.conv.kernel", "stem/conv2d/kernel"],
      ["stages.3.0.depthwise.norm.variance", "blocks_3/tpu_batch_normalization_1/moving_variance"],
      ["classifier.bias", "head/dense/bias"],
    ] as const) {
      const plain = checkpoint.tensors.get(`efficientnetv2-b0/${layer}`)?.read();
      expect(plain).toEqual(
        weights.read(name).map((value) => Math.fround(Math.fround(value * 0.5) + Math.fround(0.01))),
      );
    }
  });

  it("lists names and shapes without its data, and names the file that is missing when an array is read", async () => {
    const { tensors } = await readCheckpoint(new Map([[INDEX, fixture(INDEX)]]));
    const kernel = tensors.get("efficientnetv2-b0/head/dense/kernel/ExponentialMovingAverage");
    expect(kernel).toMatchObject({ dtype: "F32", shape: [320, 10] });
    expect(() => kernel?.read()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the data of this TensorFlow checkpoint is not here
        expected: the file tensorflow.ckpt.data-00000-of-00001 beside the index
        received: the index alone]
    `);
    const alone = await readCheckpoint(fixture(INDEX));
    expect(() => alone.tensors.get("global_step")?.read()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the data of this TensorFlow checkpoint is not here
        expected: the file <name>.data-00000-of-00001 beside the index
        received: the index alone]
    `);
  });

  it("finds each array in the shard that holds it", () => {
    const index = writeBundleIndex(
      { a: one, b: { shape: [1, 1], bytes: floats(3), shard: 1, offset: 4 } },
      { shards: 2 },
    );
    const { tensors } = readTensorBundle(
      index,
      new Map([
        ["m.index", index],
        ["m.data-00000-of-00002", floats(1, 2)],
        ["m.data-00001-of-00002", floats(9, 3)],
      ]),
    );
    expect(tensors.get("a")?.read()).toEqual(Float32Array.of(1, 2));
    expect(tensors.get("b")?.read()).toEqual(Float32Array.of(3));
  });

  it("takes the data by its number where the index came without a name", () => {
    const index = writeBundleIndex({ a: one });
    const { tensors } = readTensorBundle(index, new Map([["x.data-00000-of-00001", floats(1, 2)]]));
    expect(tensors.get("a")?.read()).toEqual(Float32Array.of(1, 2));
  });

  it("leaves out what is no array of numbers", () => {
    const index = writeBundleIndex({ _CHECKPOINTABLE_OBJECT_GRAPH: { ...one, dtype: 7 }, a: one });
    expect([...readTensorBundle(index).tensors.keys()]).toEqual(["a"]);
  });

  it.each([
    [
      "big-endian data",
      writeBundleIndex({ a: one }, { bigEndian: true }),
      "unsupported: the TensorFlow checkpoint was written on a big-endian machine",
    ],
    ["slices", writeBundleIndex({ a: { ...one, extra: [58, 0] } }), 'unsupported: tensor "a" is stored in slices'],
    [
      "compressed blocks",
      writeBundleIndex({ a: one }, { compression: 1 }),
      "unsupported: the TensorFlow index has compressed blocks (type 1)",
    ],
    [
      "a shape of another size",
      writeBundleIndex({ a: { ...one, shape: [3] } }),
      'wrong-file: tensor "a" has a size that does not hold its shape\n  expected: 12 bytes\n  received: 8 bytes for F32 [3]',
    ],
    [
      "a shard that is not counted",
      writeBundleIndex({ a: { ...one, shard: 1 } }),
      'wrong-file: tensor "a" lies in shard 1',
    ],
    ["a table of something else", writeTable([["key", []]]), "wrong-file: the table is no TensorFlow checkpoint"],
    [
      "an index that names a block again",
      writeTable([["", []]], 0, 2),
      "wrong-file: a block at byte 0 lies over the one before",
    ],
    ["an empty table", writeTable([]), "wrong-file: the table is no TensorFlow checkpoint"],
    [
      "a footer alone",
      Uint8Array.from([...new Array<number>(40).fill(0), 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]),
      "wrong-file: a block",
    ],
  ])("refuses %s", (_, index, message) => {
    expect(refusal(() => readTensorBundle(index))).toContain(message);
  });

  it("refuses keys that share more than there is, or grow without end", () => {
    const key = "k".repeat(5000);
    expect(refusal(() => readTensorBundle(writeTable([[key, []]])))).toContain("key has an impossible length");
  });

  it("refuses data that is too short or does not have its checksum", () => {
    const index = writeBundleIndex({ a: one });
    const read = (data: Uint8Array) =>
      readTensorBundle(index, new Map([["m.data-00000-of-00001", data]]))
        .tensors.get("a")
        ?.read();
    expect(() => read(floats(1))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a lies outside of its data file
        expected: at least 8 bytes
        received: 4 bytes
        hint: the download may be incomplete, or index and data are of different checkpoints]
    `);
    expect(() => read(floats(1, 3))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a does not have the checksum that the index states
        hint: the data file is damaged, or index and data are of different checkpoints]
    `);
  });

  it("however damaged gives a typed error or a result", () => {
    const index = writeBundleIndex({ a: one, "a/b": { shape: [1, 1], bytes: floats(3), offset: 8 } });
    const shards = new Map([["m.data-00000-of-00001", floats(1, 2, 3)]]);
    const flip = fc.record({ at: fc.nat(index.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    const attempt = (bytes: Uint8Array) =>
      refusal(() => {
        const checkpoint = readTensorBundle(bytes, shards);
        for (const tensor of checkpoint.tensors.values()) tensor.read();
        return checkpoint;
      });
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 4 }), fc.nat(index.length), (flips, length) => {
        const bytes = index.slice();
        for (const { at, by } of flips) bytes[at] = (bytes[at] ?? 0) ^ by;
        expect(attempt(bytes)).toMatch(/^(accepted|wrong-file|unsupported)/);
        expect(attempt(bytes.subarray(0, length))).toMatch(/^(accepted|wrong-file|unsupported)/);
      }),
      { numRuns: fuzzRuns() },
    );
  });

  it("with blocks that pass their checksums but hold nonsense gives a typed error or a result", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 12 }), (entry, header) => {
        expect(
          refusal(() =>
            readTensorBundle(
              writeTable([
                ["", [...header]],
                ["a", [...entry]],
              ]),
            ),
          ),
        ).toMatch(/^(accepted|wrong-file|unsupported)/);
      }),
      { numRuns: fuzzRuns() },
    );
  });
});

describe("crc32c", () => {
  it("agrees with the published check value, whatever the length", () => {
    const ascii = (text: string) => new TextEncoder().encode(text);
    expect(crc32c(ascii("123456789"))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(maskCrc(0)).toBe(0xa282ead8);
  });
});
