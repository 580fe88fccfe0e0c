import { EfficientNetError } from "@efficientnet/errors";
import type { BatchStatistics, Mode } from "@efficientnet/layers";
import type { ArchitectureSpec } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { forwardMaps } from "./forward.js";
import type { NetworkParams } from "./params.js";

/**
 * Replaces every batch norm's statistics by those of one batch, so that evaluation scales the maps of this batch as
 * training does. It gives a network that was never trained, or that meets pictures of another kind, statistics of its
 * own. The variance is the batch's biased one: the unbiased would let maps of few pixels grow from norm to norm.
 *
 * Returns new parameters; the tensors that did not change are shared with `params`, the new ones are the caller's.
 *
 * @throws `invalid-argument` when a norm sees one value of each channel, which has no variance.
 */
export function calibrateStatistics(spec: ArchitectureSpec, params: NetworkParams, x: tf.Tensor4D): NetworkParams {
  const made = new Map<string, tf.Tensor>();
  const mode: Mode = {
    training: true,
    seed: 0,
    statistics: "batch",
    onStatistics: (name, statistics) => {
      made.set(`${name}.mean`, statistics.mean).set(`${name}.variance`, statistics.variance);
      made.set(`${name}.variance`, biasedVariance(name, statistics));
    },
  };
  try {
    // No branch may be dropped while statistics are taken.
    forwardMaps({ ...spec, dropPathRate: 0 }, params, x, mode).dispose();
  } catch (error) {
    tf.dispose([...made.values()]);
    throw error;
  }
  return new Map([...params, ...made]);
}

function biasedVariance(name: string, { variance, count }: BatchStatistics): tf.Tensor {
  if (count === 1) {
    throw new EfficientNetError("invalid-argument", `${name} sees one value of each channel, which has no variance`, {
      hint: "calibrate with several pictures, or larger ones",
    });
  }
  const biased = tf.keep(tf.mul(variance, (count - 1) / count));
  variance.dispose();
  return biased;
}
