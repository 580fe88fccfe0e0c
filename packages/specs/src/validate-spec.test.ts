import { isEfficientNetError } from "@efficientnet/errors";
import { describe, expect, it } from "vitest";
import { type ArchitectureSpec, getSpec, validateSpec } from "./index.js";

const b0 = getSpec("efficientnet-b0");
const v2 = getSpec("efficientnetv2-s");

/** What the message says of B0 with some fields replaced. */
function complaint(fields: object, base: ArchitectureSpec = b0): string {
  try {
    validateSpec({ ...base, ...fields });
  } catch (error) {
    if (isEfficientNetError(error, "invalid-argument")) return error.message.replace("\n  expected:", "; expected");
    throw error;
  }
  return "valid";
}

const stage = (fields: object, base: ArchitectureSpec = b0) =>
  complaint({ stages: base.stages.map((block, index) => (index === 2 ? { ...block, ...fields } : block)) }, base);
const firstOfV2 = (fields: object) =>
  complaint({ stages: v2.stages.map((block, index) => (index === 0 ? { ...block, ...fields } : block)) }, v2);

describe("validateSpec", () => {
  it("accepts what can be built", () => {
    expect(complaint({})).toBe("valid");
    expect(complaint({ head: { channels: 1, classes: null } })).toBe("valid");
    expect(complaint({ rounding: { divisor: 1, maxShrink: null } })).toBe("valid");
    expect(stage({ experts: 4, activation: "mish", seRatio: 0, expandRatio: 2.5 })).toBe("valid");
  });

  it("says which value of which network cannot be, and what it must be", () => {
    expect(() => validateSpec({ ...b0, padding: "valid" as "same" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: padding of efficientnet-b0 is "valid"
        expected: "same", "symmetric"]
    `);
  });

  it("checks the network", () => {
    expect([
      complaint({ name: "" }),
      complaint({ stem: { channels: -32, kernelSize: 3, stride: 2 } }),
      complaint({ stem: { channels: 32, kernelSize: 4, stride: 2 } }),
      complaint({ stem: { channels: 32, kernelSize: 3, stride: 0 } }),
      complaint({ stages: [] }),
      complaint({ head: { channels: 12.5, classes: 10 } }),
      complaint({ head: { channels: 12, classes: 0 } }),
      complaint({ activation: "gelu" }),
      complaint({ resolution: { train: 224, eval: -1 } }),
      complaint({ dropoutRate: 1 }),
      complaint({ dropPathRate: -0.1 }),
      complaint({ batchNorm: { epsilon: 0, momentum: 0.9 } }),
      complaint({ batchNorm: { epsilon: 1e-3, momentum: 1.1 } }),
      complaint({ rounding: { divisor: 0, maxShrink: null } }),
      complaint({ rounding: { divisor: 8, maxShrink: 2 } }),
    ]).toMatchInlineSnapshot(`
      [
        "name of the spec is ""; expected a name",
        "stem.channels of efficientnet-b0 is -32; expected a positive integer",
        "stem.kernelSize of efficientnet-b0 is 4; expected an odd positive integer",
        "stem.stride of efficientnet-b0 is 0; expected a positive integer",
        "stages of efficientnet-b0 is []; expected at least one stage",
        "head.channels of efficientnet-b0 is 12.5; expected a positive integer",
        "head.classes of efficientnet-b0 is 0; expected a positive integer, or null",
        "activation of efficientnet-b0 is "gelu"; expected "silu", "relu", "relu6", "hard-swish", "mish"",
        "resolution.eval of efficientnet-b0 is -1; expected a positive integer",
        "dropoutRate of efficientnet-b0 is 1; expected a number in [0, 1)",
        "dropPathRate of efficientnet-b0 is -0.1; expected a number in [0, 1)",
        "batchNorm.epsilon of efficientnet-b0 is 0; expected a positive number",
        "batchNorm.momentum of efficientnet-b0 is 1.1; expected a number in [0, 1]",
        "rounding.divisor of efficientnet-b0 is 0; expected a positive integer",
        "rounding.maxShrink of efficientnet-b0 is 2; expected a number in [0, 1], or null",
      ]
    `);
  });

  it("checks every stage", () => {
    expect([
      stage({ block: "resnet" }),
      stage({ kernelSize: 4 }),
      stage({ stride: 3 }),
      stage({ expandRatio: 0 }),
      stage({ inChannels: 1.5 }),
      stage({ outChannels: Number.NaN }),
      stage({ repeats: 0 }),
      stage({ repeats: 1e9 }),
      stage({ seRatio: 1.25 }),
      stage({ skip: "yes" }),
      stage({ activation: null }),
      stage({ experts: -1 }),
    ]).toMatchInlineSnapshot(`
      [
        "stages[2].block of efficientnet-b0 is "resnet"; expected "mbconv", "fused-mbconv"",
        "stages[2].kernelSize of efficientnet-b0 is 4; expected an odd positive integer",
        "stages[2].stride of efficientnet-b0 is 3; expected 1, 2",
        "stages[2].expandRatio of efficientnet-b0 is 0; expected a positive number",
        "stages[2].inChannels of efficientnet-b0 is 1.5; expected a positive integer",
        "stages[2].outChannels of efficientnet-b0 is NaN; expected a positive integer",
        "stages[2].repeats of efficientnet-b0 is 0; expected an integer from 1 to 1000",
        "stages[2].repeats of efficientnet-b0 is 1000000000; expected an integer from 1 to 1000",
        "stages[2].seRatio of efficientnet-b0 is 1.25; expected a number in [0, 1]",
        "stages[2].skip of efficientnet-b0 is "yes"; expected true or false",
        "stages[2].activation of efficientnet-b0 is null; expected "silu", "relu", "relu6", "hard-swish", "mish", or undefined",
        "stages[2].experts of efficientnet-b0 is -1; expected a positive integer, or 0, or undefined",
      ]
    `);
  });

  it("checks that each stage takes what the one before puts out; the first may name another width than the stem's", () => {
    expect(stage({ inChannels: 32 })).toMatchInlineSnapshot(
      `"stages[2].inChannels of efficientnet-b0 is 32; expected 24, what the stage before puts out"`,
    );
    expect(getSpec("efficientnet-edgetpu-s").stages[0]?.inChannels).toBe(24);
  });

  it("lets a Fused-MBConv leave out its projection only where there is nothing to project", () => {
    expect(firstOfV2({})).toBe("valid");
    expect(firstOfV2({ projection: true, expandRatio: 4, seRatio: 0.25 })).toBe("valid");
    expect([
      firstOfV2({ expandRatio: 4 }),
      firstOfV2({ seRatio: 0.25 }),
      firstOfV2({ projection: undefined }),
    ]).toMatchInlineSnapshot(`
      [
        "stages[0].expandRatio of efficientnetv2-s is 4; expected 1 without projection",
        "stages[0].seRatio of efficientnetv2-s is 0.25; expected 0 without projection",
        "stages[0].projection of efficientnetv2-s is undefined; expected true or false",
      ]
    `);
  });

  it("survives data of another shape, as it comes from JSON", () => {
    const parsed: readonly unknown[] = [
      {},
      { ...b0, stem: null },
      { ...b0, stages: "none" },
      { ...b0, stages: [null] },
    ];
    expect(
      parsed.map((value) => complaint({ ...(value as ArchitectureSpec) }, {} as ArchitectureSpec)),
    ).toMatchInlineSnapshot(`
      [
        "name of the spec is undefined; expected a name",
        "stem.channels of efficientnet-b0 is undefined; expected a positive integer",
        "stages of efficientnet-b0 is "none"; expected at least one stage",
        "stages[0].block of efficientnet-b0 is undefined; expected "mbconv", "fused-mbconv"",
      ]
    `);
  });
});

it("names the spec in a message only where its name is text", () => {
  expect(complaint({ name: JSON.parse('{ "toString": false }') })).toBe(
    'name of the spec is {"toString":false}; expected a name',
  );
});
