import type { BatchRecipe } from "./batch-recipe.js";
import { type Dataset, describeDataset } from "./dataset.js";
import { localPreparer, type Preparer } from "./preparer.js";
import { type DataWorker, workerHandle } from "./worker-handle.js";
import { WorkerNotStarted, workerPreparer } from "./worker-preparer.js";

/** Who prepares batches. */
export interface Preparers {
  readonly preparers: readonly Preparer[];
  /** How many of them are workers. */
  readonly workers: number;
  readonly fallback: string | undefined;
}

/** What they are started with. */
export interface PreparersRequest {
  readonly dataset: Dataset;
  readonly recipe: BatchRecipe;
  /** Shared out evenly among them. */
  readonly cacheBytes: number;
  readonly workers: number;
  readonly startWorker: (() => DataWorker) | undefined;
  /** Why no workers may be started. */
  readonly fallback: string | undefined;
}

/**
 * Starts workers, or prepares in this thread where none is wanted or none will start. A worker that starts but cannot
 * open the dataset is an error: then something is wrong with the dataset.
 */
export async function startPreparers(request: PreparersRequest): Promise<Preparers> {
  const { dataset, recipe, cacheBytes, workers, startWorker, fallback } = request;
  const local = (reason: string | undefined): Preparers => ({
    preparers: [localPreparer(dataset, recipe, cacheBytes)],
    workers: 0,
    fallback: reason,
  });
  if (startWorker === undefined || workers === 0) return local(fallback);
  const task = { dataset: describeDataset(dataset), recipe, cacheBytes: cacheBytes / workers };
  const started = await Promise.allSettled(Array.from({ length: workers }, () => startOne(startWorker, task)));
  const preparers = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failure = started.find((result) => result.status === "rejected")?.reason as unknown;
  if (failure === undefined) return { preparers, workers, fallback: undefined };
  await Promise.all(preparers.map((preparer) => preparer.close()));
  if (failure instanceof WorkerNotStarted) return local(failure.message);
  throw failure;
}

async function startOne(startWorker: () => DataWorker, task: Parameters<typeof workerPreparer>[1]): Promise<Preparer> {
  return workerPreparer(start(), task);

  function start() {
    try {
      return workerHandle(startWorker());
    } catch (cause) {
      throw new WorkerNotStarted(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }
}
