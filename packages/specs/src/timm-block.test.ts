import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyStage } from "../fixtures/any-stage.js";
import { messagesOf } from "../fixtures/messages-of.js";
import {
  formatTimmBlock,
  formatTimmBlocks,
  getSpec,
  parseGoogleBlock,
  parseTimmBlock,
  parseTimmBlocks,
  VARIANT_NAMES,
} from "./index.js";

const TIMM = {
  "efficientnet-b0": [
    "ds_r1_k3_s1_e1_c16_se0.25",
    "ir_r2_k3_s2_e6_c24_se0.25",
    "ir_r2_k5_s2_e6_c40_se0.25",
    "ir_r3_k3_s2_e6_c80_se0.25",
    "ir_r3_k5_s1_e6_c112_se0.25",
    "ir_r4_k5_s2_e6_c192_se0.25",
    "ir_r1_k3_s1_e6_c320_se0.25",
  ],
  "efficientnetv2-b0": [
    "cn_r1_k3_s1_e1_c16_skip",
    "er_r2_k3_s2_e4_c32",
    "er_r2_k3_s2_e4_c48",
    "ir_r3_k3_s2_e4_c96_se0.25",
    "ir_r5_k3_s1_e6_c112_se0.25",
    "ir_r8_k3_s2_e6_c192_se0.25",
  ],
  "efficientnetv2-s": [
    "cn_r2_k3_s1_e1_c24_skip",
    "er_r4_k3_s2_e4_c48",
    "er_r4_k3_s2_e4_c64",
    "ir_r6_k3_s2_e4_c128_se0.25",
    "ir_r9_k3_s1_e6_c160_se0.25",
    "ir_r15_k3_s2_e6_c256_se0.25",
  ],
  "efficientnet-edgetpu-s": [
    "er_r1_k3_s1_e4_c24_fc24_noskip",
    "er_r2_k3_s2_e8_c32",
    "er_r4_k3_s2_e8_c48",
    "ir_r5_k5_s2_e8_c96",
    "ir_r4_k5_s1_e8_c144",
    "ir_r2_k5_s2_e8_c192",
  ],
  "efficientnet-condconv-b0-4e": [
    "ds_r1_k3_s1_e1_c16_se0.25",
    "ir_r2_k3_s2_e6_c24_se0.25",
    "ir_r2_k5_s2_e6_c40_se0.25",
    "ir_r3_k3_s2_e6_c80_se0.25",
    "ir_r3_k5_s1_e6_c112_se0.25_cc4",
    "ir_r4_k5_s2_e6_c192_se0.25_cc4",
    "ir_r1_k3_s1_e6_c320_se0.25_cc4",
  ],
  "efficientnetv2-rw-s": [
    "er_r2_k3_s1_e1_c24",
    "er_r4_k3_s2_e4_c48",
    "er_r4_k3_s2_e4_c64",
    "ir_r6_k3_s2_e4_c128_se0.25",
    "ir_r9_k3_s1_e6_c160_se0.25",
    "ir_r15_k3_s2_e6_c272_se0.25",
  ],
  "mnasnet-a1": [
    "ds_r1_k3_s1_e1_c16_noskip",
    "ir_r2_k3_s2_e6_c24",
    "ir_r3_k5_s2_e3_c40_se0.25",
    "ir_r4_k3_s2_e6_c80",
    "ir_r2_k3_s1_e6_c112_se0.25",
    "ir_r3_k5_s2_e6_c160_se0.25",
    "ir_r1_k3_s1_e6_c320",
  ],
} as const;

