import { formatDescription, type TensorValues, writeSafetensors } from "@efficientnet/weights";
import { tensorNotFinite } from "../loop/failures.js";
import type { TrainingState } from "../loop/training-state.js";
import type { TensorMap } from "../optimise/optimiser.js";
import type { TrainingSettings } from "../settings.js";
import type { TrainedNetwork } from "../trainer.js";
import { readTensors } from "./read-tensors.js";

/** What a checkpoint's tensors are, as the first part of their names. */
const GROUPS = ["net", "average", "slots"] as const;

/** The key of the metadata under which the settings and the position stand, as JSON; its value says the version too. */
export const TRAINING_KEY = "efficientnet.training";
export const CHECKPOINT_VERSION = 1;

/**
 * A training as one safetensors file: `net/<name>`, `average/<name>` and `slots/<slot>/<name>`; the spec, labels and
 * preprocessing as any of our weights files says them; settings, position and sums of the epoch under
 * `efficientnet.training`.
 *
 * @throws `diverged` for a tensor that is not finite.
 */
export async function checkpointBytes(
  network: TrainedNetwork,
  settings: TrainingSettings,
  { params, average, slots, position, sums }: TrainingState,
): Promise<Uint8Array> {
  const groups: Readonly<Record<(typeof GROUPS)[number], TensorMap>> = {
    net: params,
    average: average ?? new Map(),
    slots,
  };
  const tensors: [string, TensorValues][] = [];
  for (const group of GROUPS) {
    for (const [name, value] of await readTensors(groups[group])) {
      if (!value.values.every(Number.isFinite)) throw tensorNotFinite(name, position.step);
      tensors.push([`${group}/${name}`, value]);
    }
  }
  const training = JSON.stringify({ version: CHECKPOINT_VERSION, settings, position, sums });
  return writeSafetensors(tensors, { metadata: { ...formatDescription(network), [TRAINING_KEY]: training } });
}
