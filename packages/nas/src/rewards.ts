import { checkNumbers } from "./check-numbers.js";
import { type Exponents, productReward, type RewardProduct } from "./reward-product.js";

/** One exponent on both sides: doubling the cost must buy about 5 % relative accuracy. Source: MnasNet paper, section 3. */
export const SOFT: Exponents = { within: -0.07, beyond: -0.07 };

/** Accuracy alone within the target, and no more than its proportional share beyond. Source: MnasNet paper, section 3. */
export const HARD: Exponents = { within: 0, beyond: -1 };

/** What a candidate reached and cost. */
export interface MnasMeasurement {
  readonly accuracy: number;
  /** Any unit, the same as the target's. */
  readonly latency: number;
  /** 75 ms on a Pixel 1 in the paper. */
  readonly target: number;
}

/** MnasNet's reward as data: accuracy and latency. */
export const mnasProduct = (target: number, exponent: Exponents = SOFT): RewardProduct => [
  { measure: "accuracy", exponent: 1 },
  { measure: "latency", target, exponent },
];

/**
 * MnasNet's reward, `accuracy * (latency / target)^w`, with w by the side of the target.
 *
 * @throws `invalid-argument` when accuracy is negative, or latency or target is not positive.
 *
 * Source: MnasNet paper, section 3, equations 2 and 3.
 */
export function mnasReward({ accuracy, latency, target }: MnasMeasurement, exponents: Exponents = SOFT): number {
  checkNumbers({ latency, target }, { accuracy });
  return productReward(mnasProduct(target, exponents), { accuracy, latency });
}

/** What a candidate reached and cost, by count. */
export interface EfficientNetMeasurement {
  readonly accuracy: number;
  /** Multiply-adds, which the paper calls FLOPS. */
  readonly macs: number;
  /** 400 million multiply-adds unless given. */
  readonly target?: number;
}

/** EfficientNet-B0's reward as data: accuracy and multiply-adds. */
export const efficientNetProduct = (target = 400e6): RewardProduct => [
  { measure: "accuracy", exponent: 1 },
  { measure: "macs", target, exponent: -0.07 },
];

/**
 * The reward that found EfficientNet-B0, `accuracy * (macs / target)^-0.07`.
 *
 * @throws `invalid-argument` when accuracy is negative, or macs or target is not positive.
 *
 * Source: EfficientNet paper, section 4.
 */
export function efficientNetReward({ accuracy, macs, target = 400e6 }: EfficientNetMeasurement): number {
  checkNumbers({ macs, target }, { accuracy });
  return productReward(efficientNetProduct(target), { accuracy, macs });
}

/** Time of a training step, in any one unit, and parameters. */
export interface TrainingCost {
  readonly stepTime: number;
  readonly parameters: number;
}

/** What a candidate reached, and what training it costs. */
export interface TrainingMeasurement extends TrainingCost {
  readonly accuracy: number;
}

/** Exponents of the two costs; the paper's are -0.07 and -0.05. */
export interface TrainingExponents {
  readonly stepTime?: number;
  readonly parameters?: number;
}

/** The training-aware reward as data: accuracy, time of a training step and parameters, relative to a reference. */
export const trainingAwareProduct = (
  reference: TrainingCost,
  { stepTime = -0.07, parameters = -0.05 }: TrainingExponents = {},
): RewardProduct => [
  { measure: "accuracy", exponent: 1 },
  { measure: "stepTime", target: reference.stepTime, exponent: stepTime },
  { measure: "parameters", target: reference.parameters, exponent: parameters },
];

/**
 * EfficientNetV2's training-aware reward, `A * S^w * P^v`, with w = -0.07 and v = -0.05. The paper says that S is
 * normalised and leaves open how; here S and P are multiples of a reference network's, so that the reference is rewarded
 * with its accuracy. Another reference scales all rewards alike and changes no ranking.
 *
 * @throws `invalid-argument` when accuracy is negative, or a cost is not positive.
 *
 * Source: EfficientNetV2 paper, section 3.3.
 */
export function trainingAwareReward(
  { accuracy, stepTime, parameters }: TrainingMeasurement,
  reference: TrainingCost,
  exponents: TrainingExponents = {},
): number {
  checkNumbers({ stepTime, parameters }, { accuracy });
  checkNumbers({
    "stepTime of the reference": reference.stepTime,
    "parameters of the reference": reference.parameters,
  });
  return productReward(trainingAwareProduct(reference, exponents), { accuracy, stepTime, parameters });
}
