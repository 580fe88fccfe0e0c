import { drawNormal, seededRandom } from "@efficientnet/random";
import type { TensorShape } from "@efficientnet/specs";

/**
 * The values a tensor starts training with, from a seed; a tensor's values depend on the seed and its name alone.
 *
 * - convolutions: normal with standard deviation `sqrt(2 / fanOut)`, fanOut = k * k * out;
 *   for depthwise fanOut = k * k, as in the released TensorFlow code (and timm)
 * - dense: uniform in ±1/sqrt(out) for the classifier, in ±1/sqrt(in + out) for a router of CondConv, as in timm
 * - biases, beta, mean: 0; gamma, variance: 1
 *
 * Source: tensorflow/tpu efficientnet_model.py and google/automl effnetv2_model.py, `conv_kernel_initializer` and
 * `dense_kernel_initializer`.
 */
export function initTensor({ name, shape, role }: TensorShape, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const random = seededRandom(seed, name);
  switch (role) {
    case "conv-kernel":
    case "depthwise-kernel": {
      const [height = 1, width = 1, , outputs = 1] = shape.slice(-4);
      const deviation = Math.sqrt(2 / (height * width * outputs));
      return values.map(() => deviation * drawNormal(random));
    }
    case "dense-kernel": {
      const [inputs = 0, outputs = 1] = shape;
      const limit = 1 / Math.sqrt(outputs + (name.endsWith(".routing.kernel") ? inputs : 0));
      return values.map(() => limit * (2 * random() - 1));
    }
    case "gamma":
    case "variance":
      return values.fill(1);
    case "bias":
    case "beta":
    case "mean":
      return values;
  }
}
