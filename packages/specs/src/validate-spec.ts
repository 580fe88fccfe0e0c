import { EfficientNetError } from "@efficientnet/errors";
import type { Activation, ArchitectureSpec, BlockSpec, Padding } from "./types.js";

const ACTIVATIONS: Readonly<Record<Activation, true>> = {
  silu: true,
  relu: true,
  relu6: true,
  "hard-swish": true,
  mish: true,
};
const PADDINGS: Readonly<Record<Padding, true>> = { same: true, symmetric: true };
const BLOCKS: Readonly<Record<BlockSpec["block"], true>> = { mbconv: true, "fused-mbconv": true };

/** What a value must be, in words, and the test for it. */
type Rule = readonly [expected: string, test: (value: unknown) => boolean];

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isCount = (value: unknown): value is number => isNumber(value) && Number.isInteger(value) && value > 0;

const COUNT: Rule = ["a positive integer", isCount];
const ODD: Rule = ["an odd positive integer", (value) => isCount(value) && value % 2 === 1];
const STRIDE: Rule = ["1 or 2", (value) => value === 1 || value === 2];
const POSITIVE: Rule = ["a positive number", (value) => isNumber(value) && value > 0];
const FRACTION: Rule = ["a number from 0 to 1", (value) => isNumber(value) && value >= 0 && value <= 1];
const RATE: Rule = ["a number from 0 up to, not including, 1", (value) => isNumber(value) && value >= 0 && value < 1];
const FLAG: Rule = ["true or false", (value) => typeof value === "boolean"];
const NAME: Rule = ["a name", (value) => typeof value === "string" && value !== ""];
const STAGES: Rule = ["at least one stage", (value) => Array.isArray(value) && value.length > 0];
const EXPERTS: Rule = ["0 or a positive integer", (value) => value === 0 || isCount(value)];
const or = ([expected, test]: Rule, other: null | undefined): Rule => [
  `${expected}, or ${other}`,
  (value) => value === other || test(value),
];
const oneOf = (names: Readonly<Record<string, true>>): Rule => [
  Object.keys(names).join(", "),
  (value) => typeof value === "string" && Object.hasOwn(names, value),
];

/**
 * Throws for a spec that cannot be built: the first impossible value, with its path.
 *
 * @throws `invalid-argument`, for example `stages[2].kernelSize of my-net is 4`.
 */
export function validateSpec(spec: ArchitectureSpec): void {
  const check = checker(spec.name);
  check("name", spec.name, NAME);
  check("stem.channels", spec.stem?.channels, COUNT);
  check("stem.kernelSize", spec.stem?.kernelSize, ODD);
  check("stem.stride", spec.stem?.stride, COUNT);
  check("stages", spec.stages, STAGES);
  spec.stages.forEach((stage, index) => {
    checkStage(spec.name, stage, `stages[${index}].`);
    const before = spec.stages[index - 1];
    if (before) check(`stages[${index}].inChannels`, stage.inChannels, widthBefore(before.outChannels, index - 1));
  });
  check("head.channels", spec.head?.channels, COUNT);
  check("head.classes", spec.head?.classes, or(COUNT, null));
  check("activation", spec.activation, oneOf(ACTIVATIONS));
  check("resolution.train", spec.resolution?.train, COUNT);
  check("resolution.eval", spec.resolution?.eval, COUNT);
  check("dropoutRate", spec.dropoutRate, RATE);
  check("dropPathRate", spec.dropPathRate, RATE);
  check("batchNorm.epsilon", spec.batchNorm?.epsilon, POSITIVE);
  check("batchNorm.momentum", spec.batchNorm?.momentum, FRACTION);
  check("padding", spec.padding, oneOf(PADDINGS));
  check("rounding.divisor", spec.rounding?.divisor, COUNT);
  check("rounding.maxShrink", spec.rounding?.maxShrink, or(FRACTION, null));
}

/** The part of `validateSpec` that one stage answers for; `owner` and `prefix` only go into the message. */
export function checkStage(owner: string, stage: BlockSpec, prefix = ""): void {
  const checkAt = checker(owner);
  const check = (field: string, value: unknown, rule: Rule) => checkAt(prefix + field, value, rule);
  check("block", stage?.block, oneOf(BLOCKS));
  check("kernelSize", stage.kernelSize, ODD);
  check("stride", stage.stride, STRIDE);
  check("expandRatio", stage.expandRatio, POSITIVE);
  check("inChannels", stage.inChannels, COUNT);
  check("outChannels", stage.outChannels, COUNT);
  check("repeats", stage.repeats, COUNT);
  check("seRatio", stage.seRatio, FRACTION);
  check("skip", stage.skip, FLAG);
  check("activation", stage.activation, or(oneOf(ACTIVATIONS), undefined));
  if (stage.block === "mbconv") {
    check("experts", stage.experts, or(EXPERTS, undefined));
    return;
  }
  check("projection", stage.projection, FLAG);
  if (stage.projection) return;
  check("expandRatio", stage.expandRatio, ["1 without projection", (value) => value === 1]);
  check("seRatio", stage.seRatio, ["0 without projection", (value) => value === 0]);
}

const widthBefore = (channels: number, stage: number): Rule => [
  `${channels}, the outChannels of stages[${stage}]`,
  (value) => value === channels,
];

function checker(owner: string) {
  return (path: string, value: unknown, [expected, test]: Rule): void => {
    if (test(value)) return;
    throw new EfficientNetError("invalid-argument", `${path} of ${owner} is ${describe(value)}`, { expected });
  };
}

function describe(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : Array.isArray(value) ? `a list of ${value.length}` : String(value);
}
