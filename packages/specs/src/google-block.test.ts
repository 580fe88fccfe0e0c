import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyStage } from "../fixtures/any-stage.js";
import { messagesOf } from "../fixtures/messages-of.js";
import {
  type BlockSpec,
  formatGoogleBlock,
  formatGoogleBlocks,
  getSpec,
  parseGoogleBlock,
  parseGoogleBlocks,
  VARIANT_NAMES,
} from "./index.js";

const B0 = [
  "r1_k3_s11_e1_i32_o16_se0.25",
  "r2_k3_s22_e6_i16_o24_se0.25",
  "r2_k5_s22_e6_i24_o40_se0.25",
  "r3_k3_s22_e6_i40_o80_se0.25",
  "r3_k5_s11_e6_i80_o112_se0.25",
  "r4_k5_s22_e6_i112_o192_se0.25",
  "r1_k3_s11_e6_i192_o320_se0.25",
];
const EDGE_TPU = [
  "r1_k3_s11_e4_i24_o24_c1_noskip",
  "r2_k3_s22_e8_i24_o32_c1",
  "r4_k3_s22_e8_i32_o48_c1",
  "r5_k5_s22_e8_i48_o96",
  "r4_k5_s11_e8_i96_o144",
  "r2_k5_s22_e8_i144_o192",
];
const V2_S = [
  "r2_k3_s1_e1_i24_o24_c1",
  "r4_k3_s2_e4_i24_o48_c1",
  "r4_k3_s2_e4_i48_o64_c1",
  "r6_k3_s2_e4_i64_o128_se0.25",
  "r9_k3_s1_e6_i128_o160_se0.25",
  "r15_k3_s2_e6_i160_o256_se0.25",
];
const A1_FIRST = "r1_k3_s11_e1_i32_o16_noskip";

