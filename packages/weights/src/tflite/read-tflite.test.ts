import { readFileSync } from "node:fs";
import { isEfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, tensorShapes } from "@efficientnet/specs";
import { fuzzRuns, uniformArray } from "@efficientnet-tooling/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalWeights, checkWeights, readCheckpoint, specFromCheckpoint } from "../index.js";
import { readTflite } from "./read-tflite.js";

const fixture = (kind: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/tflite/tiny.${kind}.tflite`, import.meta.url)));

const mbconv = {
  block: "mbconv",
  kernelSize: 5,
  stride: 2,
  expandRatio: 4,
  repeats: 2,
  seRatio: 0.25,
  skip: true,
} as const;

/** The network that tooling/reference/weights-lite-files.py builds. */
const SPEC: ArchitectureSpec = {
  ...getSpec("efficientnet-lite0"),
  name: "tiny",
  stem: { channels: 8, kernelSize: 3, stride: 2 },
  stages: [
    { ...mbconv, kernelSize: 3, stride: 1, expandRatio: 1, inChannels: 8, outChannels: 8, repeats: 1, seRatio: 0 },
    { ...mbconv, inChannels: 8, outChannels: 16 },
    {
      ...mbconv,
      block: "fused-mbconv",
      kernelSize: 3,
      stride: 1,
      inChannels: 16,
      outChannels: 16,
      repeats: 1,
      seRatio: 0,
      projection: true,
    },
  ],
  head: { channels: 32, classes: 3 },
};

/** What weights-lite-files.py fills a layer with, batch norm folded in. */
function expected(layer: string, shape: readonly number[]): Float64Array {
  const length = shape.reduce((product, size) => product * size, 1);
  const depthwise = shape.length === 4 && shape[3] === 1;
  const channels = (depthwise ? shape[2] : shape.at(-1)) ?? 1;
  const fanIn = depthwise ? length / channels : length / channels;
  const kernel = Float64Array.from(uniformArray(`${layer}/kernel`, length, Math.sqrt(3 / fanIn)));
  if (/squeeze|classifier/.test(layer)) return kernel;
  const gamma = uniformArray(`${layer}/gamma`, channels, 0.25, 1);
  const variance = uniformArray(`${layer}/variance`, channels, 0.25, 1);
  return kernel.map(
    (value, i) => (value * (gamma[i % channels] ?? 0)) / Math.sqrt((variance[i % channels] ?? 0) + 1e-3),
  );
}

function expectedBias(layer: string, length: number): Float64Array {
  const beta = uniformArray(`${layer}/${/squeeze|classifier/.test(layer) ? "bias" : "beta"}`, length, 0.1);
  if (/squeeze|classifier/.test(layer)) return Float64Array.from(beta);
  const [gamma, mean, variance] = [
    uniformArray(`${layer}/gamma`, length, 0.25, 1),
    uniformArray(`${layer}/mean`, length, 0.1),
    uniformArray(`${layer}/variance`, length, 0.25, 1),
  ];
  return Float64Array.from(
    beta,
    (value, i) => value - ((mean[i] ?? 0) * (gamma[i] ?? 0)) / Math.sqrt((variance[i] ?? 0) + 1e-3),
  );
}

/** A layer of the network under the name the script gives it. */
function scriptName(canonical: string): string {
  const blocks = new Map([
    ["0.0", 0],
    ["1.0", 1],
    ["1.1", 2],
    ["2.0", 3],
  ]);
  return canonical
    .replace(/^stages\.(\d\.\d)\./, (_, block: string) => `blocks_${blocks.get(block)}/`)
    .replace(/\.(conv|norm)$/, "")
    .replaceAll(".", "/");
}

function worst(values: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(values.length).toBe(wanted.length);
  const largest = Math.max(...Array.from(wanted, Math.abs));
  return Math.max(...Array.from(values, (value, i) => Math.abs(value - (wanted[i] ?? Number.NaN)))) / largest;
}

describe("a TensorFlow Lite model", () => {
  it.each([
    ["float32", 1e-5],
    ["float16", 2 ** -11],
    ["int8", 1 / 127],
  ])("in %s gives the weights it was made from, within %d of the largest of each array", async (kind, tolerance) => {
    const checkpoint = await readCheckpoint(fixture(kind));
    expect(checkpoint.format).toBe("tflite");
    const spec = specFromCheckpoint(SPEC, checkpoint);
    expect(checkWeights(spec, checkpoint)).toMatchObject({ family: "tflite", fits: true });
    const weights = canonicalWeights(spec, checkpoint);
    const far = tensorShapes(spec).flatMap(({ name, shape, role }) => {
      const layer = scriptName(name.slice(0, name.lastIndexOf(".")));
      if (role === "mean" || role === "gamma" || role === "variance") return [];
      const wanted = name.endsWith("kernel") ? expected(layer, shape) : expectedBias(layer, shape[0] ?? 0);
      const difference = worst(weights.read(name), wanted);
      return difference <= tolerance ? [] : [`${name}: ${difference}`];
    });
    expect(far).toEqual([]);
  });

  it.each(["float32", "float16", "int8"])(
    "in %s wants (pixel - 127) / 128, whatever its graph does with pixels",
    (kind) => {
      const { mean = [], std = [] } = readTflite(fixture(kind)).normalisation ?? {};
      for (const channel of [0, 1, 2]) {
        expect(mean[channel]).toBeCloseTo(127 / 255, 2);
        expect(std[channel]).toBe(128 / 255);
      }
    },
  );

  it("that scales pixels otherwise has the difference moved into its first kernel", () => {
    const original = fixture("float32");
    const scaled = original.slice();
    const floats = new DataView(scaled.buffer);
    // Its graph multiplies pixels by 1 / 128.
    for (let at = 0; at + 4 <= scaled.length; at += 4) {
      if (floats.getFloat32(at, true) === 1 / 128) floats.setFloat32(at, 1 / 64, true);
    }
    const [kernel, before] = [scaled, original].map((file) => readTflite(file).tensors.get("stem/conv/filter")?.read());
    expect(kernel).toEqual(before?.map((value) => 2 * value));
    expect(readTflite(scaled).normalisation?.mean[0]).toBeCloseTo(63.5 / 255, 6);
  });

  it("gives the labels of its metadata, and none where it has none", () => {
    expect(readTflite(fixture("int8")).labels).toEqual(["daisy", "rose", "tulip"]);
    expect(readTflite(fixture("float32")).labels).toBeUndefined();
  });

  it.each([
    ["an offset out of the file", [0xff, 0xff, 0xff, 0x7f], "a FlatBuffer refers to bytes outside of it"],
    ["an offset to itself", [0, 0, 0, 0], "a FlatBuffer refers to element 0 of 0"],
  ])("with %s is refused", (_, root, message) => {
    const bytes = fixture("int8");
    bytes.set(root);
    expect(() => readTflite(bytes)).toThrow(message);
  });

  it("however damaged gives a typed error or a result", () => {
    const file = fixture("int8");
    const attempt = (bytes: Uint8Array): string => {
      try {
        const checkpoint = readTflite(bytes);
        for (const tensor of checkpoint.tensors.values()) tensor.read();
        return "accepted";
      } catch (error) {
        return isEfficientNetError(error) ? error.code : `not typed: ${error}`;
      }
    };
    const flip = fc.record({ at: fc.nat(file.length - 1), to: fc.constantFrom(0, 1, 2, 4, 8, 0x7f, 0x80, 0xff) });
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 40 }), fc.nat(file.length), (flips, length) => {
        const bytes = file.slice();
        for (const { at, to } of flips) bytes[at] = to;
        expect(attempt(bytes)).toMatch(/^(accepted|wrong-file|unsupported)$/);
        expect(attempt(bytes.subarray(0, length))).toMatch(/^(accepted|wrong-file|unsupported)$/);
      }),
      { numRuns: fuzzRuns() },
    );
  });
});
