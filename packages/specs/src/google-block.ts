import { EfficientNetError } from "@efficientnet/errors";
import { type BlockTokens, readTokens } from "./block-tokens.js";
import type { BlockSpec } from "./types.js";
import { checkStage } from "./validate-spec.js";

export interface ParseGoogleOptions {
  /** Kernels per convolution of the blocks that say `cc`, a token without a number. */
  readonly experts?: number;
}

/**
 * A stage from the notation of the released TensorFlow code. Two stride digits (`s22`) make it EfficientNet's or
 * MnasNet's: `r1_k3_s11_e1_i32_o16_se0.25`, with `noskip`, `cc`, `a0` (ReLU) or `a1` (SiLU), and Fused-MBConv as `c1`
 * (always 3 x 3) or `f1`. One digit (`s2`) makes it EfficientNetV2's: `r4_k3_s2_e4_i24_o48_c1`.
 *
 * @throws `unsupported` for a token that a spec cannot express, `invalid-argument` for a malformed one.
 *
 * Source: `efficientnet_builder.py`, `mnasnet_models.py` and `effnetv2_configs.py` of the released code.
 */
export function parseGoogleBlock(block: string, { experts }: ParseGoogleOptions = {}): BlockSpec {
  const tokens = readTokens(block, block.split("_"));
  const stride = tokens.text("s") ?? "";
  if (!/^(1|2|11|22)$/.test(stride)) throw tokens.fail("unsupported", `stride "${stride}" is not 1, 2, 11 or 22`);
  const fields = {
    kernelSize: tokens.number("k"),
    stride: stride.startsWith("1") ? (1 as const) : (2 as const),
    expandRatio: tokens.number("e"),
    inChannels: tokens.number("i"),
    outChannels: tokens.number("o"),
    repeats: tokens.number("r"),
    seRatio: tokens.number("se", 0),
  };
  if (fields.expandRatio % 1 !== 0) throw tokens.fail("invalid-argument", `e${fields.expandRatio} is not an integer`);
  const spec = stride.length === 2 ? readV1(tokens, fields, experts) : readV2(tokens, fields);
  tokens.done();
  checkStage(`block "${block}"`, spec);
  return spec;
}

type Fields = Omit<BlockSpec, "block" | "skip" | "activation">;

function readV1(tokens: BlockTokens, fields: Fields, experts: number | undefined): BlockSpec {
  const c1 = bit(tokens, "c");
  if (c1 && (fields.expandRatio === 1 || fields.kernelSize !== 3)) {
    throw tokens.fail("unsupported", "c1 is 3 x 3 with an expansion; any other fused block is f1");
  }
  const fused = bit(tokens, "f") || c1;
  if (bit(tokens, "d")) throw tokens.fail("unsupported", "d1, space to depth, is not supported");
  const activation = tokens.text("a");
  const common = {
    ...fields,
    skip: !tokens.flag("noskip"),
    ...(activation !== undefined && { activation: activation === "0" ? ("relu" as const) : ("silu" as const) }),
  };
  if (fused) return { block: "fused-mbconv", ...common, projection: true };
  if (!tokens.flag("cc")) return { block: "mbconv", ...common };
  if (experts === undefined) throw tokens.fail("invalid-argument", "cc needs the option experts");
  return { block: "mbconv", ...common, experts };
}

function readV2(tokens: BlockTokens, fields: Fields): BlockSpec {
  const fused = bit(tokens, "c");
  return fused
    ? { block: "fused-mbconv", ...fields, skip: true, projection: fields.expandRatio !== 1 }
    : { block: "mbconv", ...fields, skip: true };
}

function bit(tokens: BlockTokens, key: string): boolean {
  const value = tokens.number(key, 0);
  if (value > 1) throw tokens.fail("unsupported", `${key}${value} is not supported`);
  return value === 1;
}

export interface FormatGoogleOptions {
  /** `v1` writes two stride digits, `v2` one. */
  readonly dialect: "v1" | "v2";
}

/**
 * The inverse of `parseGoogleBlock`.
 *
 * @throws `unsupported` for a stage that the dialect cannot say: V2 has no `noskip`, activation or experts and ties the
 * projection to the expansion; V1 cannot leave out the projection; neither has fractional expansions.
 */
export function formatGoogleBlock(stage: BlockSpec, { dialect }: FormatGoogleOptions): string {
  const { repeats, kernelSize, stride, expandRatio, inChannels, outChannels, seRatio, skip, activation } = stage;
  const cannot = (what: string) =>
    new EfficientNetError("unsupported", `${what} has no token in the ${dialect} notation`);
  const v1 = dialect === "v1";
  if (expandRatio % 1 !== 0) throw cannot(`expandRatio ${expandRatio}`);
  if (activation && !(v1 && (activation === "relu" || activation === "silu"))) throw cannot(`activation ${activation}`);
  if (!skip && !v1) throw cannot("skip false");
  const experts = stage.block === "mbconv" ? (stage.experts ?? 0) : 0;
  if (experts > 0 && !v1) throw cannot(`experts ${experts}`);
  const fused = stage.block === "fused-mbconv";
  if (fused && stage.projection !== (v1 || expandRatio !== 1)) throw cannot(`projection ${stage.projection}`);
  const c1 = !v1 || (kernelSize === 3 && expandRatio !== 1);
  return [
    `r${repeats}_k${kernelSize}_s${v1 ? stride : ""}${stride}_e${expandRatio}_i${inChannels}_o${outChannels}`,
    seRatio > 0 && `se${seRatio}`,
    fused && (c1 ? "c1" : "f1"),
    activation && (activation === "relu" ? "a0" : "a1"),
    !skip && "noskip",
    experts > 0 && "cc",
  ]
    .filter(Boolean)
    .join("_");
}

/** A whole network's stages from their strings. */
export function parseGoogleBlocks(blocks: readonly string[], options: ParseGoogleOptions = {}): readonly BlockSpec[] {
  return blocks.map((block) => parseGoogleBlock(block, options));
}

/** The inverse of `parseGoogleBlocks`. */
export function formatGoogleBlocks(stages: readonly BlockSpec[], options: FormatGoogleOptions): readonly string[] {
  return stages.map((stage) => formatGoogleBlock(stage, options));
}
