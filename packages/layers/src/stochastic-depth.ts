import * as tf from "@tensorflow/tfjs-core";
import type { Mode } from "./mode.js";

/**
 * Drops the whole branch of an example with probability `dropPathRate` and scales the kept ones by
 * `1 / (1 - dropPathRate)`, so that the expectation stays. Does nothing in evaluation.
 *
 * Papers and code also call this drop connect and survival probability; the rate here is that of dropping.
 * Source: Huang et al. 2016, section 3.
 */
export function stochasticDepth(x: tf.Tensor4D, dropPathRate: number, mode: Mode, salt: number): tf.Tensor4D {
  if (!mode.training || dropPathRate === 0) return x;
  const keep = 1 - dropPathRate;
  const draws = tf.randomUniform([x.shape[0], 1, 1, 1], 0, 1, "float32", mode.seed + salt * 7919);
  return tf.mul(x, tf.div(tf.cast(tf.less(draws, keep), "float32"), keep));
}

/** Dropout of single values before the classifier, scaled by `1 / (1 - dropoutRate)`; nothing in evaluation. */
export function dropout<T extends tf.Tensor>(x: T, dropoutRate: number, mode: Mode): T {
  if (!mode.training || dropoutRate === 0) return x;
  return tf.dropout(x, dropoutRate, undefined, mode.seed) as T;
}
