import type { ArchitectureSpec, PreprocessSpec, TensorShape } from "@efficientnet/specs";
import type { SaveWeightsOptions } from "@efficientnet/weights";
import type { Answer, Evaluation } from "./loop/evaluate.js";
import type { TrainingBatch } from "./loop/training-batch.js";
import type { Position, Sums } from "./loop/training-state.js";
import type { TrainingOptions, TrainingSettings } from "./settings.js";

/** The network that is trained, and everything about it that a file of weights says. */
export interface TrainedNetwork {
  /** With as many classes as there are labels. */
  readonly spec: ArchitectureSpec;
  /** Names of the classes, in the order of the outputs. */
  readonly labels: readonly string[];
  /** What the network wants of pixels; null where it is not known. */
  readonly preprocess: PreprocessSpec | null;
}

/** Where a training runs. */
export interface TrainerRuntime {
  /** Wraps all work on the device; `guard` of a prepared backend. */
  readonly guard?: (<T>(run: () => Promise<T>) => Promise<T>) | undefined;
}

/** How to begin. */
export type TrainerOptions = Omit<TrainedNetwork, "preprocess"> &
  TrainerRuntime & {
    readonly preprocess?: PreprocessSpec | null | undefined;
    readonly settings: TrainingSettings | TrainingOptions;
    /** Values to start from; undefined for tensors that start anew, such as the classifier of other classes. */
    readonly read?: ((tensor: TensorShape) => Float32Array | undefined) | undefined;
  };

/** What one step came to. */
export interface StepResult {
  /** Of this batch, with label smoothing. */
  readonly loss: number;
  /** Share of its pictures whose likeliest class is the likeliest of their labels. */
  readonly accuracy: number;
}

/** What a stage decides about a step. */
export interface StepSettings {
  readonly learningRate: number;
  /** `dropoutRate` and `dropPathRate` override those of the spec. */
  readonly regularisers?: Readonly<Record<string, number>> | undefined;
}

/** A network in training. It owns its tensors until `dispose`. Calls must not overlap. */
export interface Trainer extends TrainedNetwork {
  readonly settings: TrainingSettings;
  readonly position: Position;
  /** Of the epoch so far. */
  readonly sums: Sums;
  /**
   * One step of the optimiser.
   *
   * @throws `diverged` naming the first tensor that is not finite, in which case the step is not taken; `backend-failed`
   * when the device gives up, with what to do.
   */
  step(batch: TrainingBatch, settings: StepSettings): Promise<StepResult>;
  /** Ends the epoch. */
  endEpoch(): void;
  /** Runs batches through the moving average, or the weights where there is none. */
  evaluate(
    batches: AsyncIterable<TrainingBatch> | Iterable<TrainingBatch>,
    onAnswer?: (answer: Answer) => void,
  ): Promise<Evaluation>;
  /** What the frozen half makes of pictures, for `ActivationBatch`. */
  runFrozen(images: TrainingBatch): Promise<{ readonly values: Float32Array; readonly shape: readonly number[] }>;
  /** The moving average, or the weights where there is none, as a file that `load` reads. */
  weights(options?: Pick<SaveWeightsOptions, "names" | "dtype">): Promise<Uint8Array>;
  /**
   * Everything that going on takes, as one safetensors file.
   *
   * @throws `diverged` for a tensor that is not finite.
   */
  checkpoint(): Promise<Uint8Array>;
  dispose(): void;
}
