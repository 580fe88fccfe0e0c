import type * as tf from "@tensorflow/tfjs-core";

/** Kernel `[height, width, in, out]`, or `[height, width, channels, 1]` for depthwise; CondConv puts experts in front. */
export interface ConvParams {
  readonly kernel: tf.Tensor;
  readonly bias?: tf.Tensor1D | undefined;
}

/** Scale, offset and stored statistics of a batch norm, one value for each channel. */
export interface NormParams {
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** `norm` is absent once it has been folded into kernel and bias. */
export interface ConvNormParams {
  readonly conv: ConvParams;
  readonly norm?: NormParams | undefined;
}

/** Kernel `[in, out]`. */
export interface DenseParams {
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

/** Two 1x1 convolutions with biases. */
export interface SqueezeParams {
  readonly reduce: ConvParams;
  readonly expand: ConvParams;
}

/** The tensors of an MBConv block; what the block does not have is absent. */
export interface MBConvParams {
  readonly routing?: DenseParams | undefined;
  readonly expand?: ConvNormParams | undefined;
  readonly depthwise: ConvNormParams;
  readonly squeeze?: SqueezeParams | undefined;
  readonly project: ConvNormParams;
}

/** The tensors of a Fused-MBConv block; what the block does not have is absent. */
export interface FusedMBConvParams {
  readonly expand: ConvNormParams;
  readonly squeeze?: SqueezeParams | undefined;
  readonly project?: ConvNormParams | undefined;
}
