import type { Activation } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { type ConvOptions, convolve } from "./convolve.js";
import { dense } from "./dense.js";
import type { ConvParams, DenseParams } from "./params.js";

/**
 * CondConv: one convolution whose kernel is mixed per example, `sum_e routing[n,e] * kernel[e]`, with kernels
 * `[experts, height, width, in, out]` and routing `[N, experts]`.
 *
 * Each example has a kernel of its own, so the batch is convolved one example at a time.
 * Source: Yang et al. 2019, equation 1, as in the released EfficientNet-CondConv code.
 */
export function condConvolve(
  params: ConvParams,
  x: tf.Tensor4D,
  routing: tf.Tensor2D,
  options: ConvOptions,
  activation: Activation | null = null,
): tf.Tensor4D {
  const [experts, ...kernelShape] = params.kernel.shape as [number, number, number, number, number];
  const mixed = tf.matMul(routing, tf.reshape(params.kernel, [experts, -1]));
  const examples = tf.split(x, x.shape[0]);
  const outputs = tf.split(mixed, x.shape[0]).map((kernel, n) => {
    const own = { kernel: tf.reshape(kernel, kernelShape), bias: params.bias };
    return convolve(own, examples[n] as tf.Tensor4D, options, activation);
  });
  return tf.concat(outputs, 0);
}

/** The share of each expert, `sigmoid(dense(mean of x))`: `[N,H,W,C] -> [N, experts]`. Shares need not sum to 1. */
export function routeExperts(params: DenseParams, x: tf.Tensor4D): tf.Tensor2D {
  return tf.sigmoid(dense(params, tf.mean(x, [1, 2]) as tf.Tensor2D));
}
