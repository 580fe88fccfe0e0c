import * as tf from "@tensorflow/tfjs-core";
import { FUSED } from "./fused-names.js";
import { runFused } from "./run-fused.js";

/**
 * `x * sigmoid(x)`, also called swish, of any shape. One pass forward and one back after `prepareTraining` on a backend
 * for which there is a kernel, composed of tfjs's own otherwise; differentiable either way. Only x is kept for the
 * gradient. Source: Elfwing et al. 2018; Ramachandran et al. 2017.
 */
export function silu<T extends tf.Tensor>(x: T): T {
  return differentiable(x) as T;
}

const differentiable = tf.customGrad((input, save) => {
  const x = input as tf.Tensor;
  (save as tf.GradSaveFunc)([x]);
  const value = runFused<tf.Tensor>(FUSED.silu, { x }) ?? tf.mul(x, tf.sigmoid(x));
  return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => siluGradient(dy, saved[0] as tf.Tensor) };
});

function siluGradient(dy: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return runFused<tf.Tensor>(FUSED.siluGradient, { dy, x }) ?? tf.tidy(() => tf.mul(dy, siluSlope(x)));
}

/** `s (1 + x (1 - s))` with `s = sigmoid(x)`. */
export function siluSlope(x: tf.Tensor): tf.Tensor {
  const s = tf.sigmoid(x);
  return tf.mul(s, tf.add(1, tf.mul(x, tf.sub(1, s))));
}
