import { availableParallelism } from "node:os";
import { EfficientNetError } from "@efficientnet/errors";
import { startDataWorker } from "../start-data-worker.js";
import type { BatchPipeline } from "./batch.js";
import { createPipeline, type PipelineOptions } from "./create-pipeline.js";
import { type Dataset, describeDataset, isSelfContained } from "./dataset.js";

/** Options of `createPipeline`, and what concerns threads of Node. */
export type NodePipelineOptions = PipelineOptions & {
  /** Flags of Node for the threads, such as a loader; those of this process by default. */
  readonly execArgv?: readonly string[] | undefined;
};

/**
 * `createPipeline` with threads of Node: datasets of folders, arrays and modules are prepared in workers, as many as
 * leave one core to the device. Others, such as a generated dataset of this thread, are prepared here.
 *
 * @throws What `createPipeline` throws.
 */
export function createNodePipeline(dataset: Dataset, options: NodePipelineOptions): BatchPipeline {
  const { execArgv, ...rest } = options;
  const workers = rest.workers ?? Math.min(8, availableParallelism() - 1);
  const canBeSent = isSelfContained(describeDataset(dataset));
  const startWorker = rest.startWorker ?? (canBeSent ? () => startDataWorker(execArgv) : refuse);
  return createPipeline(dataset, { ...rest, workers, startWorker });
}

function refuse(): never {
  throw new EfficientNetError("unsupported", "the dataset cannot be sent to a worker", {
    hint: "put what makes it into a module, for importDataset",
  });
}
