import { progressiveSchedule, type Recipe, type Schedule } from "@efficientnet/progressive";
import { CLASSIFIER, type TrainFrom } from "./loop/split-network.js";
import type { AverageSpec } from "./optimise/average.js";
import { EFFICIENTNET_LEARNING_RATE, type LearningRateShape } from "./optimise/learning-rate.js";
import { EFFICIENTNET_RMSPROP, type OptimiserSpec, type WeightDecay } from "./optimise/optimiser-spec.js";

/** Everything that decides what a training computes, besides the network and the pictures. Plain data. */
export interface TrainingSettings {
  /** Shuffling, augmentation, initial weights, dropout and stochastic depth follow from it. */
  readonly seed: number;
  /** Stages with their length, image size, batch, peak learning rate and regularisers. */
  readonly schedule: Schedule;
  readonly optimiser: OptimiserSpec;
  /** The factor on each stage's peak learning rate. */
  readonly learningRate: LearningRateShape;
  readonly weightDecay: WeightDecay;
  /** Share of the labels' mass that is spread over all classes. */
  readonly labelSmoothing: number;
  /** The moving average that is evaluated and saved; null evaluates the last weights. */
  readonly average: AverageSpec | null;
  /** Largest global norm of the gradients; null for none. */
  readonly clipNorm: number | null;
  /** Pictures that are on the device at once; larger batches go through in pieces. null for whole batches. */
  readonly microBatch: number | null;
  /** Where training begins: null for everything, `stages.4`, `stages.4.0`, `head`, or `classifier` for it alone. */
  readonly trainFrom: TrainFrom;
  /** What the trained batch norms normalise with: the batch, which moves the stored statistics, or the stored ones. */
  readonly statistics: "batch" | "running";
  /**
   * Computes what the frozen half makes of each picture once and keeps it, which leaves augmentation out: seconds for a
   * classifier. By default where nothing but the classifier is trained.
   */
  readonly cacheFrozen: boolean;
}

/** A schedule, or the recipe of one; the rest has defaults. */
export type TrainingOptions = { readonly schedule: Schedule | Recipe } & {
  readonly [Setting in Exclude<keyof TrainingSettings, "schedule">]?: TrainingSettings[Setting] | undefined;
};

/**
 * Settings with the released EfficientNetV2 recipe for what is not given: RMSProp, 0.97 every 2.4 epochs after 5 of
 * warm-up, L2 decay of 1e-5, label smoothing of 0.1, a moving average of 0.9999 with warm-up.
 *
 * @throws `invalid-argument` for a recipe that no schedule follows from, and numbers out of range.
 * Source: google/automl efficientnetv2 `hparams.py`; EfficientNetV2 paper, section 5.1.
 */
export function trainingSettings(options: TrainingOptions): TrainingSettings {
  const { schedule, seed = 0, optimiser = EFFICIENTNET_RMSPROP, learningRate = EFFICIENTNET_LEARNING_RATE } = options;
  const { weightDecay = { form: "l2", rate: 1e-5 }, labelSmoothing = 0.1 } = options;
  const { average = { decay: 0.9999, warmUp: true }, clipNorm = null, microBatch = null } = options;
  const { trainFrom = null, statistics = "batch", cacheFrozen = trainFrom === CLASSIFIER } = options;
  return {
    seed,
    schedule: isSchedule(schedule) ? schedule : progressiveSchedule(schedule),
    optimiser,
    learningRate,
    weightDecay,
    labelSmoothing,
    average,
    clipNorm,
    microBatch,
    trainFrom,
    statistics,
    cacheFrozen,
  };
}

const isSchedule = (given: Schedule | Recipe): given is Schedule => Array.isArray(given);
