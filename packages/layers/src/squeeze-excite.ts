import type { Activation } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { convolve } from "./convolve.js";
import type { SqueezeParams } from "./params.js";

/**
 * Squeeze-and-excitation: `x * sigmoid(expand(activation(reduce(mean of x over H and W))))`, shape kept.
 *
 * Source: Hu et al. 2018, equations 2 to 4; the gate is a sigmoid whatever the block's activation.
 */
export function squeezeExcite(params: SqueezeParams, x: tf.Tensor4D, activation: Activation): tf.Tensor4D {
  const pointwise = { stride: 1, padding: "same", depthwise: false } as const;
  const pooled = tf.mean(x, [1, 2], true) as tf.Tensor4D;
  const reduced = convolve(params.reduce, pooled, pointwise, activation);
  return tf.mul(x, tf.sigmoid(convolve(params.expand, reduced, pointwise)));
}
