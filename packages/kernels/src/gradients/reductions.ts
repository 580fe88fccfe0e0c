import * as tf from "@tensorflow/tfjs-core";
import { fromInput, fromOutput } from "./define-gradient.js";

interface AxisAttributes {
  readonly axis: number | number[];
}

/** Gives dy the axes that were summed away, with length 1. */
function keepAxes(dy: tf.Tensor, shape: readonly number[], axis: number | number[]): tf.Tensor {
  const axes = tf.util.parseAxisParam(axis, [...shape]);
  return tf.reshape(
    dy,
    shape.map((length, i) => (axes.includes(i) ? 1 : length)),
  );
}

/** Adding zeros broadcasts by a fast elementwise kernel on every backend; tiling is slow on some. */
const broadcast = (dy: tf.Tensor, shape: number[]) => tf.add(dy, tf.zeros(shape));

/** Gradients of sums over axes and of what normalises by them. */
export const REDUCTIONS: readonly tf.GradConfig[] = [
  fromInput<AxisAttributes>("Sum", (dy, x, { axis }) => broadcast(keepAxes(dy, x.shape, axis), x.shape)),
  fromInput<AxisAttributes>("Mean", (dy, x, { axis }) => {
    const share = tf.mul(dy, dy.size / x.size);
    return broadcast(keepAxes(share, x.shape, axis), x.shape);
  }),
  {
    kernelName: "Max",
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => ({ x: () => ofExtreme(dy as tf.Tensor, saved, attributes) }),
  },
  {
    kernelName: "Min",
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => ({ x: () => ofExtreme(dy as tf.Tensor, saved, attributes) }),
  },
  fromOutput(
    "Softmax",
    (dy, y, attributes) => {
      const weighted = tf.mul(dy, y);
      return tf.sub(weighted, tf.mul(tf.sum(weighted, attributes.dim as number, true), y));
    },
    "logits",
  ),
  fromOutput(
    "LogSoftmax",
    (dy, y, attributes) => tf.sub(dy, tf.mul(tf.sum(dy, attributes.axis as number, true), tf.exp(y))),
    "logits",
  ),
];

/** Every value that equals the extreme gets the gradient. */
function ofExtreme(dy: tf.Tensor, [x, y]: tf.Tensor[], attributes: tf.NamedAttrMap): tf.Tensor {
  const input = x as tf.Tensor;
  const axis = (attributes.reductionIndices ?? attributes.axis) as number[];
  const extreme = keepAxes(y as tf.Tensor, input.shape, axis);
  return tf.mul(keepAxes(dy, input.shape, axis), tf.cast(tf.equal(input, extreme), "float32"));
}
