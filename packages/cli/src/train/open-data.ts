import { EfficientNetError } from "@efficientnet/errors";
import type { PreprocessSpec } from "@efficientnet/specs";
import { type BatchPipeline, type Dataset, splitDataset } from "@efficientnet/train";
import { createNodePipeline, folderDataset } from "@efficientnet/train/node";
import type { RunConfig } from "./run-folder.js";

/** Pictures to train on and pictures to test with; they share none. */
export interface Data {
  readonly train: Dataset;
  readonly test: Dataset;
}

/**
 * The pictures of a run, always split in the same way.
 *
 * @throws what `folderDataset` and `splitDataset` throw; `invalid-argument` where the test folder has other classes.
 */
export async function openData({ folder, test, share }: RunConfig["data"], seed: number): Promise<Data> {
  const train = await folderDataset(folder);
  if (test === null) {
    const { training, validation } = splitDataset(train, { share, seed });
    return { train: training, test: validation };
  }
  const held = await folderDataset(test);
  if (held.classes.join("\n") !== train.classes.join("\n")) {
    throw new EfficientNetError("invalid-argument", `${test} has other classes than ${folder}`, {
      expected: train.classes.slice(0, 8).join(", "),
      received: held.classes.slice(0, 8).join(", "),
    });
  }
  return { train, test: held };
}

/** Pipelines that prepare both in threads, with all of a network's preprocessing. */
export function openPipelines(data: Data, batches: RunConfig["batches"], preprocess: PreprocessSpec): Pipelines {
  const open = (dataset: Dataset) => createNodePipeline(dataset, { ...batches, preprocess });
  const [train, test] = [open(data.train), open(data.test)];
  return {
    train,
    test,
    async close() {
      await Promise.all([train.close(), test.close()]);
    },
  };
}

export interface Pipelines {
  readonly train: BatchPipeline;
  readonly test: BatchPipeline;
  close(): Promise<void>;
}
