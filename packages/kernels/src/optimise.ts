import type * as tf from "@tensorflow/tfjs-core";
import { FUSED } from "./fused-names.js";
import { runFused } from "./run-fused.js";

/** Weights with their gradient and what RMSProp remembers of them, all of one shape. */
export interface RmspropTensors {
  readonly value: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly meanSquare: tf.Tensor;
  readonly moment: tf.Tensor;
}

/** The numbers of a step; `share` is 1 minus RMSProp's decay, `decay` that of the weights (L2). */
export interface RmspropNumbers {
  readonly share: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly learningRate: number;
  readonly decay: number;
}

/**
 * A step of RMSProp in TensorFlow's form in one pass, where the active backend can; undefined where the caller has to
 * compose it: `meanSquare += share * (g^2 - meanSquare)`,
 * `moment = momentum * moment + learningRate * g / sqrt(meanSquare + epsilon)`, `value -= moment`, with
 * `g = gradient + decay * value`. The tensors are new.
 */
export function rmspropStep(
  { value, gradient, meanSquare, moment }: RmspropTensors,
  numbers: RmspropNumbers,
): Omit<RmspropTensors, "gradient"> | undefined {
  const made = runFused<tf.Tensor[]>(FUSED.rmsprop, { value, gradient, meanSquare, moment }, { ...numbers });
  return made && { value: made[0]!, meanSquare: made[1]!, moment: made[2]! };
}

/** `from + share * (to - from)` in one pass, where the active backend can; undefined where the caller has to compose it. */
export function blend(from: tf.Tensor, to: tf.Tensor, share: number): tf.Tensor | undefined {
  return runFused<tf.Tensor>(FUSED.blend, { from, to }, { share });
}
