import { batchNormActivation } from "@efficientnet/kernels";
import type { Activation } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { activate } from "./activation.js";
import type { BatchStatistics, Context } from "./mode.js";
import type { NormParams } from "./params.js";

/**
 * Batch norm over N, H and W, then the activation unless it is null:
 * `act(gamma * (x - mean) / sqrt(variance + epsilon) + beta)`, shape kept.
 *
 * The mode says which statistics: the stored ones, or the batch's own (biased variance, as every framework
 * normalises), which then leave through `mode.onStatistics` under `name`.
 */
export function batchNorm(
  params: NormParams,
  x: tf.Tensor4D,
  context: Context,
  name: string,
  activation: Activation | null = null,
): tf.Tensor4D {
  const { mode, epsilon } = context;
  if (!mode.training || mode.statistics === "running") {
    const y = tf.batchNorm(x, params.mean, params.variance, params.beta, params.gamma, epsilon);
    return activation === null ? y : activate(y, activation);
  }
  const fused = activation === "silu" ? activation : null;
  const { y, mean, variance } = batchNormActivation(x, params.gamma, params.beta, epsilon, fused);
  mode.onStatistics?.(name, unbiased(mean, variance, x));
  return activation === fused || activation === null ? y : activate(y, activation);
}

function unbiased(mean: tf.Tensor1D, variance: tf.Tensor1D, x: tf.Tensor4D): BatchStatistics {
  const count = x.shape[0] * x.shape[1] * x.shape[2];
  return { mean: tf.keep(tf.clone(mean)), variance: tf.keep(tf.mul(variance, count / Math.max(1, count - 1))), count };
}

/**
 * The stored statistics after one batch: `momentum * old + (1 - momentum) * batch`. `momentum` is TensorFlow's, the
 * share that is kept; PyTorch's is 1 minus it.
 */
export function updateStatistics(
  stored: Pick<NormParams, "mean" | "variance">,
  batch: Pick<BatchStatistics, "mean" | "variance">,
  momentum: number,
): Pick<NormParams, "mean" | "variance"> {
  const blend = (old: tf.Tensor1D, now: tf.Tensor1D): tf.Tensor1D =>
    tf.tidy(() => tf.add(tf.mul(old, momentum), tf.mul(now, 1 - momentum)));
  return { mean: blend(stored.mean, batch.mean), variance: blend(stored.variance, batch.variance) };
}
