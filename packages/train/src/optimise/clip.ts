import * as tf from "@tensorflow/tfjs-core";
import type { TensorMap } from "./optimiser.js";

/** The root of the sum of all squares, as a scalar. */
export function globalNorm(gradients: TensorMap): tf.Scalar {
  const squares = () => [...gradients.values()].map((gradient) => tf.sum(tf.square(gradient)));
  return tf.tidy(() => tf.sqrt(tf.addN(squares())) as tf.Scalar);
}

/**
 * Gradients whose global norm is at most `limit`, all scaled by the same `limit / max(norm, limit)`.
 * Source: Pascanu et al. 2013, algorithm 1. The caller owns the new tensors.
 */
export function clipByGlobalNorm(gradients: TensorMap, limit: number): TensorMap {
  const scale = tf.tidy(() => tf.div(limit, tf.maximum(globalNorm(gradients), limit)));
  try {
    return new Map([...gradients].map(([name, gradient]) => [name, tf.mul(gradient, scale)]));
  } finally {
    scale.dispose();
  }
}
