import { checkNumbers } from "./check-numbers.js";

/** The exponent of the cost below and above its target. */
export interface Exponents {
  /** Where the cost is at most the target. */
  readonly within: number;
  /** Where it is more. */
  readonly beyond: number;
}

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

/**
 * MnasNet's reward, `accuracy * (latency / target)^w`, with w by the side of the target.
 *
 * @throws `invalid-argument` when accuracy is negative, or latency or target is not positive.
 *
 * Source: MnasNet paper, section 3, equations 2 and 3.
 */
export function mnasReward({ accuracy, latency, target }: MnasMeasurement, exponents: Exponents = SOFT): number {
  checkNumbers({ latency, target }, { accuracy });
  return accuracy * (latency / target) ** (latency <= target ? exponents.within : exponents.beyond);
}

/** What a candidate reached and cost, by count. */
export interface EfficientNetMeasurement {
  readonly accuracy: number;
  /** Multiply-adds, which the paper calls FLOPS. */
  readonly macs: number;
  /** 400 million multiply-adds unless given. */
  readonly target?: number;
}

/**
 * The reward that found EfficientNet-B0, `accuracy * (macs / target)^-0.07`.
 *
 * @throws `invalid-argument` when accuracy is negative, or macs or target is not positive.
 *
 * Source: EfficientNet paper, section 4.
 */
export function efficientNetReward({ accuracy, macs, target = 400e6 }: EfficientNetMeasurement): number {
  checkNumbers({ macs, target }, { accuracy });
  return accuracy * (macs / target) ** -0.07;
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
  { stepTime: w = -0.07, parameters: v = -0.05 }: TrainingExponents = {},
): number {
  checkNumbers({ stepTime, parameters }, { accuracy });
  checkNumbers({
    "stepTime of the reference": reference.stepTime,
    "parameters of the reference": reference.parameters,
  });
  return accuracy * (stepTime / reference.stepTime) ** w * (parameters / reference.parameters) ** v;
}
