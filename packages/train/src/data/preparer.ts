import type { BatchRecipe } from "./batch-recipe.js";
import { cachedDataset } from "./cached-dataset.js";
import type { Dataset } from "./dataset.js";
import { type BatchJob, type PreparedBatch, prepareBatch } from "./prepare-batch.js";

/** Prepares batches, one after the other. */
export interface Preparer {
  prepare(job: BatchJob): Promise<PreparedBatch>;
}

/** Prepares batches in this thread. */
export function localPreparer(dataset: Dataset, recipe: BatchRecipe, cacheBytes: number): Preparer {
  const cached = cachedDataset(dataset, cacheBytes);
  let before: Promise<unknown> = Promise.resolve();
  return {
    prepare(job) {
      const batch = before.then(() => prepareBatch(cached, recipe, job));
      before = batch.catch(() => undefined);
      return batch;
    },
  };
}
