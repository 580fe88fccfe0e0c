import * as tf from "@tensorflow/tfjs-core";
import { reduceBroadcast } from "./reduce-broadcast.js";

interface BinaryGradient {
  readonly a: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  readonly b: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
}

/** Both derivatives of a function of two broadcast operands, each at the shape of the output. */
function binary(kernelName: string, gradient: BinaryGradient): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const of = (operand: "a" | "b") => () =>
        reduceBroadcast(gradient[operand](dy as tf.Tensor, a, b), (operand === "a" ? a : b).shape);
      return { a: of("a"), b: of("b") };
    },
  };
}

const keep = (dy: tf.Tensor) => dy;
const where = (condition: tf.Tensor, dy: tf.Tensor) => tf.mul(dy, tf.cast(condition, "float32"));

/** Gradients of arithmetic with broadcasting. At a tie, a maximum or minimum passes its gradient to both operands. */
export const ARITHMETIC: readonly tf.GradConfig[] = [
  binary("Add", { a: keep, b: keep }),
  binary("Sub", { a: keep, b: (dy) => tf.neg(dy) }),
  binary("Multiply", { a: (dy, _a, b) => tf.mul(dy, b), b: (dy, a) => tf.mul(dy, a) }),
  binary("RealDiv", {
    a: (dy, _a, b) => tf.div(dy, b),
    b: (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  }),
  binary("Maximum", {
    a: (dy, a, b) => where(tf.greaterEqual(a, b), dy),
    b: (dy, a, b) => where(tf.lessEqual(a, b), dy),
  }),
  binary("Minimum", {
    a: (dy, a, b) => where(tf.lessEqual(a, b), dy),
    b: (dy, a, b) => where(tf.greaterEqual(a, b), dy),
  }),
  binary("SquaredDifference", {
    a: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
    b: (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
  }),
  {
    kernelName: "AddN",
    saveAllInputs: true,
    gradFunc: (dy, saved) => Object.fromEntries(saved.map((_, i) => [i, () => tf.clone(dy as tf.Tensor)])),
  },
  {
    kernelName: "Select",
    inputsToSave: ["condition"],
    gradFunc: (dy, [condition]) => ({
      t: () => where(condition as tf.Tensor, dy as tf.Tensor),
      e: () => where(tf.logicalNot(condition as tf.Tensor), dy as tf.Tensor),
    }),
  },
];