describe("parseTimmBlock", () => {
  it.each(Object.entries(TIMM))("reads timm's strings of %s", (name, blocks) => {
    const { stem, stages } = getSpec(name);
    expect(parseTimmBlocks(blocks, { stemChannels: stem.channels })).toEqual(stages);
  });

  it("says the same as Google's notation", () => {
    expect(parseTimmBlock("ir_r2_k5_s2_e6_c40_se0.25", 24)).toEqual(parseGoogleBlock("r2_k5_s22_e6_i24_o40_se0.25"));
  });

  it.each([
    ["nre", "relu"],
    ["nr6", "relu6"],
    ["nhs", "hard-swish"],
    ["nsw", "silu"],
    ["nmi", "mish"],
  ])("reads the activation %s as %s", (token, activation) => {
    expect(parseTimmBlock(`ir_r1_k3_s1_e4_c24_${token}`, 24).activation).toBe(activation);
  });

  it("takes fractional expansions, neutral options and tokens in any order", () => {
    expect(parseTimmBlock("ir_c24_s1_k3_r1_e2.5_a1_p1_d0", 24)).toMatchObject({ expandRatio: 2.5, seRatio: 0 });
    expect(parseTimmBlock("ds_r1_k3_s1_c16_noskip", 32)).toMatchObject({ expandRatio: 1, skip: false });
    expect(parseTimmBlock("cn_r1_k3_s1_c16", 32)).toMatchObject({ projection: false, skip: false });
  });

  it("names the token that it does not support", () => {
    const blocks = {
      dsa: "dsa_r1_k3_s1_c16",
      uir: "uir_r1_a3_k5_s2_e4_c96",
      mha: "mha_r1_k3_h8_s1_d64_c256",
      mqa: "mqa_r1_k3_h8_s1_d64_c256",
      "unknown types": "constructor_r1_k3_s1_c16",
      "mixed kernels": "ir_r1_k3.5.7_s1_e6_c40",
      "a kernel in the expansion": "ir_r1_k3_a3_s1_e6_c40",
      "a kernel in the projection": "ir_r1_k3_p3_s1_e6_c40",
      "mixed kernels in the projection": "ir_r1_k3_p1.1_s1_e6_c40",
      "space to depth": "ir_r1_k3_s2_e6_c40_d1",
      "group sizes": "ir_r1_k3_s1_e6_c40_gs8",
      "an ir that keeps a 1x1 convolution without expanding": "ir_r1_k3_s1_e1_c16",
      "an expansion that ds ignores": "ds_r1_k3_s1_e6_c16",
      "a squeeze that cn ignores": "cn_r1_k3_s1_e1_c16_se0.25",
      "experts that er ignores": "er_r1_k3_s1_e4_c16_cc4",
      "a forced width that ir ignores": "ir_r1_k3_s1_e4_c16_fc24",
      "unknown activations": "ir_r1_k3_s1_e4_c16_nge",
    };
    expect(messagesOf("unsupported", blocks, (block) => parseTimmBlock(block, 16))).toMatchInlineSnapshot(`
      [
        "dsa: block "dsa_r1_k3_s1_c16": type dsa is not one of ds, ir, er, cn",
        "uir: block "uir_r1_a3_k5_s2_e4_c96": type uir is not one of ds, ir, er, cn",
        "mha: block "mha_r1_k3_h8_s1_d64_c256": type mha is not one of ds, ir, er, cn",
        "mqa: block "mqa_r1_k3_h8_s1_d64_c256": type mqa is not one of ds, ir, er, cn",
        "unknown types: block "constructor_r1_k3_s1_c16": type constructor is not one of ds, ir, er, cn",
        "mixed kernels: block "ir_r1_k3.5.7_s1_e6_c40": k3.5.7 mixes kernel sizes",
        "a kernel in the expansion: block "ir_r1_k3_a3_s1_e6_c40": a3 is not supported",
        "a kernel in the projection: block "ir_r1_k3_p3_s1_e6_c40": p3 is not supported",
        "mixed kernels in the projection: block "ir_r1_k3_p1.1_s1_e6_c40": p1.1 mixes kernel sizes",
        "space to depth: block "ir_r1_k3_s2_e6_c40_d1": d1 is not supported",
        "group sizes: block "ir_r1_k3_s1_e6_c40_gs8": gs8 is not supported",
        "an ir that keeps a 1x1 convolution without expanding: block "ir_r1_k3_s1_e1_c16": ir with e1 is not supported; without an expansion the type is ds",
        "an expansion that ds ignores: block "ds_r1_k3_s1_e6_c16": e6 is not supported",
        "a squeeze that cn ignores: block "cn_r1_k3_s1_e1_c16_se0.25": se0.25 is not supported",
        "experts that er ignores: block "er_r1_k3_s1_e4_c16_cc4": cc4 is not supported",
        "a forced width that ir ignores: block "ir_r1_k3_s1_e4_c16_fc24": fc24 is not supported",
        "unknown activations: block "ir_r1_k3_s1_e4_c16_nge": nge is not supported",
      ]
    `);
  });

  it("refuses what is malformed or impossible", () => {
    const blocks = {
      "a missing token": "ir_r1_k3_s1_e6",
      "two activations": "ir_r1_k3_s1_e6_c24_nre_nsw",
      "a stride that no block has": "ir_r1_k3_s3_e6_c24",
      "an empty token": "ir__r1_k3_s1_e6_c24",
    };
    expect(messagesOf("invalid-argument", blocks, (block) => parseTimmBlock(block, 16))).toMatchInlineSnapshot(`
      [
        "a missing token: block "ir_r1_k3_s1_e6": c is missing",
        "two activations: block "ir_r1_k3_s1_e6_c24_nre_nsw": n is given twice",
        "a stride that no block has: stride of block "ir_r1_k3_s3_e6_c24" is 3
        expected: 1, 2",
        "an empty token: block "ir__r1_k3_s1_e6_c24": "" is not a token",
      ]
    `);
  });
});

