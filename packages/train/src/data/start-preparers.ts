import type { BatchRecipe } from "./batch-recipe.js";
import { type Dataset, describeDataset } from "./dataset.js";
import { localPreparer, type Preparer } from "./preparer.js";
import { type DataWorker, type WorkerHandle, workerHandle } from "./worker-handle.js";
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
  /** Told of each worker before it is heard of, so that one that never answers can be stopped. */
  readonly onWorker: (worker: WorkerHandle) => void;
}

/**
 * Starts workers, or prepares in this thread where none is wanted or none will start. A worker that starts but cannot
 * open the dataset is an error: then something is wrong with the dataset.
 */
export async function startPreparers(request: PreparersRequest): Promise<Preparers> {
  const { dataset, recipe, cacheBytes, workers, startWorker, onWorker } = request;
  const local = (reason: string | undefined): Preparers => ({
    preparers: [localPreparer(dataset, recipe, cacheBytes)],
    workers: 0,
    fallback: reason,
  });
  if (startWorker === undefined || workers === 0) return local(undefined);
  const task = { dataset: describeDataset(dataset), recipe, cacheBytes: cacheBytes / workers };
  const handles: WorkerHandle[] = [];
  const startOne = async (): Promise<Preparer> => {
    const worker = startHandle(startWorker);
    handles.push(worker);
    onWorker(worker);
    return workerPreparer(worker, task);
  };
  const started = await Promise.allSettled(Array.from({ length: workers }, startOne));
  const preparers = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failure = started.find((result) => result.status === "rejected")?.reason as unknown;
  if (failure === undefined) return { preparers, workers, fallback: undefined };
  await Promise.all(handles.map((handle) => handle.terminate()));
  if (failure instanceof WorkerNotStarted) return local(failure.message);
  throw failure;
}

function startHandle(startWorker: () => DataWorker): WorkerHandle {
  try {
    return workerHandle(startWorker());
  } catch (cause) {
    throw new WorkerNotStarted(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
