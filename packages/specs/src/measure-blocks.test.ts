import { describe, expect, it } from "vitest";
import { type BlockCostFixture, readFixture } from "../fixtures/read-fixture.js";
import {
  type ArchitectureSpec,
  type BlockCost,
  type BlockSpec,
  countMacs,
  countParameters,
  getSpec,
  measureBlocks,
  measureOperations,
  traceOperations,
} from "./index.js";

const examples = readFixture("block-costs.json").examples;
const rounded = (value: number) => Number(value.toFixed(2));

/** A network of one block that keeps `c` channels, with a stem of stride 1: the block sees the input's size. */
function alone({ c, kernel, expand }: BlockCostFixture, block: BlockSpec["block"]): ArchitectureSpec {
  const fields = {
    kernelSize: kernel,
    stride: 1,
    expandRatio: expand,
    inChannels: c,
    outChannels: c,
    repeats: 1,
    skip: true,
  } as const;
  const stage: BlockSpec =
    block === "mbconv" ? { block, ...fields, seRatio: 0.25 } : { block, ...fields, seRatio: 0, projection: true };
  return { ...getSpec("efficientnet-b0"), stem: { channels: c, kernelSize: 3, stride: 1 }, stages: [stage] };
}

const summary = (cost: BlockCost | undefined) =>
  cost && {
    macs: cost.macs,
    weights: cost.weights,
    elements_moved: cost.elementsMoved,
    bytes: cost.bytesMoved,
    flops_per_byte: rounded(cost.flopsPerByte),
    per_op: cost.operations.map(({ macs, weights, elementsMoved, flopsPerByte }) => ({
      macs,
      weights,
      elements_moved: elementsMoved,
      flops_per_byte: rounded(flopsPerByte),
    })),
  };

const withoutNames = (cost: BlockCostFixture["mbconv"]) => ({
  ...cost,
  per_op: cost.per_op.map(({ op: _, ...rest }) => rest),
});

describe("measureBlocks", () => {
  it.each(examples)("prices $case, batch $batch, as MBConv and as Fused-MBConv", (example) => {
    const options = { imageSize: example.h, batch: example.batch, bytesPerElement: 2 };
    expect(summary(measureBlocks(alone(example, "mbconv"), options)[0])).toEqual(withoutNames(example.mbconv));
    expect(summary(measureBlocks(alone(example, "fused-mbconv"), options)[0])).toEqual(withoutNames(example.fused));
  });

  it.each(Object.entries(readFixture("architectures.json").models))(
    "adds up to the stages of %s",
    (name, { stages }) => {
      const blocks = measureBlocks(getSpec(name));
      const sums = stages.map((_, stage) => {
        const own = blocks.filter((block) => block.name.startsWith(`stages.${stage}.`));
        return [own.reduce((sum, { parameters }) => sum + parameters, 0), own.reduce((sum, { macs }) => sum + macs, 0)];
      });
      expect(sums).toEqual(stages.map((row) => row.slice(10)));
    },
  );

  it("prices a real block at a real size", () => {
    const block = measureBlocks(getSpec("efficientnetv2-s"), { imageSize: 300, batch: 16, bytesPerElement: 2 })[3];
    expect(block).toMatchObject({
      kind: "fused-mbconv",
      name: "stages.1.1",
      macs: 8_294_400_000,
      weights: 92_160,
      parameters: 92_160 + 2 * (192 + 48),
      activations: 16 * 75 * 75 * (192 + 48),
    });
  });

  it("shows that a depthwise convolution does 4.5 operations per byte in float16 ", () => {
    const blocks = measureBlocks(getSpec("efficientnet-b0"), { batch: 16, bytesPerElement: 2 });
    const plain = blocks.flatMap(({ operations }) => operations).filter(({ kind }) => kind === "depthwise");
    expect(plain).toHaveLength(16);
    // 3x3 at stride 1: 2 * 9 operations for one element in and one out, two bytes each.
    expect(plain[0]?.flopsPerByte).toBeCloseTo(4.5, 2);
  });

  it("leaves stem, head and classifier to the rest of the network", () => {
    const b0 = getSpec("efficientnet-b0");
    const inBlocks = measureBlocks(b0).reduce((sum, { weights }) => sum + weights, 0);
    const { stem, head, classifier, norm } = countParameters(b0).byKind;
    expect(inBlocks).toBe(countParameters(b0).trainable - stem - head - classifier - norm);
  });

  it("refuses a batch or element width that is not a positive integer", () => {
    const b0 = getSpec("efficientnet-b0");
    expect(() => measureBlocks(b0, { batch: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: batch is 0
        expected: a positive integer]
    `);
    expect(() => measureBlocks(b0, { bytesPerElement: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: bytesPerElement is 0.5
        expected: a positive integer]
    `);
  });
});

describe("measureOperations", () => {
  it("prices a whole network, its weights read once per batch", () => {
    const b0 = getSpec("efficientnet-b0");
    const one = measureOperations("b0", traceOperations(b0, 224));
    const eight = measureOperations("b0", traceOperations(b0, 224), { batch: 8 });
    expect(one.macs).toBe(countMacs(b0, 224).total);
    expect(one.weights).toBe(countParameters(b0).trainable - countParameters(b0).byKind.norm);
    expect([eight.macs, eight.activations, eight.weights]).toEqual([8 * one.macs, 8 * one.activations, one.weights]);
    expect(eight.bytesMoved).toBe(8 * (one.bytesMoved - 4 * one.weights) + 4 * one.weights);
    expect(eight.flopsPerByte).toBeGreaterThan(one.flopsPerByte);
  });
});
