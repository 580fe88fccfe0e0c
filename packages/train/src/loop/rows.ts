import type { Stage } from "@efficientnet/progressive";
import type { Evaluation } from "./evaluate.js";

/** A step, as it is done. */
export interface StepRow {
  readonly kind: "step";
  readonly epoch: number;
  /** Batches of this epoch that are done, and how many it has. */
  readonly batch: number;
  readonly batches: number;
  /** Steps done since the start. */
  readonly step: number;
  /** Index of the stage. */
  readonly stage: number;
  readonly imageSize: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Of this batch, with label smoothing. */
  readonly loss: number;
  readonly accuracy: number;
  readonly imagesPerSecond: number;
  /** Estimated from the pixels that are left; the time of evaluations is not in it. */
  readonly secondsLeft: number;
}

/** An epoch, when it is done. */
export interface EpochRow {
  readonly kind: "epoch";
  readonly epoch: number;
  readonly step: number;
  readonly stage: number;
  readonly imageSize: number;
  readonly learningRate: number;
  /** Means over the training pictures, augmented as they were. */
  readonly loss: number;
  readonly accuracy: number;
  /** On the test pictures, by the moving average where there is one; null without a test set. */
  readonly test: Evaluation | null;
  readonly imagesPerSecond: number;
  /** Since this call of `fit` began. */
  readonly seconds: number;
  readonly secondsLeft: number;
  /** Pictures that could not be used so far. */
  readonly skipped: number;
}

/** A stage, when it begins or is gone on with. */
export interface StageRow {
  readonly kind: "stage";
  readonly epoch: number;
  readonly step: number;
  readonly stage: Stage;
}

/** A checkpoint, when it is stored. */
export interface CheckpointRow {
  readonly kind: "checkpoint";
  readonly epoch: number;
  readonly batch: number;
  readonly step: number;
  readonly bytes: number;
}

/** One line of a run's metrics; plain data. */
export type MetricsRow = StepRow | EpochRow | StageRow | CheckpointRow;
