import * as tf from "@tensorflow/tfjs-core";
import { fromGradient, fromInput, fromOutput } from "./define-gradient.js";

const within = (inside: tf.Tensor, dy: tf.Tensor) => tf.mul(dy, tf.cast(inside, "float32"));
const between = (x: tf.Tensor, low: number, high: number) => tf.logicalAnd(tf.greater(x, low), tf.less(x, high));

/** Gradients of functions of one value. At the corners of relu and relu6 the slope is 0, as in PyTorch. */
export const ELEMENTWISE: readonly tf.GradConfig[] = [
  fromGradient("Neg", (dy) => tf.neg(dy)),
  fromGradient("Identity", (dy) => tf.clone(dy)),
  fromGradient("Cast", (dy) => tf.cast(dy, "float32")),
  fromInput("Square", (dy, x) => tf.mul(dy, tf.mul(x, 2))),
  fromOutput("Sqrt", (dy, y) => tf.div(dy, tf.mul(y, 2))),
  fromOutput("Rsqrt", (dy, y) => tf.mul(dy, tf.mul(tf.mul(y, -0.5), tf.square(y)))),
  fromOutput("Reciprocal", (dy, y) => tf.neg(tf.mul(dy, tf.square(y)))),
  fromOutput("Exp", (dy, y) => tf.mul(dy, y)),
  fromInput("Log", (dy, x) => tf.div(dy, x)),
  fromInput("Log1p", (dy, x) => tf.div(dy, tf.add(x, 1))),
  fromInput("Abs", (dy, x) => tf.sub(within(tf.greater(x, 0), dy), within(tf.less(x, 0), dy))),
  fromInput<{ readonly clipValueMin: number; readonly clipValueMax: number }>("ClipByValue", (dy, x, attributes) =>
    within(tf.logicalAnd(tf.greaterEqual(x, attributes.clipValueMin), tf.lessEqual(x, attributes.clipValueMax)), dy),
  ),
  fromOutput("Sigmoid", (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  fromOutput("Tanh", (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y)))),
  fromOutput("Relu", (dy, y) => within(tf.greater(y, 0), dy)),
  fromOutput("Relu6", (dy, y) => within(between(y, 0, 6), dy)),
  fromInput("Softplus", (dy, x) => tf.mul(dy, tf.sigmoid(x))),
  // Steps have a slope of 0 wherever they have one.
  ...["Step", "Floor", "Ceil", "Round", "Sign"].map((name) => fromGradient(name, (dy) => tf.zerosLike(dy))),
];
