import type { Activation, Padding } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { activate, fusedActivation } from "./activation.js";
import type { ConvParams } from "./params.js";

/** Stride, padding and kind of a convolution. */
export interface ConvOptions {
  readonly stride: number;
  readonly padding: Padding;
  readonly depthwise: boolean;
}

/**
 * A convolution `[N,H,W,in] -> [N,H',W',out]` with bias and activation where given.
 *
 * H' is `ceil(H / stride)` for `same` and `floor((H + 2 p - k) / stride) + 1`, p = (k - 1) / 2, for `symmetric`.
 */
export function convolve(
  params: ConvParams,
  x: tf.Tensor4D,
  options: ConvOptions,
  activation: Activation | null = null,
): tf.Tensor4D {
  const filter = params.kernel as tf.Tensor4D;
  const fused = activation === null ? undefined : fusedActivation(activation);
  const shared = {
    x,
    filter,
    strides: options.stride,
    pad: tfjsPadding(options.padding, filter.shape[0]),
    ...(params.bias === undefined ? {} : { bias: params.bias }),
    ...(fused === undefined ? {} : { activation: fused }),
  };
  // Alone, a convolution keeps neither its output nor asks for the gradient of a picture, as the fused ones do.
  if (activation === null && params.bias === undefined) {
    const convolution = options.depthwise ? tf.depthwiseConv2d : tf.conv2d;
    return convolution(x, filter, shared.strides, shared.pad) as tf.Tensor4D;
  }
  const y = (options.depthwise ? tf.fused.depthwiseConv2d(shared) : tf.fused.conv2d(shared)) as tf.Tensor4D;
  return activation === null || fused !== undefined ? y : activate(y, activation);
}

/** tfjs's name or number for a padding. Its `same` is TensorFlow's, odd pixel at the bottom right. */
export function tfjsPadding(padding: Padding, kernelSize: number): "same" | number {
  return padding === "same" ? "same" : (kernelSize - 1) / 2;
}
