import type { NetworkParams } from "@efficientnet/model";
import * as tf from "@tensorflow/tfjs-core";
import type { TensorMap } from "../optimise/optimiser.js";

/** How far a training is. */
export interface Position {
  readonly epoch: number;
  /** Batches of the epoch that are done. */
  readonly batch: number;
  /** Steps done since the start. */
  readonly step: number;
}

/** What the epoch has come to so far. */
export interface Sums {
  readonly pictures: number;
  /** Of all pictures, so that `loss / pictures` is their mean. */
  readonly loss: number;
  readonly correct: number;
}

/** Everything about a training that changes; with the settings, all that going on takes. It owns its tensors. */
export interface TrainingState {
  /** Weights and statistics of the network. */
  readonly params: NetworkParams;
  /** Their moving average; null without one. */
  readonly average: NetworkParams | null;
  /** What the optimiser remembers, by `<slot>/<canonical name>`. */
  readonly slots: TensorMap;
  readonly position: Position;
  readonly sums: Sums;
}

export const START: Position = { epoch: 0, batch: 0, step: 0 };
export const NO_SUMS: Sums = { pictures: 0, loss: 0, correct: 0 };

/** Frees the tensors of a state. */
export function disposeState({ params, average, slots }: TrainingState): void {
  tf.dispose([...params.values(), ...(average?.values() ?? []), ...slots.values()]);
}

/** Frees the tensors of a state that another does not share. */
export function disposeReplaced(before: TrainingState, after: TrainingState): void {
  const kept = new Set([...after.params.values(), ...(after.average?.values() ?? []), ...after.slots.values()]);
  for (const tensors of [before.params, before.average, before.slots]) {
    for (const tensor of tensors?.values() ?? []) if (!kept.has(tensor)) tensor.dispose();
  }
}
