import { type Random, seededRandom } from "@efficientnet/random";
import * as tf from "@tensorflow/tfjs-core";
import type { Mode } from "./mode.js";

/**
 * Drops the whole branch of an example with probability `dropPathRate` and scales the kept ones by
 * `1 / (1 - dropPathRate)`, so that the expectation stays. Does nothing in evaluation.
 *
 * What is dropped follows from the mode's seed and `salt`, the block's number, alone. Papers and code also call this
 * drop connect and survival probability; the rate here is that of dropping. Source: Huang et al. 2016, section 3.
 */
export function stochasticDepth(x: tf.Tensor4D, dropPathRate: number, mode: Mode, salt: number): tf.Tensor4D {
  if (!mode.training || dropPathRate === 0) return x;
  const random = seededRandom(mode.seed, "drop path", salt);
  return tf.mul(x, tf.tensor4d(keptShares(x.shape[0], dropPathRate, random), [x.shape[0], 1, 1, 1]));
}

/** Dropout of single values before the classifier, scaled by `1 / (1 - dropoutRate)`; nothing in evaluation. */
export function dropout<T extends tf.Tensor>(x: T, dropoutRate: number, mode: Mode): T {
  if (!mode.training || dropoutRate === 0) return x;
  const random = seededRandom(mode.seed, "dropout");
  return tf.mul(x, tf.tensor(keptShares(x.size, dropoutRate, random), x.shape)) as T;
}

/** 0 with probability `rate`, else what keeps the expectation. */
function keptShares(length: number, rate: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => (random() < rate ? 0 : 1 / (1 - rate)));
}
