import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { TrainingEvaluation } from "@efficientnet/search";
import { type BatchPipeline, type Dataset, importDataset, splitDataset } from "@efficientnet/train";
import { createNodePipeline, folderDataset } from "@efficientnet/train/node";

/**
 * Labelled pictures: a folder with a folder for each class, or a module whose default export makes a dataset.
 *
 * @throws as `folderDataset` and `importDataset` do.
 */
export function openPictures(data: string): Promise<Dataset> {
  return /\.[cm]?[jt]s$/.test(data) ? importDataset(pathToFileURL(resolve(data))) : folderDataset(data);
}

/** Pictures to train candidates on, and pictures to judge them by. */
export interface Pictures {
  readonly train: BatchPipeline;
  readonly test: BatchPipeline;
  close(): Promise<void>;
}

/** Pipelines of a dataset that is always split in the same way; pictures are squashed into the square and mirrored. */
export function preparePictures(dataset: Dataset, { imageSize, holdOut, seed }: TrainingEvaluation): Pictures {
  const { training, validation } = splitDataset(dataset, { share: holdOut, seed });
  const open = (part: Dataset) =>
    createNodePipeline(part, {
      crop: "whole",
      preprocess: {
        size: imageSize,
        fit: { mode: "squash", resizeTo: imageSize },
        filter: "bilinear",
        method: "pillow",
        mean: [0.5, 0.5, 0.5],
        std: [0.5, 0.5, 0.5],
      },
    });
  const [train, test] = [open(training), open(validation)];
  return {
    train,
    test,
    async close() {
      await Promise.all([train.close(), test.close()]);
    },
  };
}
