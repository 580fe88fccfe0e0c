import { type BlockTokens, joinTokens, readTokens } from "./block-tokens.js";
import { checkSaid } from "./check-said.js";
import type { Activation, BlockSpec } from "./types.js";

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: "re",
  relu6: "r6",
  "hard-swish": "hs",
  silu: "sw",
  mish: "mi",
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
  const tokens = readTokens(block, rest);
  const readType = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!readType) throw tokens.fail("unsupported", `type ${type} is not one of ${Object.keys(TYPES).join(", ")}`);
  const mixed = rest.find((token) => /^[akp]\d+\./.test(token));
  if (mixed) throw tokens.fail("unsupported", `${mixed} mixes kernel sizes`);
  tokens.only("a", [1]);
  tokens.only("p", [1]);
  tokens.only("d", [0]);
  const noskip = tokens.flag("noskip");
  const skip = tokens.flag("skip");
  const code = tokens.text("n");
  const stage = readType(tokens, {
    kernelSize: tokens.number("k"),
    // Finishing refuses any other stride.
    stride: tokens.number("s") as 1 | 2,
    inChannels,
    outChannels: tokens.number("c"),
    repeats: tokens.number("r"),
    skip: type === "cn" ? skip : !noskip,
    ...(code !== undefined && { activation: activationOf(tokens, code) }),
  });
  return tokens.finish(stage);
}

type Fields = Omit<BlockSpec, "block" | "expandRatio" | "seRatio">;

const TYPES: Readonly<Record<string, (tokens: BlockTokens, fields: Fields) => BlockSpec>> = {
  ds(tokens, fields) {
    tokens.only("e", [1]);
    return { block: "mbconv", ...fields, expandRatio: 1, seRatio: tokens.number("se", 0) };
  },
  ir(tokens, fields) {
    const expandRatio = tokens.number("e");
    if (expandRatio === 1)
      throw tokens.fail("unsupported", "ir with e1 is not supported; without an expansion the type is ds");
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
    tokens.only("e", [1]);
    return { block: "fused-mbconv", ...fields, expandRatio: 1, seRatio: 0, projection: false };
  },
};

function activationOf(tokens: BlockTokens, code: string): Activation {
  const found = (Object.keys(ACTIVATIONS) as Activation[]).find((name) => ACTIVATIONS[name] === code);
  if (!found) throw tokens.fail("unsupported", `n${code} is not supported`);
  return found;
}

/**
 * The inverse of `parseTimmBlock`. Where the stage names another input width than arrives, an `er` block says so (`fc`);
 * elsewhere that width is lost if nothing depends on it (no expansion, no squeeze), and an error if something does.
 *
 * @throws `unsupported` for a stage that timm cannot say.
 */
export function formatTimmBlock(stage: BlockSpec, arrivingChannels: number = stage.inChannels): string {
  const { repeats, kernelSize, stride, expandRatio, inChannels, outChannels, seRatio, skip, activation } = stage;
  const type = typeOf(stage);
  const experts = (stage.block === "mbconv" && stage.experts) || 0;
  const block = joinTokens(
    `${type}_r${repeats}_k${kernelSize}_s${stride}_e${expandRatio}_c${outChannels}`,
    seRatio > 0 && `se${seRatio}`,
    type === "er" && inChannels !== arrivingChannels && `fc${inChannels}`,
    activation && `n${ACTIVATIONS[activation]}`,
    type === "ir" && experts > 0 && `cc${experts}`,
    type === "cn" ? skip && "skip" : !skip && "noskip",
  );
  const parsed = parseTimmBlock(block, arrivingChannels);
  checkSaid(block, stage, expandRatio === 1 && seRatio === 0 ? { ...parsed, inChannels } : parsed);
  return block;
}

function typeOf(stage: BlockSpec): "ds" | "ir" | "er" | "cn" {
  if (stage.block === "mbconv") return stage.expandRatio === 1 ? "ds" : "ir";
  return stage.projection ? "er" : "cn";
}

/** What the strings of the stages leave open. */
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
