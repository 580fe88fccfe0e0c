import { EfficientNetError } from "@efficientnet/errors";
import { type Stage, stageAt } from "@efficientnet/progressive";
import type { BatchPipeline } from "./data/batch.js";
import { countBatches } from "./data/epoch-order.js";
import { type BatchSource, cachedBatches } from "./loop/cached-batches.js";
import type { Evaluation } from "./loop/evaluate.js";
import { pixelsLeft, scheduleEnd, schedulePosition, speedometer } from "./loop/progress.js";
import type { MetricsRow } from "./loop/rows.js";
import type { Position } from "./loop/training-state.js";
import { learningRateFactor } from "./optimise/learning-rate.js";
import type { Trainer } from "./trainer.js";

/** What a training is fed with, and who hears of it. */
export interface FitOptions {
  readonly train: BatchPipeline;
  /** Evaluated after each epoch, at the image size of the stage unless `evaluation` says another. */
  readonly test?: BatchPipeline | undefined;
  /** Image size and batch of evaluations. */
  readonly evaluation?:
    | { readonly imageSize?: number | undefined; readonly batchSize?: number | undefined }
    | undefined;
  /** Stops after the step that is going on, with a checkpoint where there is a place for it. */
  readonly signal?: AbortSignal | undefined;
  /** Sees every row; a promise is waited for. */
  readonly onRow?: ((row: MetricsRow) => void | Promise<void>) | undefined;
  /** Keeps a checkpoint, and has done so when its promise resolves. */
  readonly saveCheckpoint?: ((bytes: Uint8Array, position: Position) => void | Promise<void>) | undefined;
  /** Seconds between checkpoints within an epoch, 300 by default; each epoch ends with one. */
  readonly checkpointEvery?: number | undefined;
}

/** How a training ended. */
export interface FitResult {
  readonly position: Position;
  /** Of the last epoch of this call; null without a test set or where nothing was left to train. */
  readonly test: Evaluation | null;
}

/**
 * Trains to the end of the schedule, from wherever the trainer is.
 *
 * A stage that counts in steps and ends within an epoch ends that epoch.
 *
 * @throws `aborted` when the signal fires; `weights-mismatch` for data of other classes; what the trainer, the pipeline
 * and `saveCheckpoint` throw. The trainer stays usable in each case.
 */
export async function fit(trainer: Trainer, options: FitOptions): Promise<FitResult> {
  const {
    train,
    test,
    evaluation = {},
    signal,
    onRow = () => undefined,
    saveCheckpoint,
    checkpointEvery = 300,
  } = options;
  const { schedule, seed, cacheFrozen } = trainer.settings;
  checkClasses(trainer, train);
  if (test !== undefined) checkClasses(trainer, test);
  const pictures = train.dataset.labels.length;
  const sources: Readonly<Record<"train" | "test", BatchSource | undefined>> = cacheFrozen
    ? { train: cachedBatches(trainer, train), test: test && cachedBatches(trainer, test) }
    : { train, test };
  const speed = speedometer();
  const began = performance.now();
  const end = scheduleEnd(schedule);
  let saved = began;
  let announced: Stage | undefined;
  let last: Evaluation | null = null;

  const place = (stage: Stage): { readonly at: number; readonly batches: number } => {
    const batches = countBatches(pictures, stage.batchSize, true);
    return { at: schedulePosition(trainer.position, stage.unit, batches), batches };
  };
  const secondsLeft = (at: number) => speed.secondsFor(pixelsLeft(schedule, at, pictures));

  async function keep(): Promise<void> {
    if (saveCheckpoint === undefined) return;
    const bytes = await trainer.checkpoint();
    const { position } = trainer;
    await saveCheckpoint(bytes, position);
    saved = performance.now();
    await onRow({ kind: "checkpoint", ...position, bytes: bytes.byteLength });
  }

  /** Stops for the signal, but never before what was done is kept. */
  async function checkSignal(): Promise<void> {
    if (!signal?.aborted) return;
    await keep();
    const { epoch, step } = trainer.position;
    throw new EfficientNetError("aborted", `training was stopped in epoch ${epoch}, after ${step} steps`, {
      cause: signal.reason,
    });
  }

  async function trainEpoch(stage: Stage): Promise<number> {
    const { epoch, batch: firstBatch } = trainer.position;
    let learningRate = 0;
    let from = performance.now();
    const request = { seed, epoch, firstBatch, settings: stage, training: true };
    for await (const batch of sources.train!.epoch(request)) {
      const { at, batches } = place(stage);
      learningRate = stage.learningRate * learningRateFactor(trainer.settings.learningRate, at, end);
      const result = await trainer.step(batch, { learningRate, regularisers: stage.regularisers });
      const now = performance.now();
      const images = batch.indices.length;
      speed.add(images * stage.imageSize ** 2, images, (now - from) / 1000);
      from = now;
      const { imageSize, batchSize, index } = stage;
      await onRow({
        kind: "step",
        ...trainer.position,
        batches,
        stage: index,
        imageSize,
        batchSize,
        learningRate,
        ...result,
        imagesPerSecond: speed.imagesPerSecond,
        secondsLeft: secondsLeft(place(stage).at),
      });
      await checkSignal();
      if (now - saved >= checkpointEvery * 1000) await keep();
      if (stage.unit === "steps" && trainer.position.step >= stage.end) break;
    }
    return learningRate;
  }

  async function endEpoch(stage: Stage, learningRate: number): Promise<void> {
    const { imageSize = stage.imageSize, batchSize = stage.batchSize } = evaluation;
    const settings = { imageSize, batchSize, regularisers: {} };
    const batches = sources.test?.epoch({ seed, epoch: 0, settings, training: false, signal });
    last = batches === undefined ? null : await trainer.evaluate(batches);
    const { epoch, step } = trainer.position;
    const { pictures: seen, loss, correct } = trainer.sums;
    trainer.endEpoch();
    await onRow({
      kind: "epoch",
      epoch,
      step,
      stage: stage.index,
      imageSize: stage.imageSize,
      learningRate,
      loss: loss / seen,
      accuracy: correct / seen,
      test: last,
      imagesPerSecond: speed.imagesPerSecond,
      seconds: (performance.now() - began) / 1000,
      secondsLeft: secondsLeft(place(stage).at),
      skipped: train.skipped.length,
    });
    await keep();
  }

  await checkSignal();
  for (;;) {
    const { epoch, step } = trainer.position;
    const now = schedule[0]?.unit === "steps" ? step : epoch;
    if (now >= end) return { position: trainer.position, test: last };
    const stage = stageAt(schedule, now);
    if (stage !== announced) await onRow({ kind: "stage", epoch, step, stage });
    announced = stage;
    const learningRate = await trainEpoch(stage);
    await endEpoch(stage, learningRate);
  }
}

function checkClasses({ labels }: Trainer, { dataset }: BatchPipeline): void {
  if (labels.join("\n") === dataset.classes.join("\n")) return;
  throw new EfficientNetError("weights-mismatch", "the data has other classes than the network", {
    expected: labels.slice(0, 8).join(", "),
    received: dataset.classes.slice(0, 8).join(", "),
    hint: "resume with the data that the training began with",
  });
}
