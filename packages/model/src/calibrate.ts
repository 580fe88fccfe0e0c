import type { BatchStatistics } from "@efficientnet/layers";
import type { ArchitectureSpec } from "@efficientnet/specs";
import type * as tf from "@tensorflow/tfjs-core";
import { forwardMaps } from "./forward.js";
import type { NetworkParams } from "./params.js";

/**
 * Replaces every batch norm's statistics by those of one batch, so that maps keep a sound scale in evaluation. It
 * gives a network that was never trained, or that meets pictures of another kind, statistics of its own.
 *
 * Returns new parameters; the tensors that did not change are shared with `params`, the new ones are the caller's.
 */
export function calibrateStatistics(spec: ArchitectureSpec, params: NetworkParams, x: tf.Tensor4D): NetworkParams {
  const collected = new Map<string, BatchStatistics>();
  const mode = {
    training: true,
    seed: 0,
    statistics: "batch",
    onStatistics: (name: string, statistics: BatchStatistics) => collected.set(name, statistics),
  } as const;
  // No branch may be dropped while statistics are taken.
  forwardMaps({ ...spec, dropPathRate: 0 }, params, x, mode).dispose();
  const calibrated = new Map(params);
  for (const [name, { mean, variance }] of collected) {
    calibrated.set(`${name}.mean`, mean).set(`${name}.variance`, variance);
  }
  return calibrated;
}
