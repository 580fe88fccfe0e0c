import * as tf from "@tensorflow/tfjs-core";

/** Everything but the channels. */
const axesOf = (x: tf.Tensor) => x.shape.slice(0, -1).map((_, axis) => axis);

/**
 * Batch norm with stored statistics, as fine-tuning a frozen backbone has it: `scale * (x - mean) * r + offset` with
 * `r = 1 / sqrt(variance + epsilon)`, over the last axis.
 */
export const FROZEN_BATCH_NORM: tf.GradConfig = {
  kernelName: "FusedBatchNorm",
  inputsToSave: ["x", "mean", "variance", "scale"],
  gradFunc: (dy, saved, attributes) => {
    const [x, mean, variance, scale] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor | undefined];
    const output = dy as tf.Tensor;
    const axes = axesOf(x);
    const steepness = () => tf.rsqrt(tf.add(variance, attributes.varianceEpsilon as number));
    const slope = () => (scale === undefined ? steepness() : tf.mul(scale, steepness()));
    const sumOfCentred = () => tf.sum(tf.mul(output, tf.sub(x, mean)), axes);
    return {
      x: () => tf.mul(output, slope()),
      mean: () => tf.neg(tf.mul(tf.sum(output, axes), slope())),
      variance: () => tf.mul(sumOfCentred(), tf.mul(slope(), tf.mul(tf.square(steepness()), -0.5))),
      scale: () => tf.mul(sumOfCentred(), steepness()),
      offset: () => tf.sum(output, axes),
    };
  },
};
