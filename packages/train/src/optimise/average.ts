import * as tf from "@tensorflow/tfjs-core";
import type { TensorMap } from "./optimiser.js";
import { towards } from "./update-rules.js";

/** A moving average of everything a network is evaluated with: weights and batch-norm statistics. */
export interface AverageSpec {
  /** Share of the old average that each step keeps, such as 0.9999. */
  readonly decay: number;
  /** Keeps less while there are few steps: `min(decay, (1 + step) / (10 + step))`, TensorFlow's `num_updates`. */
  readonly warmUp: boolean;
}

/** The share that a step keeps; `step` counts the steps done, this one included. */
export function averageDecay({ decay, warmUp }: AverageSpec, step: number): number {
  return warmUp ? Math.min(decay, (1 + step) / (10 + step)) : decay;
}

/** `decay * average + (1 - decay) * value` for each of these values. The caller owns the new tensors. */
export function updateAverage(average: TensorMap, values: TensorMap, decay: number): TensorMap {
  return new Map(
    [...values].map(([name, value]) => {
      const old = average.get(name)!;
      return [name, tf.tidy(() => towards(old, value, 1 - decay))];
    }),
  );
}
