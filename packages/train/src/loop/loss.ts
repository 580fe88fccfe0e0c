import * as tf from "@tensorflow/tfjs-core";

/** Labels whose mass `smoothing` is shared out evenly: `labels * (1 - smoothing) + smoothing / classes`. */
export function smoothLabels(labels: tf.Tensor2D, smoothing: number): tf.Tensor2D {
  if (smoothing === 0) return tf.clone(labels);
  return tf.tidy(() => tf.add(tf.mul(labels, 1 - smoothing), smoothing / labels.shape[1]));
}

/**
 * Softmax cross-entropy with soft labels, mean over the batch: `-mean_n sum_c labels * log softmax(logits)`.
 *
 * Its gradient is `(softmax(logits) * sum_c labels - labels) / N`, in one piece, so that no logarithm of 0 is taken.
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  const loss = tf.customGrad((x, save) => {
    const inputs = x as tf.Tensor2D;
    const value = tf.tidy(() => tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(inputs)), 1))));
    (save as tf.GradSaveFunc)([inputs]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      tf.mul(dy, crossEntropyGradient(saved[0] as tf.Tensor2D, labels));
    return { value, gradFunc };
  });
  return loss(logits) as tf.Scalar;
}

/** The gradient of `crossEntropy` with respect to the logits. */
export function crossEntropyGradient(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const mass = tf.sum(labels, 1, true);
    return tf.div(tf.sub(tf.mul(tf.softmax(logits), mass), labels), logits.shape[0]);
  });
}
