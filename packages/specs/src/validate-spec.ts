import { EfficientNetError } from "@efficientnet/errors";
import type { Activation, ArchitectureSpec, BlockSpec, FusedMBConvSpec, Padding } from "./types.js";

/** What a value must be, in words, and the test for it. */
type Rule = readonly [expected: string, test: (value: unknown) => boolean];
/** A rule for every field, nested as the data is. */
type Rules<Field extends string = string> = Readonly<Record<Field, Rule | NestedRules>>;
interface NestedRules {
  readonly [field: string]: Rule;
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isCount = (value: unknown): value is number => isNumber(value) && Number.isInteger(value) && value > 0;

const COUNT: Rule = ["a positive integer", isCount];
const ODD: Rule = ["an odd positive integer", (value) => isCount(value) && value % 2 === 1];
/** A slip of the hand in a JSON file must not fill the memory with blocks. */
const REPEATS: Rule = ["an integer from 1 to 1000", (value) => isCount(value) && value <= 1000];
const POSITIVE: Rule = ["a positive number", (value) => isNumber(value) && value > 0];
const FRACTION: Rule = ["a number in [0, 1]", (value) => isNumber(value) && value >= 0 && value <= 1];
const RATE: Rule = ["a number in [0, 1)", (value) => isNumber(value) && value >= 0 && value < 1];
const FLAG: Rule = ["true or false", (value) => typeof value === "boolean"];

const only = (...allowed: readonly unknown[]): Rule => [
  allowed.map(show).join(", "),
  (value) => allowed.includes(value),
];
const or = ([expected, test]: Rule, other: unknown): Rule => [
  `${expected}, or ${show(other)}`,
  (value) => value === other || test(value),
];
/** Lists the members of a union; the compiler sees that none is missing. */
const oneOf = <Member extends string>(members: Readonly<Record<Member, true>>): Rule => only(...Object.keys(members));

const activationRule = () => oneOf<Activation>({ silu: true, relu: true, relu6: true, "hard-swish": true, mish: true });

const specRules = (): Rules<keyof ArchitectureSpec> => ({
  name: ["a name", (value) => typeof value === "string" && value !== ""],
  stem: { channels: COUNT, kernelSize: ODD, stride: COUNT },
  stages: ["at least one stage", (value) => Array.isArray(value) && value.length > 0],
  head: { channels: COUNT, classes: or(COUNT, null) },
  activation: activationRule(),
  resolution: { train: COUNT, eval: COUNT },
  dropoutRate: RATE,
  dropPathRate: RATE,
  batchNorm: { epsilon: POSITIVE, momentum: FRACTION },
  padding: oneOf<Padding>({ same: true, symmetric: true }),
  rounding: { divisor: COUNT, maxShrink: or(FRACTION, null) },
});

const stageRules = (): Rules<Exclude<keyof FusedMBConvSpec, "projection">> => ({
  block: oneOf<BlockSpec["block"]>({ mbconv: true, "fused-mbconv": true }),
  kernelSize: ODD,
  stride: only(1, 2),
  expandRatio: POSITIVE,
  inChannels: COUNT,
  outChannels: COUNT,
  repeats: REPEATS,
  seRatio: FRACTION,
  skip: FLAG,
  activation: or(activationRule(), undefined),
});

const mbconvRules = (): Rules<"experts"> => ({ experts: or(or(COUNT, 0), undefined) });

const fusedRules = (stage: FusedMBConvSpec): Rules => ({
  projection: FLAG,
  ...(!stage?.projection && { expandRatio: without(1), seRatio: without(0) }),
});

const without = (value: number): Rule => [`${value} without projection`, (received) => received === value];

/**
 * Throws for a spec that cannot be built: the first impossible value, with its path.
 *
 * @throws `invalid-argument`, for example `stages[2].kernelSize of my-net is 4`.
 */
export function validateSpec(spec: ArchitectureSpec): void {
  const { name } = spec;
  const owner = typeof name === "string" && name ? name : "the spec";
  check(owner, spec, specRules());
  spec.stages.forEach((stage, index) => {
    const path = `stages[${index}].`;
    checkStage(owner, stage, path);
    const arriving = spec.stages[index - 1]?.outChannels ?? stage.inChannels;
    const inChannels: Rule = [`${arriving}, what the stage before puts out`, (value) => value === arriving];
    check(owner, stage, { inChannels }, path);
  });
}

/** The part of `validateSpec` that one stage answers for; `owner` and `path` only go into the message. */
export function checkStage(owner: string, stage: BlockSpec, path = ""): void {
  check(owner, stage, { ...stageRules(), ...(stage?.block === "mbconv" ? mbconvRules() : fusedRules(stage)) }, path);
}

function check(owner: string, value: unknown, rules: Rules, path = ""): void {
  const fields: Readonly<Record<string, unknown>> = { ...(value as object) };
  for (const [field, rule] of Object.entries(rules)) {
    if (!isRule(rule)) check(owner, fields[field], rule, `${path}${field}.`);
    else if (!rule[1](fields[field])) {
      throw new EfficientNetError("invalid-argument", `${path}${field} of ${owner} is ${show(fields[field])}`, {
        expected: rule[0],
      });
    }
  }
}

const isRule = (rule: Rule | NestedRules): rule is Rule => Array.isArray(rule);

function show(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
