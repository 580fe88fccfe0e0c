import { EfficientNetError, formatShape } from "@efficientnet/errors";
import type { NetworkParams } from "@efficientnet/model";
import { tensorShapes } from "@efficientnet/specs";
import { type Checkpoint, readDescription, readSafetensors } from "@efficientnet/weights";
import * as tf from "@tensorflow/tfjs-core";
import { checkSettings } from "../check-settings.js";
import { openTrainer, optimiserOf } from "../create-trainer.js";
import { splitNetwork } from "../loop/split-network.js";
import type { Position, Sums, TrainingState } from "../loop/training-state.js";
import type { TrainingSettings } from "../settings.js";
import type { TrainedNetwork, Trainer, TrainerRuntime } from "../trainer.js";
import { CHECKPOINT_VERSION, TRAINING_KEY } from "./checkpoint-bytes.js";
import { type Expected, refuseOther } from "./refuse-other.js";

/** What a checkpoint is about, without its tensors. */
export interface CheckpointDescription extends TrainedNetwork {
  readonly settings: TrainingSettings;
  readonly position: Position;
  readonly sums: Sums;
}

/**
 * What a checkpoint says about itself.
 *
 * @throws `wrong-file` for bytes that are no checkpoint of a training.
 */
export async function describeCheckpoint(bytes: Uint8Array): Promise<CheckpointDescription> {
  return describe(readSafetensors(bytes));
}

async function describe(file: Checkpoint): Promise<CheckpointDescription> {
  const description = await readDescription(file);
  const text = file.metadata.get(TRAINING_KEY);
  if (description === null || text === undefined) {
    throw new EfficientNetError("wrong-file", "the file is no checkpoint of a training", {
      ...(description === null
        ? {}
        : { hint: `it holds weights of ${description.spec.name}: start a training from them` }),
    });
  }
  const { version, ...training } = JSON.parse(text) as Omit<CheckpointDescription, keyof TrainedNetwork> & {
    version: number;
  };
  if (version !== CHECKPOINT_VERSION) {
    throw new EfficientNetError("wrong-file", `the checkpoint has version ${version}`, {
      expected: `version ${CHECKPOINT_VERSION}`,
    });
  }
  return { ...description, labels: description.labels ?? [], ...training };
}

/**
 * Goes on with a training from its checkpoint: on the same backend, exactly as if it had never stopped.
 *
 * @param expected - what the checkpoint must be about, where the caller knows
 * @throws `wrong-file` for other bytes; `weights-mismatch` for tensors that do not fit, or another network or other
 * classes than expected; `invalid-argument` for other settings than expected.
 */
export async function resumeTrainer(
  bytes: Uint8Array,
  { guard, ...expected }: TrainerRuntime & Expected = {},
): Promise<Trainer> {
  const file = readSafetensors(bytes);
  const description = await describe(file);
  refuseOther(description, expected);
  const { spec, labels, preprocess, settings, position, sums } = description;
  const network = { spec, labels, preprocess };
  checkSettings(network, settings);
  const shapes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape]));
  const made: tf.Tensor[] = [];
  const read = (key: string, shape: readonly number[]): tf.Tensor => {
    const stored = file.tensors.get(key);
    if (stored === undefined || stored.shape.join() !== shape.join()) throw misfit(key, shape, stored?.shape);
    const tensor = tf.tensor(stored.read().slice(), [...shape], "float32");
    made.push(tensor);
    return tensor;
  };
  const group = (prefix: string): NetworkParams =>
    new Map([...shapes].map(([name, shape]) => [name, read(`${prefix}/${name}`, shape)]));
  try {
    const params = group("net");
    const average = settings.average === null ? null : group("average");
    const trained = new Map(splitNetwork(spec, settings.trainFrom).names.map((name) => [name, params.get(name)!]));
    const wanted = optimiserOf(spec, settings).init(trained);
    tf.dispose([...wanted.values()]);
    const slots = new Map([...wanted].map(([name, { shape }]) => [name, read(`slots/${name}`, shape)]));
    const state: TrainingState = { params, average, slots, position, sums };
    return await openTrainer(network, settings, state, { guard });
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}

function misfit(key: string, shape: readonly number[], found: readonly number[] | undefined): EfficientNetError {
  return new EfficientNetError("weights-mismatch", `the checkpoint's ${key} does not fit its own spec`, {
    expected: formatShape(shape),
    received: found === undefined ? "nothing" : formatShape(found),
  });
}
