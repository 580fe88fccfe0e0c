import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { TrainingEvaluation } from "@efficientnet/search";
import { type BatchPipeline, type Dataset, importDataset, splitDataset, subset } from "@efficientnet/train";
import { createNodePipeline, folderDataset } from "@efficientnet/train/node";

/**
 * Labelled pictures: a folder with a folder for each class, or a module whose default export makes a dataset.
 *
 * @param perClass - so many of each class, the first ones; null for all
 * @throws as `folderDataset` and `importDataset` do.
 */
export async function openPictures(data: string, perClass: number | null): Promise<Dataset> {
  const isModule = /\.[cm]?[jt]s$/.test(data);
  const all = await (isModule ? importDataset(pathToFileURL(resolve(data))) : folderDataset(data));
  if (perClass === null) return all;
  const taken = all.classes.map(() => 0);
  const chosen = Array.from(all.labels).flatMap((label, index) => {
    const rank = taken[label] ?? 0;
    taken[label] = rank + 1;
    return rank < perClass ? [index] : [];
  });
  return subset(all, chosen);
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
