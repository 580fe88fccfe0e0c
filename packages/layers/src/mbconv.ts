import type { Block } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { routeExperts } from "./cond-conv.js";
import { type ConvNormOptions, convNorm } from "./conv-norm.js";
import type { Context } from "./mode.js";
import type { FusedMBConvParams, MBConvParams } from "./params.js";
import { squeezeExcite } from "./squeeze-excite.js";
import { stochasticDepth } from "./stochastic-depth.js";

/**
 * Inverted bottleneck: 1x1 expansion, k x k depthwise, squeeze-and-excitation, 1x1 linear projection, residual.
 * `[N,H,W,in] -> [N,H/stride,W/stride,out]`. Source: EfficientNet paper, section 4; MobileNetV2, section 3.3.
 */
export function mbConv(params: MBConvParams, x: tf.Tensor4D, block: Block, context: Context): tf.Tensor4D {
  const routing = params.routing === undefined ? undefined : routeExperts(params.routing, x);
  const part = partOptions(block, routing);
  let y = x;
  if (params.expand) y = convNorm(params.expand, y, part("expand"), context);
  y = convNorm(params.depthwise, y, { ...part("depthwise"), depthwise: true, stride: block.stride }, context);
  if (params.squeeze) y = squeezeExcite(params.squeeze, y, block.activation);
  y = convNorm(params.project, y, { ...part("project"), activation: null }, context);
  return addResidual(x, y, block, context);
}

/**
 * Fused inverted bottleneck: k x k convolution, squeeze-and-excitation where given, 1x1 linear projection, residual.
 * Without projection (released V2, expand ratio 1) it is the k x k convolution with its activation and the residual.
 * Source: EfficientNetV2 paper, section 3.2 and figure 2.
 */
export function fusedMBConv(params: FusedMBConvParams, x: tf.Tensor4D, block: Block, context: Context): tf.Tensor4D {
  const part = partOptions(block);
  let y = convNorm(params.expand, x, { ...part("expand"), stride: block.stride }, context);
  if (params.squeeze) y = squeezeExcite(params.squeeze, y, block.activation);
  if (params.project) y = convNorm(params.project, y, { ...part("project"), activation: null }, context);
  return addResidual(x, y, block, context);
}

function partOptions({ name, padding, activation }: Block, routing?: tf.Tensor2D) {
  return (part: string): ConvNormOptions => ({
    name: `${name}.${part}`,
    stride: 1,
    padding,
    depthwise: false,
    activation,
    routing,
  });
}

function addResidual(x: tf.Tensor4D, y: tf.Tensor4D, block: Block, { mode }: Context): tf.Tensor4D {
  return block.residual ? tf.add(x, stochasticDepth(y, block.dropPathRate, mode, block.index)) : y;
}
