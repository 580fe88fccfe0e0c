import * as tf from "@tensorflow/tfjs-core";
import type { DenseParams } from "./params.js";

/** A fully connected layer: `x * kernel + bias`, `[N,in] -> [N,out]`. */
export function dense(params: DenseParams, x: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.matMul(x, params.kernel), params.bias);
}
