import * as tf from "@tensorflow/tfjs-core";
import type { Batch } from "../data/batch.js";
import type { Activations } from "./run-parts.js";

/** What the frozen half of a network gave for some pictures, kept so that it need not be computed again. */
export interface ActivationBatch {
  readonly activations: Float32Array;
  /** `[N,H,W,C]`, or `[N,C]` before the classifier. */
  readonly shape: readonly number[];
  readonly labels: Float32Array;
  readonly indices: readonly number[];
}

/** Pictures, or what the frozen half made of them. */
export type TrainingBatch = Batch | ActivationBatch;

/** A batch on the device; the caller owns both. `frozen` makes of pictures what the trained half takes. */
export function placeBatch(
  batch: TrainingBatch,
  frozen: (images: tf.Tensor4D) => Activations,
): { readonly input: Activations; readonly labels: tf.Tensor2D } {
  const [size = 0] = batch.shape;
  const placed = tf.tidy(() => ({
    input:
      "activations" in batch
        ? (tf.tensor(batch.activations, [...batch.shape] as [number, number]) as Activations)
        : frozen(tf.tensor4d(batch.images, [...batch.shape])),
    labels: tf.tensor2d(batch.labels, [size, batch.labels.length / size]),
  }));
  return placed;
}
