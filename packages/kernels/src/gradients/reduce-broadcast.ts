import * as tf from "@tensorflow/tfjs-core";

/** Sums a gradient over the axes along which its operand was broadcast, which gives it the operand's shape. */
export function reduceBroadcast(dy: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, dy.shape);
  return tf.reshape(axes.length === 0 ? dy : tf.sum(dy, axes), shape);
}
