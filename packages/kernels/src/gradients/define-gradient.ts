import type * as tf from "@tensorflow/tfjs-core";

type Attributes = tf.NamedAttrMap;

/** The gradient of a kernel with one input `x`, from what reaches its output and that input. */
export function fromInput<A = Attributes>(
  kernelName: string,
  derive: (dy: tf.Tensor, x: tf.Tensor, attributes: A) => tf.Tensor,
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({ x: () => derive(dy as tf.Tensor, x as tf.Tensor, attributes as A) }),
  };
}

/** The same from the output, for functions whose slope is simpler in y; the input need not be kept then. */
export function fromOutput(
  kernelName: string,
  derive: (dy: tf.Tensor, y: tf.Tensor, attributes: Attributes) => tf.Tensor,
  input = "x",
): tf.GradConfig {
  return {
    kernelName,
    outputsToSave: [true],
    gradFunc: (dy, [y], attributes) => ({ [input]: () => derive(dy as tf.Tensor, y as tf.Tensor, attributes) }),
  };
}

/** The gradient of a kernel that moves values without changing them, so that nothing need be kept. */
export function fromGradient<A = Attributes>(
  kernelName: string,
  derive: (dy: tf.Tensor, attributes: A) => tf.Tensor,
  input = "x",
): tf.GradConfig {
  return {
    kernelName,
    gradFunc: (dy, _saved, attributes) => ({ [input]: () => derive(dy as tf.Tensor, attributes as A) }),
  };
}
