import { type BatchStatistics, updateStatistics } from "@efficientnet/layers";
import type { NetworkParams } from "@efficientnet/model";
import { seededRandom } from "@efficientnet/random";
import type { ArchitectureSpec } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { averageDecay, updateAverage } from "../optimise/average.js";
import { clipByGlobalNorm } from "../optimise/clip.js";
import type { Optimiser, TensorMap } from "../optimise/optimiser.js";
import type { TrainingSettings } from "../settings.js";
import { accumulate } from "./accumulate.js";
import { computeGradients, disposeGradients, type GradientRequest, type Gradients } from "./gradients.js";
import { smoothLabels } from "./loss.js";
import type { Activations } from "./run-parts.js";
import type { SplitNetwork } from "./split-network.js";
import type { TrainingState } from "./training-state.js";

/** What a step is made of besides the state. */
export interface StepRequest {
  /** With the rates of the stage. */
  readonly spec: ArchitectureSpec;
  readonly split: SplitNetwork;
  readonly optimiser: Optimiser;
  readonly settings: TrainingSettings;
  readonly learningRate: number;
  /** What the frozen half gave, or the pictures. */
  readonly input: Activations;
  /** `[N, classes]`, not smoothed. */
  readonly labels: tf.Tensor2D;
}

/** A state's tensors after a step, and what the step saw. */
export interface Stepped {
  readonly params: NetworkParams;
  readonly average: NetworkParams | null;
  readonly slots: TensorMap;
  /** `[2]`: the loss, and how many pictures the network gave their likeliest class. Read by `data()`. */
  readonly seen: tf.Tensor1D;
}

/** A seed for what a step draws: 32 bits that follow from the training's seed and the step alone. */
export function stepSeed(seed: number, step: number): number {
  return Math.floor(seededRandom(seed, "step", step)() * 2 ** 32);
}

/**
 * One step as tensors to tensors: passes, clipping, optimiser, statistics, average. What did not change is shared with
 * the state; the new tensors are the caller's. When it throws, nothing is left behind.
 */
export function trainStep(state: TrainingState, request: StepRequest): Stepped {
  const { params, average, slots, seen } = tf.tidy(() => {
    const pass = passesOf(state, request);
    const changes = changesOf(state, request, pass);
    const seen = tf.stack([pass.loss, countCorrect(pass.logits, request.labels)]) as tf.Tensor1D;
    disposeGradients(pass);
    return { ...changes, seen };
  });
  return {
    params: new Map([...state.params, ...Object.entries(params)]),
    average: state.average === null ? null : new Map([...state.average, ...Object.entries(average)]),
    slots: new Map([...state.slots, ...Object.entries(slots)]),
    seen,
  };
}

type Changes = Readonly<Record<"params" | "average" | "slots", Readonly<Record<string, tf.Tensor>>>>;

function changesOf(state: TrainingState, request: StepRequest, pass: Gradients): Changes {
  const { params, slots, position } = state;
  const { settings, learningRate, optimiser, spec } = request;
  const { clipNorm } = settings;
  const gradients = clipNorm === null ? pass.gradients : clipByGlobalNorm(pass.gradients, clipNorm);
  const updated = optimiser.update({ params, gradients, slots, learningRate, step: position.step });
  const statistics = movedStatistics(params, pass.statistics, spec.batchNorm.momentum);
  const changed = new Map([...updated.params, ...statistics]);
  const average =
    state.average === null || settings.average === null
      ? new Map()
      : updateAverage(state.average, changed, averageDecay(settings.average, position.step + 1));
  return {
    params: Object.fromEntries(changed),
    average: Object.fromEntries(average),
    slots: Object.fromEntries(updated.slots),
  };
}

function passesOf({ params, position }: TrainingState, request: StepRequest): Gradients {
  const { spec, split, settings, input } = request;
  const { seed, statistics, microBatch } = settings;
  const size = input.shape[0];
  const piece = Math.min(size, microBatch ?? size);
  const pieces = Array.from({ length: Math.ceil(size / piece) }, (_, i) => Math.min(piece, size - i * piece));
  const labels = smoothLabels(request.labels, settings.labelSmoothing);
  const common = { spec, split, params, statistics };
  try {
    return accumulate(pieces, (index) => {
      const own = stepSeed(stepSeed(seed, position.step), index);
      if (pieces.length === 1) return computeGradients({ ...common, input, labels, seed: own });
      const cut = <T extends tf.Tensor>(tensor: T): T => tf.slice(tensor, index * piece, pieces[index]!) as T;
      const part: GradientRequest = { ...common, input: cut(input), labels: cut(labels), seed: own };
      try {
        return computeGradients(part);
      } finally {
        tf.dispose([part.input, part.labels]);
      }
    });
  } finally {
    labels.dispose();
  }
}

function movedStatistics(
  params: NetworkParams,
  statistics: ReadonlyMap<string, BatchStatistics>,
  momentum: number,
): TensorMap {
  return new Map(
    [...statistics].flatMap(([name, batch]) => {
      const at = (part: string) => params.get(`${name}.${part}`) as tf.Tensor1D;
      const moved = updateStatistics({ mean: at("mean"), variance: at("variance") }, batch, momentum);
      return [[`${name}.mean`, moved.mean] as const, [`${name}.variance`, moved.variance] as const];
    }),
  );
}

/** How many rows have their largest logit where the label is largest. */
function countCorrect(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), tf.argMax(labels, 1)), "float32")));
}
