import { EfficientNetError } from "@efficientnet/errors";
import { checkNumbers } from "./check-numbers.js";
import type { Objective } from "./pareto-front.js";

/** The exponent of a measure below and above its target. */
export interface Exponents {
  /** Where the measure is at most the target. */
  readonly within: number;
  /** Where it is more. */
  readonly beyond: number;
}

/** One factor of a reward: `(measure / target)^exponent`. */
export interface RewardFactor {
  /** The name of something measured: `accuracy`, `stepTime`, `latency`, `parameters`, `macs`, or a name of your own. */
  readonly measure: string;
  /** In the unit of the measure; 1 unless given. */
  readonly target?: number;
  /** One number, or one on each side of the target. Negative makes it a cost. */
  readonly exponent: number | Exponents;
}

/** A reward as data: the product of its factors. */
export type RewardProduct = readonly RewardFactor[];

/** What was measured about a network, by name. */
export type Measured = Readonly<Record<string, number>>;

const sides = ({ exponent }: RewardFactor): Exponents =>
  typeof exponent === "number" ? { within: exponent, beyond: exponent } : exponent;

const isCost = (factor: RewardFactor) => Math.min(sides(factor).within, sides(factor).beyond) < 0;

/**
 * Throws `invalid-argument` for a reward without factors, with a measure named twice, with a target that is not positive
 * or an exponent that is not a number, or that rises on one side of a target and falls on the other.
 */
export function validateReward(reward: RewardProduct): void {
  if (!Array.isArray(reward) || reward.length === 0) {
    throw new EfficientNetError("invalid-argument", "the reward has no factor", { expected: "at least one" });
  }
  const named = new Set<string>();
  for (const factor of reward) {
    const { measure, target = 1 } = factor;
    if (named.has(measure)) throw new EfficientNetError("invalid-argument", `the reward names ${measure} twice`);
    named.add(measure);
    checkNumbers({ [`target of ${measure}`]: target });
    const { within, beyond } = sides(factor);
    if (Number.isFinite(within) && Number.isFinite(beyond) && within * beyond >= 0) continue;
    throw new EfficientNetError("invalid-argument", `exponents of ${measure} are ${within} and ${beyond}`, {
      expected: "two numbers, neither with the sign opposite to the other's",
    });
  }
}

/**
 * The reward of a measured network: the product over the factors of `(measured / target)^exponent`, the exponent by the
 * side of the target. The papers' rewards are three of these.
 *
 * @throws `invalid-argument` for a measure that is missing, not a number, negative, or 0 where it is a cost.
 *
 * Source: MnasNet paper, section 3, equations 2 and 3; EfficientNetV2 paper, section 3.3.
 */
export function productReward(reward: RewardProduct, measured: Measured): number {
  return reward.reduce((product, factor) => {
    const { measure, target = 1 } = factor;
    const value = Object.hasOwn(measured, measure) ? measured[measure] : undefined;
    if (value === undefined) {
      throw new EfficientNetError("invalid-argument", `${measure} was not measured, and the reward needs it`, {
        received: Object.keys(measured).join(", ") || "nothing measured",
      });
    }
    const named = { [measure]: value };
    if (isCost(factor)) checkNumbers(named);
    else checkNumbers({}, named);
    const { within, beyond } = sides(factor);
    return product * (value / target) ** (value <= target ? within : beyond);
  }, 1);
}

/** What a reward weighs against each other, for `paretoFront`: each measure, less of what is a cost, more of the rest. */
export function objectivesOf<Item>(
  reward: RewardProduct,
  measuredOf: (item: Item) => Measured,
): readonly Objective<Item>[] {
  return reward.map((factor) => ({
    goal: isCost(factor) ? "minimise" : "maximise",
    value: (item) => measuredOf(item)[factor.measure] ?? Number.NaN,
  }));
}