describe("formatTimmBlock", () => {
  it.each(Object.entries(TIMM))("writes timm's strings of %s", (name, blocks) => {
    const { stem, stages } = getSpec(name);
    expect(formatTimmBlocks(stages, { stemChannels: stem.channels })).toEqual(blocks);
  });

  it.each(VARIANT_NAMES)("writes %s so that it reads back as the same network", (name) => {
    const { stem, stages } = getSpec(name);
    const stemChannels = stem.channels;
    const read = parseTimmBlocks(formatTimmBlocks(stages, { stemChannels }), { stemChannels });
    // Lite and MnasNet-small name a width for their first stage on which nothing depends; timm cannot say it.
    const [first, ...others] = stages;
    const nominal =
      first && (first.expandRatio === 1 && first.seRatio === 0 ? { ...first, inChannels: stemChannels } : first);
    expect(read).toEqual([nominal, ...others]);
  });

  it("reads back the same whatever it writes, and otherwise says that it cannot", () => {
    let written = 0;
    fc.assert(
      fc.property(anyStage(), fc.boolean(), (stage, forced) => {
        const arriving = forced ? stage.inChannels + 8 : stage.inChannels;
        let block: string;
        try {
          block = formatTimmBlock(stage, arriving);
        } catch (error) {
          expect(error).toMatchObject({ code: "unsupported" });
          return;
        }
        written++;
        const free = stage.expandRatio === 1 && stage.seRatio === 0 && !block.includes("_fc");
        expect(parseTimmBlock(block, arriving)).toEqual(free ? { ...stage, inChannels: arriving } : stage);
      }),
      { numRuns: 500 },
    );
    expect(written).toBeGreaterThan(100);
  });

  it("cannot say experts without an expansion, or an expansion of another width than arrives", () => {
    const [ds, ir] = parseTimmBlocks(["ds_r1_k3_s1_e1_c16", "ir_r1_k3_s1_e6_c24"], { stemChannels: 32 });
    if (ds?.block !== "mbconv" || !ir) throw new Error("two stages");
    expect(() => formatTimmBlock({ ...ds, experts: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: experts 4 cannot be said in "ds_r1_k3_s1_e1_c16"]`,
    );
    expect(() => formatTimmBlock(ir, 24)).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: inChannels 16 cannot be said in "ir_r1_k3_s1_e6_c24"]`,
    );
  });
});
