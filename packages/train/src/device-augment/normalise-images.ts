import type { PreprocessSpec } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";

/** Levels from 0 to 255 as model input: `(level / 255 - mean) / std`. */
export function normaliseImages(images: tf.Tensor4D, { mean, std }: Pick<PreprocessSpec, "mean" | "std">): tf.Tensor4D {
  return tf.tidy(() => tf.div(tf.sub(tf.div(images, 255), tf.tensor1d([...mean])), tf.tensor1d([...std])));
}
