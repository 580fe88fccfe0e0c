import { joinTokens, readTokens } from "./block-tokens.js";
import { checkSaid } from "./check-said.js";
import type { BlockSpec } from "./types.js";

/** What a block string leaves open. */
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
export function parseGoogleBlock(block: string, options: ParseGoogleOptions = {}): BlockSpec {
  const tokens = readTokens(block, block.split("_"));
  const stride = tokens.text("s") ?? "";
  if (!/^(1|2|11|22)$/.test(stride)) throw tokens.fail("unsupported", `stride "${stride}" is not 1, 2, 11 or 22`);
  const v1 = stride.length === 2;
  const kernelSize = tokens.number("k");
  const expandRatio = tokens.number("e");
  if (expandRatio % 1 !== 0) throw tokens.fail("unsupported", `e${expandRatio} is not an integer`);
  const c1 = tokens.only("c", [0, 1]) === 1;
  if (v1 && c1 && (expandRatio === 1 || kernelSize !== 3)) {
    throw tokens.fail("unsupported", "c1 is 3 x 3 with an expansion; any other fused block is f1");
  }
  const fused = (v1 && tokens.only("f", [0, 1]) === 1) || c1;
  const projection = v1 || expandRatio !== 1;
  // What a kind of block cannot have is not taken, and so refused at the end.
  const experts = v1 && !fused && tokens.flag("cc") ? options.experts : 0;
  if (experts === undefined) throw tokens.fail("invalid-argument", "cc needs the option experts");
  const activation = v1 ? tokens.text("a") : undefined;
  if (!/^[01]$/.test(activation ?? "0")) throw tokens.fail("unsupported", `a${activation} is not supported`);
  tokens.only("d", [0]);
  const fields = {
    kernelSize,
    stride: stride.startsWith("1") ? (1 as const) : (2 as const),
    expandRatio,
    inChannels: tokens.number("i"),
    outChannels: tokens.number("o"),
    repeats: tokens.number("r"),
    seRatio: fused && !projection ? 0 : tokens.number("se", 0),
    skip: !(v1 && tokens.flag("noskip")),
    ...(activation !== undefined && { activation: activation === "0" ? ("relu" as const) : ("silu" as const) }),
  };
  return tokens.finish(
    fused
      ? { block: "fused-mbconv", ...fields, projection }
      : { block: "mbconv", ...fields, ...(experts > 0 && { experts }) },
  );
}

/** Which of the two notations to write. */
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
  const v1 = dialect === "v1";
  const experts = (stage.block === "mbconv" && stage.experts) || 0;
  const c1 = !v1 || (kernelSize === 3 && expandRatio !== 1);
  const block = joinTokens(
    `r${repeats}_k${kernelSize}_s${v1 ? stride : ""}${stride}_e${expandRatio}_i${inChannels}_o${outChannels}`,
    seRatio > 0 && `se${seRatio}`,
    stage.block === "fused-mbconv" && (c1 ? "c1" : "f1"),
    v1 && activation && (activation === "relu" ? "a0" : "a1"),
    v1 && !skip && "noskip",
    v1 && experts > 0 && "cc",
  );
  checkSaid(block, stage, parseGoogleBlock(block, { experts }));
  return block;
}

/** A whole network's stages from their strings. */
export function parseGoogleBlocks(blocks: readonly string[], options: ParseGoogleOptions = {}): readonly BlockSpec[] {
  return blocks.map((block) => parseGoogleBlock(block, options));
}

/** The inverse of `parseGoogleBlocks`. */
export function formatGoogleBlocks(stages: readonly BlockSpec[], options: FormatGoogleOptions): readonly string[] {
  return stages.map((stage) => formatGoogleBlock(stage, options));
}
