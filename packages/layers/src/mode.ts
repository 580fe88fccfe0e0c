import type * as tf from "@tensorflow/tfjs-core";

/**
 * Statistics of one batch at one batch norm. `variance` is the unbiased estimate, which is what PyTorch and
 * TensorFlow's fused kernel both put into their running average.
 */
export interface BatchStatistics {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
  /** Values of each channel in the batch, `N * H * W`: the biased variance is `variance * (count - 1) / count`. */
  readonly count: number;
}

/**
 * Evaluation, or training with everything that it needs said.
 *
 * In training, `statistics: "batch"` normalises with the batch and hands its statistics to `onStatistics` under the
 * norm's canonical name (`stages.2.1.expand.norm`), to keep and to dispose; parameters are never changed here. `"running"` keeps the stored
 * statistics, as fine-tuning a frozen backbone wants. `seed` makes dropout and stochastic depth repeatable.
 */
export type Mode =
  | { readonly training: false }
  | {
      readonly training: true;
      readonly seed: number;
      readonly statistics: "batch" | "running";
      readonly onStatistics?: (name: string, statistics: BatchStatistics) => void;
    };

/** What every layer of one forward pass shares. */
export interface Context {
  readonly mode: Mode;
  /** Batch norm's epsilon. */
  readonly epsilon: number;
}
