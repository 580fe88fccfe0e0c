import * as tf from "@tensorflow/tfjs-core";
import { FUSED } from "./fused-names.js";
import { runFused } from "./run-fused.js";
import { siluSlope } from "./silu.js";

/** A map after batch norm, and what it was normalised by. */
export interface NormalisedBatch<T extends tf.Tensor = tf.Tensor> {
  readonly y: T;
  /** Mean of each channel. No gradient goes through it. */
  readonly mean: tf.Tensor1D;
  /** Biased variance of each channel, the sum of squares over the count. No gradient goes through it. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch norm with the batch's own statistics over all axes but the last, then SiLU where asked for:
 * `act(gamma (x - mean) / sqrt(variance + epsilon) + beta)`. Differentiable in x, gamma and beta.
 *
 * Two passes forward and two back after `prepareTraining` on wasm, composed elsewhere; of the maps, only x is kept for
 * the gradient. Source: Ioffe and Szegedy 2015, algorithm 1.
 */
export function batchNormActivation<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  activation: "silu" | null = null,
): NormalisedBatch<T> {
  const activated = activation === "silu";
  const channels = gamma.shape[0];
  const moments = momentsOf(x);
  const normalise = tf.customGrad((...args) => {
    const save = args[3] as tf.GradSaveFunc;
    save([x, moments, gamma, beta]);
    return {
      value: forward(x, moments, gamma, beta, epsilon, activated),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        backward(dy, saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor], epsilon, activated),
    };
  });
  const row = (i: number) => tf.reshape(tf.slice(moments, [i, 0], [1, channels]), [channels]) as tf.Tensor1D;
  return { y: normalise(x, gamma, beta) as T, mean: row(0), variance: row(1) };
}

/** `[2, C]`, means and biased variances, as a constant: the gradient of the norm accounts for them. */
const momentsOf = tf.customGrad((input) => {
  const x = input as tf.Tensor;
  const value = runFused<tf.Tensor>(FUSED.moments, { x }) ?? composedMoments(x);
  return { value, gradFunc: () => tf.zerosLike(x) };
}) as (x: tf.Tensor) => tf.Tensor;

const axesOf = (x: tf.Tensor) => x.shape.slice(0, -1).map((_, axis) => axis);

function composedMoments(x: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, axesOf(x));
  return tf.stack([mean, variance]);
}

function forward(
  x: tf.Tensor,
  moments: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
  activated: boolean,
): tf.Tensor {
  const inputs = { x, moments, gamma, beta };
  const fused = runFused<tf.Tensor>(FUSED.norm, inputs, { epsilon, activated });
  if (fused !== undefined) return fused;
  const { normal } = normalised(x, moments, epsilon);
  const z = tf.add(tf.mul(normal, gamma), beta);
  return activated ? (runFused<tf.Tensor>(FUSED.silu, { x: z }) ?? tf.mul(z, tf.sigmoid(z))) : z;
}

function normalised(x: tf.Tensor, moments: tf.Tensor, epsilon: number) {
  const [mean, variance] = tf.unstack(moments) as [tf.Tensor, tf.Tensor];
  const steepness = tf.rsqrt(tf.add(variance, epsilon));
  return { normal: tf.mul(tf.sub(x, mean), steepness), steepness };
}

/** See `normBackward` in assembly/norm.ts for the formula. */
function backward(
  dy: tf.Tensor,
  [x, moments, gamma, beta]: [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor],
  epsilon: number,
  activated: boolean,
): tf.Tensor[] {
  const inputs = { dy, x, moments, gamma, beta };
  const fused = runFused<tf.Tensor[]>(FUSED.normGradient, inputs, { epsilon, activated });
  if (fused !== undefined) return fused;
  return tf.tidy(() => {
    const { normal, steepness } = normalised(x, moments, epsilon);
    const axes = axesOf(x);
    const dz = activated ? tf.mul(dy, siluSlope(tf.add(tf.mul(normal, gamma), beta))) : dy;
    const dBeta = tf.sum(dz, axes);
    const dGamma = tf.sum(tf.mul(dz, normal), axes);
    const share = dBeta.size / x.size;
    const centred = tf.sub(tf.sub(dz, tf.mul(dBeta, share)), tf.mul(normal, tf.mul(dGamma, share)));
    return [tf.mul(centred, tf.mul(gamma, steepness)), dGamma, dBeta];
  });
}
