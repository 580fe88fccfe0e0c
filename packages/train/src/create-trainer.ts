import { prepareTraining } from "@efficientnet/kernels";
import { initTensor, loadParams, type NetworkParams } from "@efficientnet/model";
import { type ArchitectureSpec, tensorShapes } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { checkSettings } from "./check-settings.js";
import { checkpointBytes } from "./checkpoint/checkpoint-bytes.js";
import { savedWeights } from "./checkpoint/saved-weights.js";
import { evaluateWith } from "./loop/evaluate.js";
import { disposed, notFinite, stepFailed } from "./loop/failures.js";
import { smoothLabels } from "./loop/loss.js";
import { nameNotFinite } from "./loop/name-not-finite.js";
import { type Activations, runFrozen, runTrained } from "./loop/run-parts.js";
import { CLASSIFIER, splitNetwork } from "./loop/split-network.js";
import { stepSeed, trainStep } from "./loop/train-step.js";
import { placeBatch, type TrainingBatch } from "./loop/training-batch.js";
import { disposeReplaced, disposeState, NO_SUMS, START, type TrainingState } from "./loop/training-state.js";
import { decayedNames } from "./optimise/decayed-names.js";
import { createOptimiser, type Optimiser } from "./optimise/optimiser.js";
import { type TrainingSettings, trainingSettings } from "./settings.js";
import type { StepResult, StepSettings, TrainedNetwork, Trainer, TrainerOptions, TrainerRuntime } from "./trainer.js";

/**
 * Begins a training on the active backend: from given values, or from the seed. Registers the gradients that training
 * needs, unless only the classifier is trained.
 *
 * @throws `invalid-argument` for settings that do not fit the network; `unknown-name` for a part to train from;
 * `no-backend` where the backend lacks a kernel.
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const settings = trainingSettings(options.settings);
  const { spec, labels, preprocess = null, read = () => undefined, guard } = options;
  const network: TrainedNetwork = { spec, labels, preprocess };
  checkSettings(network, settings);
  const params = await loadParams(tensorShapes(spec), (tensor) => read(tensor) ?? initTensor(tensor, settings.seed));
  const { names } = splitNetwork(spec, settings.trainFrom);
  const trained = new Map(names.map((name) => [name, params.get(name)!]));
  const slots = optimiserOf(spec, settings).init(trained);
  const average =
    settings.average === null ? null : new Map([...params].map(([name, value]) => [name, tf.clone(value)]));
  return openTrainer(network, settings, { params, average, slots, position: START, sums: NO_SUMS }, { guard });
}

/** The trainer of a state, which it then owns. */
export async function openTrainer(
  network: TrainedNetwork,
  settings: TrainingSettings,
  initial: TrainingState,
  { guard = (run) => run() }: TrainerRuntime,
): Promise<Trainer> {
  const { spec } = network;
  const backend = tf.getBackend();
  let state: TrainingState | undefined = initial;
  try {
    if (settings.trainFrom !== CLASSIFIER) await prepareTraining();
  } catch (error) {
    disposeState(initial);
    throw error;
  }
  const optimiser = optimiserOf(spec, settings);
  const split = splitNetwork(spec, settings.trainFrom);

  function current(): TrainingState {
    if (state === undefined) throw disposed();
    return state;
  }

  function run<T>(work: () => Promise<T>): Promise<T> {
    current();
    return guard(async () => {
      // Another network may have been active in between.
      if (tf.getBackend() !== backend) void tf.setBackend(backend);
      return work();
    });
  }

  const evaluated = (): NetworkParams => current().average ?? current().params;
  const frozenOf = (params: NetworkParams) => (images: tf.Tensor4D) => runFrozen(split, spec, params, images);

  async function step(batch: TrainingBatch, { learningRate, regularisers = {} }: StepSettings): Promise<StepResult> {
    const before = current();
    const staged = stageSpec(spec, regularisers);
    const [size = 0] = batch.shape;
    let placed: { input: Activations; labels: tf.Tensor2D } | undefined;
    let after: ReturnType<typeof trainStep> | undefined;
    try {
      placed = placeBatch(batch, frozenOf(before.params));
      const request = {
        spec: staged,
        split: splitNetwork(staged, settings.trainFrom),
        optimiser,
        settings,
        learningRate,
      };
      after = trainStep(before, { ...request, ...placed });
      const [loss = Number.NaN, correct = Number.NaN] = await after.seen.data();
      if (!Number.isFinite(loss)) throw await diverged(before, staged, placed, loss);
      const { position, sums } = before;
      const next: TrainingState = {
        params: after.params,
        average: after.average,
        slots: after.slots,
        position: { ...position, batch: position.batch + 1, step: position.step + 1 },
        sums: { pictures: sums.pictures + size, loss: sums.loss + loss * size, correct: sums.correct + correct },
      };
      disposeReplaced(before, next);
      state = next;
      return { loss, accuracy: correct / size };
    } catch (error) {
      if (after !== undefined) disposeReplaced({ ...before, ...after }, before);
      throw stepFailed(error, { batch, backend, microBatch: settings.microBatch });
    } finally {
      tf.dispose([placed?.input, placed?.labels, after?.seen] as tf.TensorContainer[]);
    }
  }

  async function diverged(
    { params, position }: TrainingState,
    staged: ArchitectureSpec,
    { input, labels }: { input: Activations; labels: tf.Tensor2D },
    loss: number,
  ): Promise<Error> {
    const smoothed = smoothLabels(labels, settings.labelSmoothing);
    const seed = stepSeed(stepSeed(settings.seed, position.step), 0);
    const { statistics } = settings;
    try {
      const what = await nameNotFinite({ spec: staged, split, params, input, labels: smoothed, seed, statistics });
      return notFinite(loss, position.step, what);
    } finally {
      smoothed.dispose();
    }
  }

  return {
    ...network,
    settings,
    get position() {
      return current().position;
    },
    get sums() {
      return current().sums;
    },
    step: (batch, stage) => run(() => step(batch, stage)),
    endEpoch() {
      const { position } = current();
      state = { ...current(), sums: NO_SUMS, position: { epoch: position.epoch + 1, batch: 0, step: position.step } };
    },
    evaluate: (batches, onAnswer) =>
      run(() => {
        const params = evaluated();
        const forward = (batch: TrainingBatch) =>
          runTrained(split, spec, params, placeBatch(batch, frozenOf(params)).input, { training: false });
        return evaluateWith(forward, batches, onAnswer);
      }),
    runFrozen: (batch) =>
      run(async () => {
        const { input, labels } = placeBatch(batch, frozenOf(current().params));
        const values = (await input.data()) as Float32Array;
        tf.dispose([input, labels]);
        return { values, shape: input.shape };
      }),
    weights: (options) => run(() => savedWeights(network, evaluated(), options)),
    checkpoint: () => run(() => checkpointBytes(network, settings, current())),
    dispose() {
      if (state !== undefined) disposeState(state);
      state = undefined;
    },
  };
}

/** The optimiser of settings, which spares what does not decay. */
export function optimiserOf(spec: ArchitectureSpec, { optimiser, weightDecay }: TrainingSettings): Optimiser {
  const decayed = decayedNames(spec);
  return createOptimiser(optimiser, weightDecay, (name) => decayed.has(name));
}

/** The spec with the rates of a stage. */
function stageSpec(spec: ArchitectureSpec, regularisers: Readonly<Record<string, number>>): ArchitectureSpec {
  const { dropoutRate = spec.dropoutRate, dropPathRate = spec.dropPathRate } = regularisers;
  return { ...spec, dropoutRate, dropPathRate };
}
