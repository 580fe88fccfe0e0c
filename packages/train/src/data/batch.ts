import type { Labelled } from "./dataset.js";

/** What a stage of training decides about its batches; a stage of `@efficientnet/progressive` is one. */
export interface BatchSettings {
  /** Side in whole pixels. */
  readonly imageSize: number;
  readonly batchSize: number;
  /**
   * By their names in `@efficientnet/progressive`: `randAugmentMagnitude`, `mixupAlpha` and `cutmixAlpha`, and
   * `erasingProbability`; 0 or nothing switches each off. Others are not for pictures and are ignored.
   */
  readonly regularisers: Readonly<Record<string, number>>;
}

/** Pictures that are ready to be trained on. */
export interface Batch {
  /** Row by row, channels interleaved (NHWC), normalised. */
  readonly images: Float32Array;
  /** A row of numbers per picture, one per class, summing to 1: one-hot, or mixed. */
  readonly labels: Float32Array;
  readonly shape: readonly [samples: number, height: number, width: number, channels: 3];
  /** Which pictures of the dataset these are. */
  readonly indices: readonly number[];
}

/** One epoch of batches. */
export interface EpochRequest {
  readonly seed: number;
  readonly epoch: number;
  /** Where to begin: a resumed run goes on in the middle; 0 by default. */
  readonly firstBatch?: number | undefined;
  readonly settings: BatchSettings;
  /** Shuffled, augmented and in whole batches; or in order, as the weights want it, to the last picture. */
  readonly training: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A picture that could not be used, and why. */
export interface SkippedPicture {
  readonly name: string;
  readonly reason: string;
}

/** Batches of a dataset, prepared ahead of whoever takes them. */
export interface BatchPipeline {
  /** Class names, and the class of each picture. */
  readonly dataset: Labelled;
  /**
   * The batches of one epoch. The same seed, epoch and picture give the same bytes, whatever the number of workers, the
   * order in which they finish, and wherever the epoch was begun.
   *
   * @throws `aborted` when the signal fires, `disposed` after `close`, `backend-failed` when a worker dies, `bad-image`
   * where hardly a picture can be used, and what the dataset throws besides `bad-image`.
   */
  epoch(request: EpochRequest): AsyncIterable<Batch>;
  /** Every picture that could not be used so far, each once. */
  readonly skipped: readonly SkippedPicture[];
  /** Workers that prepare batches; 0 before the first epoch, and where this thread does it. */
  readonly workers: number;
  /** Why this thread prepares batches although workers were wanted. */
  readonly fallback: string | undefined;
  /** Stops the workers; epochs that are going on end with `disposed`. */
  close(): Promise<void>;
}
