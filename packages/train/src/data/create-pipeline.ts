import { EfficientNetError } from "@efficientnet/errors";
import type { Batch, BatchPipeline, EpochRequest, SkippedPicture } from "./batch.js";
import { type BatchRecipeOptions, batchRecipe } from "./batch-recipe.js";
import { checkLabels } from "./check-dataset.js";
import type { Dataset } from "./dataset.js";
import { countBatches, epochOrder } from "./epoch-order.js";
import type { PreparedBatch } from "./prepare-batch.js";
import { type Preparers, startPreparers } from "./start-preparers.js";
import { checkSignals, untilAborted } from "./until-aborted.js";
import type { DataWorker, WorkerHandle } from "./worker-handle.js";

/** How pictures become batches, and where. */
export type PipelineOptions = BatchRecipeOptions & {
  /**
   * Starts a worker whose program calls {@link serveDataset}, which bundlers know as
   * `() => new Worker(new URL("./data-worker.ts", import.meta.url), { type: "module" })`. Without it, this thread works.
   */
  readonly startWorker?: (() => DataWorker) | undefined;
  /** How many workers; by default as many as leave one core to the device, at most 8, at least 1. */
  readonly workers?: number | undefined;
  /** Batches to prepare ahead of the one that is asked for; 2 for each worker by default. */
  readonly ahead?: number | undefined;
  /** Bytes of decoded pictures to keep for later epochs, shared out among the workers; 256 MiB by default. */
  readonly cacheBytes?: number | undefined;
};

/**
 * Batches of a dataset, prepared ahead of the device: decoded, cropped, resized, mirrored and augmented on bytes,
 * normalised, erased, mixed. Workers start with the first epoch.
 *
 * @throws `invalid-argument` for a dataset without pictures or with fewer than two classes, and impossible options.
 */
export function createPipeline(dataset: Dataset, options: PipelineOptions): BatchPipeline {
  checkLabels(dataset);
  const { startWorker, cacheBytes = 256 * 2 ** 20, workers = defaultWorkers() } = options;
  checkCount("workers", workers, 0);
  if (options.ahead !== undefined) checkCount("ahead", options.ahead, 1);
  const skipped = new Map<string, SkippedPicture>();
  const threads: WorkerHandle[] = [];
  const onWorker = (worker: WorkerHandle) => threads.push(worker);
  const request = { dataset, recipe: batchRecipe(options), cacheBytes, workers, startWorker, onWorker };
  const closing = new AbortController();
  let starting: Promise<Preparers> | undefined;
  let started: Preparers | undefined;

  async function start(): Promise<Preparers> {
    starting ??= startPreparers(request);
    started = await starting;
    return started;
  }

  async function* epoch({ seed, epoch: number, firstBatch = 0, settings, training, signal }: EpochRequest) {
    const { batchSize } = settings;
    const count = countBatches(dataset.labels.length, batchSize, training);
    const order = epochOrder(dataset.labels.length, seed, number, training);
    checkCount("firstBatch", firstBatch, 0);
    const signals = [closing.signal, signal];
    checkSignals(signals);
    const { preparers } = await untilAborted(start(), signals);
    const ahead = options.ahead ?? 2 * preparers.length;
    const pending: Promise<PreparedBatch>[] = [];
    let next = firstBatch;

    /** Keeps as many batches under way as wanted: whoever takes one makes room for the next. */
    function fill(): void {
      for (; pending.length < ahead && next < count; next++) {
        const indices = Array.from(order.subarray(next * batchSize, (next + 1) * batchSize));
        const job = { seed, epoch: number, batch: next, indices, settings, training };
        const batch = preparers[next % preparers.length]!.prepare(job);
        // It is awaited in its turn; failing before that is no failure that nobody handles.
        batch.catch(() => undefined);
        pending.push(batch);
      }
    }

    for (;;) {
      checkSignals(signals);
      fill();
      const first = pending.shift();
      if (first === undefined) return;
      const { skipped: missing, ...batch } = await untilAborted(first, signals);
      for (const picture of missing) skipped.set(picture.name, picture);
      fill();
      if (batch.indices.length > 0) yield batch satisfies Batch;
    }
  }

  return {
    dataset,
    epoch,
    get skipped() {
      return [...skipped.values()];
    },
    get workers() {
      return started?.workers ?? 0;
    },
    get fallback() {
      return started?.fallback;
    },
    async close() {
      closing.abort(new EfficientNetError("disposed", "the pipeline was closed, so it has no more batches"));
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function defaultWorkers(): number {
  const cores = typeof navigator === "undefined" ? 2 : (navigator.hardwareConcurrency ?? 2);
  return Math.min(8, Math.max(1, cores - 1));
}

function checkCount(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new EfficientNetError("invalid-argument", `${name} is ${value}`, { expected: `a whole number from ${least}` });
}