describe("parseGoogleBlock", () => {
  it.each([
    ["efficientnet-b0", B0],
    ["efficientnet-edgetpu-s", EDGE_TPU],
    ["efficientnetv2-s", V2_S],
  ])("reads the released strings of %s", (name, blocks) => {
    expect(parseGoogleBlocks(blocks)).toEqual(getSpec(name).stages);
  });

  it("reads MnasNet's noskip", () => {
    expect(parseGoogleBlock(A1_FIRST)).toEqual(getSpec("mnasnet-a1").stages[0]);
  });

  it("reads CondConv's cc, whose number of experts comes from outside", () => {
    const blocks = B0.map((block, index) => (index < 4 ? block : `${block}_cc`));
    expect(parseGoogleBlocks(blocks, { experts: 8 })).toEqual(getSpec("efficientnet-condconv-b0-8e").stages);
    expect(() => parseGoogleBlocks(blocks)).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: block "r3_k5_s11_e6_i80_o112_se0.25_cc": cc needs the option experts]`,
    );
  });

  it("reads activations and fused blocks in the V1 notation", () => {
    expect(parseGoogleBlock("r1_k3_s11_e6_i16_o16_a0").activation).toBe("relu");
    expect(parseGoogleBlock("r1_k3_s11_e6_i16_o16_a1").activation).toBe("silu");
    expect(parseGoogleBlock("r1_k5_s11_e1_i16_o24_f1")).toMatchObject({ block: "fused-mbconv", projection: true });
    expect(parseGoogleBlock("r1_k3_s11_e6_i16_o16_c0_f0_d0")).toMatchObject({ block: "mbconv", skip: true });
  });

  it("takes tokens in any order", () => {
    expect(parseGoogleBlock("se0.25_o16_i32_e1_s11_k3_r1")).toEqual(parseGoogleBlock(B0[0] ?? ""));
  });

  it("names the token that it does not support", () => {
    const blocks = {
      "space to depth": "r1_k3_s22_e6_i16_o16_d1",
      "other convolution types": "r1_k3_s11_e6_i16_o16_c2",
      "other activations": "r1_k3_s11_e6_i16_o16_a3",
      "an activation without its number": "r1_k3_s11_e6_i16_o16_a",
      "c1 with another kernel": "r1_k5_s11_e6_i16_o16_c1",
      "c1 without expansion": "r1_k3_s11_e1_i16_o16_c1",
      "strides that differ": "r1_k3_s12_e6_i16_o16",
      "fractional expansions": "r1_k3_s11_e2.5_i16_o16",
      "experts in fused blocks": "r1_k3_s11_e6_i16_o16_c1_cc",
      "numbers on cc": "r1_k3_s11_e6_i16_o16_cc4",
      "noskip in the V2 notation": "r1_k3_s1_e6_i16_o16_noskip",
      "squeeze-and-excitation in a single convolution": "r1_k3_s1_e1_i16_o16_se0.25_c1",
      "unknown tokens": "r1_k3_s11_e6_i16_o16_x7",
    };
    expect(
      messagesOf("unsupported", blocks, (block) => parseGoogleBlock(block, { experts: 4 })),
    ).toMatchInlineSnapshot(`
      [
        "space to depth: block "r1_k3_s22_e6_i16_o16_d1": d1 is not supported",
        "other convolution types: block "r1_k3_s11_e6_i16_o16_c2": c2 is not supported",
        "other activations: block "r1_k3_s11_e6_i16_o16_a3": a3 is not supported",
        "an activation without its number: block "r1_k3_s11_e6_i16_o16_a": a is not supported",
        "c1 with another kernel: block "r1_k5_s11_e6_i16_o16_c1": c1 is 3 x 3 with an expansion; any other fused block is f1",
        "c1 without expansion: block "r1_k3_s11_e1_i16_o16_c1": c1 is 3 x 3 with an expansion; any other fused block is f1",
        "strides that differ: block "r1_k3_s12_e6_i16_o16": stride "12" is not 1, 2, 11 or 22",
        "fractional expansions: block "r1_k3_s11_e2.5_i16_o16": e2.5 is not an integer",
        "experts in fused blocks: block "r1_k3_s11_e6_i16_o16_c1_cc": cc is not supported",
        "numbers on cc: block "r1_k3_s11_e6_i16_o16_cc4": cc4 is not supported",
        "noskip in the V2 notation: block "r1_k3_s1_e6_i16_o16_noskip": noskip is not supported",
        "squeeze-and-excitation in a single convolution: block "r1_k3_s1_e1_i16_o16_se0.25_c1": se0.25 is not supported",
        "unknown tokens: block "r1_k3_s11_e6_i16_o16_x7": x7 is not supported",
      ]
    `);
  });

  it("refuses what is malformed or impossible", () => {
    const blocks = {
      "a missing token": "r1_k3_s11_e6_i16",
      "a token twice": "r1_r2_k3_s11_e6_i16_o16",
      "a token without letters": "r1_k3_s11_e6_i16_o16_25",
      "a token without its number": "r_k3_s11_e6_i16_o16",
      "a number that is none": "r1_k3_s11_e6_i16_o16_se0.2.5",
      "an even kernel": "r1_k4_s11_e6_i16_o16",
      "no repeats": "r0_k3_s11_e6_i16_o16",
    };
    expect(messagesOf("invalid-argument", blocks, (block) => parseGoogleBlock(block))).toMatchInlineSnapshot(`
      [
        "a missing token: block "r1_k3_s11_e6_i16": o is missing",
        "a token twice: block "r1_r2_k3_s11_e6_i16_o16": r is given twice",
        "a token without letters: block "r1_k3_s11_e6_i16_o16_25": "25" is not a token",
        "a token without its number: block "r_k3_s11_e6_i16_o16": r is not a number",
        "a number that is none: block "r1_k3_s11_e6_i16_o16_se0.2.5": se0.2.5 is not a number",
        "an even kernel: kernelSize of block "r1_k4_s11_e6_i16_o16" is 4
        expected: an odd positive integer",
        "no repeats: repeats of block "r0_k3_s11_e6_i16_o16" is 0
        expected: an integer from 1 to 1000",
      ]
    `);
  });
});

describe("formatGoogleBlock", () => {
  it("writes the released strings", () => {
    expect(formatGoogleBlocks(getSpec("efficientnet-b0").stages, { dialect: "v1" })).toEqual(B0);
    expect(formatGoogleBlocks(getSpec("efficientnet-edgetpu-s").stages, { dialect: "v1" })).toEqual(EDGE_TPU);
    expect(formatGoogleBlocks(getSpec("efficientnetv2-s").stages, { dialect: "v2" })).toEqual(V2_S);
  });

  it.each(VARIANT_NAMES)("writes %s so that it reads back the same, in V1 or V2", (name) => {
    const { stages } = getSpec(name);
    const experts = stages.reduce(
      (most, stage) => Math.max(most, stage.block === "mbconv" ? (stage.experts ?? 0) : 0),
      0,
    );
    const dialect = stages.some((stage) => stage.block === "fused-mbconv" && !stage.projection) ? "v2" : "v1";
    expect(parseGoogleBlocks(formatGoogleBlocks(stages, { dialect }), { experts })).toEqual(stages);
  });

  it("reads back the same whatever it writes, and otherwise says that it cannot", () => {
    let written = 0;
    fc.assert(
      fc.property(anyStage(), fc.constantFrom("v1" as const, "v2" as const), (stage, dialect) => {
        let block: string;
        try {
          block = formatGoogleBlock(stage, { dialect });
        } catch (error) {
          expect(error).toMatchObject({ code: "unsupported" });
          return;
        }
        written++;
        const experts = stage.block === "mbconv" ? (stage.experts ?? 0) : 0;
        expect(parseGoogleBlock(block, { experts })).toEqual(stage);
      }),
      { numRuns: 500 },
    );
    expect(written).toBeGreaterThan(20);
  });

  it("says what it cannot say", () => {
    const mbconv: BlockSpec = { ...parseGoogleBlock("r2_k3_s22_e6_i16_o24_se0.25"), block: "mbconv" };
    const v1: Readonly<Record<string, BlockSpec>> = {
      ReLU6: { ...mbconv, activation: "relu6" },
      "a fractional expansion": { ...mbconv, expandRatio: 2.5 },
      "a missing projection": parseGoogleBlock("r2_k3_s1_e1_i24_o24_c1"),
    };
    const v2: Readonly<Record<string, BlockSpec>> = {
      "no shortcut": { ...mbconv, skip: false },
      "an activation": { ...mbconv, activation: "relu" },
      experts: { ...mbconv, experts: 4 },
      "a projection without expansion": parseGoogleBlock("r1_k3_s11_e1_i8_o8_f1"),
    };
    expect(
      messagesOf("unsupported", v1, (stage) => formatGoogleBlock(stage, { dialect: "v1" })),
    ).toMatchInlineSnapshot(`
      [
        "ReLU6: activation relu6 cannot be said in "r2_k3_s22_e6_i16_o24_se0.25_a1"",
        "a fractional expansion: block "r2_k3_s22_e2.5_i16_o24_se0.25": e2.5 is not an integer",
        "a missing projection: projection false cannot be said in "r2_k3_s11_e1_i24_o24_f1"",
      ]
    `);
    expect(
      messagesOf("unsupported", v2, (stage) => formatGoogleBlock(stage, { dialect: "v2" })),
    ).toMatchInlineSnapshot(`
      [
        "no shortcut: skip false cannot be said in "r2_k3_s2_e6_i16_o24_se0.25"",
        "an activation: activation relu cannot be said in "r2_k3_s2_e6_i16_o24_se0.25"",
        "experts: experts 4 cannot be said in "r2_k3_s2_e6_i16_o24_se0.25"",
        "a projection without expansion: projection true cannot be said in "r1_k3_s1_e1_i8_o8_c1"",
      ]
    `);
  });
});
