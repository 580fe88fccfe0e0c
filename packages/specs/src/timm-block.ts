import { EfficientNetError } from "@efficientnet/errors";
import { type BlockTokens, readTokens } from "./block-tokens.js";
import type { Activation, BlockSpec } from "./types.js";
import { checkStage } from "./validate-spec.js";

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: "nre",
  relu6: "nr6",
  "hard-swish": "nhs",
  silu: "nsw",
  mish: "nmi",
};

/**
 * A stage from timm's notation, which does not name the width that arrives. `ds` is MBConv without expansion, `ir` with
 * it, `er` Fused-MBConv, `cn` Fused-MBConv as one convolution; options r, k, s, e, c, se, fc, cc, n, noskip, skip.
 *
 * @throws `unsupported` for the types dsa, uir, mha and mqa, mixed kernels, kernels of the 1x1 convolutions, group sizes,
 * space to depth and tokens that timm ignores on a type; `invalid-argument` for a malformed token.
 *
 * Source: `_efficientnet_builder.py` of timm.
 */
export function parseTimmBlock(block: string, inChannels: number): BlockSpec {
  const [type = "", ...rest] = block.split("_");
  const isCode = (token: string) => token.startsWith("n") && token !== "noskip";
  const code = rest.find(isCode);
  const tokens = readTokens(
    block,
    rest.filter((token) => !isCode(token)),
  );
  const readType = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!readType) throw tokens.fail("unsupported", `type ${type} is not one of ${Object.keys(TYPES).join(", ")}`);
  mustBe(tokens, "a", 1, "the 1x1 expansion has no other kernel");
  mustBe(tokens, "p", 1, "the 1x1 projection has no other kernel");
  mustBe(tokens, "d", 0, "space to depth is not supported");
  const noskip = tokens.flag("noskip");
  const skip = tokens.flag("skip");
  const spec = readType(tokens, {
    kernelSize: tokens.number("k"),
    // checkStage refuses any other stride.
    stride: tokens.number("s") as 1 | 2,
    inChannels,
    outChannels: tokens.number("c"),
    repeats: tokens.number("r"),
    skip: type === "cn" ? skip : !noskip,
    ...(code !== undefined && { activation: activationOf(tokens, code) }),
  });
  tokens.done();
  checkStage(`block "${block}"`, spec);
  return spec;
}

type Fields = Omit<BlockSpec, "block" | "expandRatio" | "seRatio">;

const TYPES: Readonly<Record<string, (tokens: BlockTokens, fields: Fields) => BlockSpec>> = {
  ds(tokens, fields) {
    mustBe(tokens, "e", 1, "ds has no expansion");
    return { block: "mbconv", ...fields, expandRatio: 1, seRatio: tokens.number("se", 0) };
  },
  ir(tokens, fields) {
    const expandRatio = tokens.number("e");
    if (expandRatio === 1)
      throw tokens.fail("unsupported", "ir keeps a 1x1 expansion at e1; without it the type is ds");
    const experts = tokens.number("cc", 0);
    const seRatio = tokens.number("se", 0);
    return { block: "mbconv", ...fields, expandRatio, seRatio, ...(experts > 0 && { experts }) };
  },
  er(tokens, fields) {
    const inChannels = tokens.number("fc", fields.inChannels);
    const rates = { expandRatio: tokens.number("e"), seRatio: tokens.number("se", 0) };
    return { block: "fused-mbconv", ...fields, ...rates, inChannels, projection: true };
  },
  cn(tokens, fields) {
    mustBe(tokens, "e", 1, "cn has no expansion");
    return { block: "fused-mbconv", ...fields, expandRatio: 1, seRatio: 0, projection: false };
  },
};

function mustBe(tokens: BlockTokens, key: string, neutral: number, why: string): void {
  const value = tokens.number(key, neutral);
  if (value !== neutral) throw tokens.fail("unsupported", `${key}${value}: ${why}`);
}

function activationOf(tokens: BlockTokens, code: string): Activation {
  const found = (Object.keys(ACTIVATIONS) as Activation[]).find((name) => ACTIVATIONS[name] === code);
  if (!found) throw tokens.fail("unsupported", `${code} is not one of ${Object.values(ACTIVATIONS).join(", ")}`);
  return found;
}

/**
 * The inverse of `parseTimmBlock`. Where the stage names another input width than arrives, an `er` block says so (`fc`).
 *
 * @throws `unsupported` for a stage that timm cannot say: experts without expansion, or, outside `er`, an expansion or
 * squeeze that follows another width than the one that arrives.
 */
export function formatTimmBlock(stage: BlockSpec, arrivingChannels: number = stage.inChannels): string {
  const { repeats, kernelSize, stride, expandRatio, inChannels, outChannels, seRatio, skip, activation } = stage;
  const type = typeOf(stage);
  const experts = stage.block === "mbconv" ? (stage.experts ?? 0) : 0;
  const forced = inChannels !== arrivingChannels;
  const cannot = (what: string) => new EfficientNetError("unsupported", `${what} has no token on ${type} in timm`);
  if (experts > 0 && type === "ds") throw cannot(`experts ${experts}`);
  if (forced && (type === "ir" || (type === "ds" && seRatio > 0))) throw cannot(`inChannels ${inChannels}`);
  return [
    `${type}_r${repeats}_k${kernelSize}_s${stride}_e${expandRatio}_c${outChannels}`,
    seRatio > 0 && `se${seRatio}`,
    forced && type === "er" && `fc${inChannels}`,
    activation && ACTIVATIONS[activation],
    experts > 0 && `cc${experts}`,
    type === "cn" ? skip && "skip" : !skip && "noskip",
  ]
    .filter(Boolean)
    .join("_");
}

function typeOf(stage: BlockSpec): "ds" | "ir" | "er" | "cn" {
  if (stage.block === "mbconv") return stage.expandRatio === 1 ? "ds" : "ir";
  return stage.projection ? "er" : "cn";
}

export interface TimmBlocksOptions {
  /** Width that arrives at the first stage. */
  readonly stemChannels: number;
}

/** A whole network's stages from their strings, one per stage: each takes the width of the one before. */
export function parseTimmBlocks(blocks: readonly string[], { stemChannels }: TimmBlocksOptions): readonly BlockSpec[] {
  const stages: BlockSpec[] = [];
  for (const block of blocks) stages.push(parseTimmBlock(block, stages.at(-1)?.outChannels ?? stemChannels));
  return stages;
}

/** The inverse of `parseTimmBlocks`. */
export function formatTimmBlocks(stages: readonly BlockSpec[], { stemChannels }: TimmBlocksOptions): readonly string[] {
  return stages.map((stage, index) => formatTimmBlock(stage, stages[index - 1]?.outChannels ?? stemChannels));
}
