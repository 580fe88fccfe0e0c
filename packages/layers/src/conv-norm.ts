import type { Activation } from "@efficientnet/specs";
import type * as tf from "@tensorflow/tfjs-core";
import { batchNorm } from "./batch-norm.js";
import { condConvolve } from "./cond-conv.js";
import { type ConvOptions, convolve } from "./convolve.js";
import type { Context } from "./mode.js";
import type { ConvNormParams } from "./params.js";

/** What a convolution with its norm and activation needs to know besides its tensors. */
export interface ConvNormOptions extends ConvOptions {
  /** Canonical prefix, such as `stages.2.1.expand`; batch statistics leave under it. */
  readonly name: string;
  /** null for the linear projection of a bottleneck. */
  readonly activation: Activation | null;
  /** CondConv: share of each expert per example, `[N, experts]`. */
  readonly routing?: tf.Tensor2D | undefined;
}

/** Convolution, batch norm, activation. With the norm folded away, one fused convolution does all three. */
export function convNorm(
  params: ConvNormParams,
  x: tf.Tensor4D,
  options: ConvNormOptions,
  context: Context,
): tf.Tensor4D {
  const { routing, activation } = options;
  const convolution = (act: Activation | null) =>
    routing === undefined
      ? convolve(params.conv, x, options, act)
      : condConvolve(params.conv, x, routing, options, act);
  if (params.norm === undefined) return convolution(activation);
  return batchNorm(params.norm, convolution(null), context, `${options.name}.norm`, activation);
}
