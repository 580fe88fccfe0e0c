import { EfficientNetError, unknownName } from "@efficientnet/errors";
import {
  efficientNetProduct,
  HARD,
  type Limits,
  mnasProduct,
  type RewardProduct,
  STRATEGY_NAMES,
  type StrategySettings,
  trainingAwareProduct,
} from "@efficientnet/nas";
import { type ArchitectureSpec, countParameters } from "@efficientnet/specs";
import { readText } from "../files/read-text.js";

export interface RewardOptions {
  /** `v2`, `v2-hard`, `mnasnet`, `efficientnet`, or a JSON file with factors. */
  readonly reward: string;
  /** Where the cost is neither rewarded nor punished: milliseconds of inference, or multiply-adds. */
  readonly target?: number;
}

type Build = (base: ArchitectureSpec, target: number | undefined) => RewardProduct;

const REWARDS: Readonly<Record<string, Build>> = {
  v2: (base) => relativeToBase(trainingAwareProduct({ stepTime: 1, parameters: countParameters(base).trainable })),
  "v2-hard": () => [
    { measure: "accuracy", exponent: 1 },
    { measure: "stepRatio", target: 1, exponent: HARD },
  ],
  mnasnet: (_, target) => {
    if (target !== undefined) return mnasProduct(target);
    throw new EfficientNetError("invalid-argument", "MnasNet's reward needs a target", {
      expected: "--target with milliseconds of inference on this machine",
    });
  },
  efficientnet: (_, target) => efficientNetProduct(target),
};

/** Step times as multiples of the base's, which the evaluation times in the same turns. */
function relativeToBase(reward: RewardProduct): RewardProduct {
  return reward.map((factor) => (factor.measure === "stepTime" ? { ...factor, measure: "stepRatio" } : factor));
}

/** @throws `unknown-name`; `invalid-argument` without a target where one is needed; `wrong-file`. */
export async function readReward({ reward, target }: RewardOptions, base: ArchitectureSpec): Promise<RewardProduct> {
  if (reward.endsWith(".json")) return parseReward(reward, await readText(reward, "reward"));
  const build = REWARDS[reward];
  if (build === undefined) throw unknownName("reward", reward, Object.keys(REWARDS));
  return build(base, target);
}

function parseReward(path: string, text: string): RewardProduct {
  try {
    return JSON.parse(text) as RewardProduct;
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `${path} is not JSON`, {
      expected: '[{ "measure": "accuracy", "exponent": 1 }, { "measure": "latency", "target": 20, "exponent": -0.07 }]',
      cause,
    });
  }
}

/** @throws `unknown-name` with near matches. */
export function strategyNamed(text: string): StrategySettings {
  const name = STRATEGY_NAMES.find((one) => one === text);
  if (name === undefined) throw unknownName("strategy", text, STRATEGY_NAMES);
  return { name };
}

export type LimitOptions = Omit<Limits, "imageSize">;

export function limitsOf(options: LimitOptions, imageSize: number): Limits {
  const { minParameters, maxParameters, minMacs, maxMacs } = options;
  const given = Object.entries({ minParameters, maxParameters, minMacs, maxMacs }).filter(
    ([, value]) => value !== undefined,
  );
  return given.length === 0 ? {} : { ...Object.fromEntries(given), imageSize };
}
