import { resolve } from "node:path";
import { prepareBackend } from "@efficientnet/backends";
import { createTrainer, trainingSettings } from "@efficientnet/train";
import { storeCheckpoint } from "@efficientnet/train/node";
import { readNetwork } from "efficientnet/node";
import type { ExitCode } from "../exit-code.js";
import { isSpecFile, readSpec } from "../files/read-spec.js";
import { readWeights } from "../files/read-weights.js";
import { checkBackend } from "../network/check-backend.js";
import type { Report } from "../report.js";
import { sayResult } from "../train/format-result.js";
import { openData, openPipelines } from "../train/open-data.js";
import { preprocessAt } from "../train/preprocess-at.js";
import { type RecipeOptions, trainingRecipe } from "../train/recipe.js";
import { createRun, type RunConfig, writeConfig } from "../train/run-folder.js";
import { runTraining } from "../train/run-training.js";

export interface TrainOptions extends RecipeOptions {
  readonly model: string;
  readonly from?: string;
  readonly out?: string;
  readonly test?: string;
  readonly share: number;
  readonly backend: string;
}

/** Trains a network on a folder of pictures, one folder for each class. */
export async function train(folder: string, options: TrainOptions, report: Report): Promise<ExitCode> {
  const where = {
    folder: resolve(folder),
    test: options.test === undefined ? null : resolve(options.test),
    share: options.share,
  };
  const data = await openData(where, options.seed);
  const { classes } = data.train;
  const model = isSpecFile(options.model) ? await readSpec(options.model) : options.model;
  const network = await readNetwork(model, {
    weights: options.from === undefined ? { seed: options.seed } : await readWeights(options.from, report),
    classes: classes.length,
    signal: report.signal,
  });
  const { training, batches } = await trainingRecipe(options, {
    network: network.spec.name,
    imageSize: network.preprocess.size,
    pictures: data.train.labels.length,
    isFineTuning: options.from !== undefined,
  });
  const settings = trainingSettings(training);
  const backend = await prepareBackend(checkBackend(options.backend));
  const preprocess = preprocessAt(network.preprocess, options.imageSize ?? training.schedule.imageSize.to);
  const { spec, read } = network;
  const trainer = await createTrainer({ spec, labels: classes, preprocess, settings, read, guard: backend.guard });
  const pipelines = openPipelines(data, batches, preprocess);
  try {
    const run = await createRun(options.out);
    const config: RunConfig = {
      version: 1,
      data: where,
      network: spec.name,
      classes,
      backend: backend.name,
      batches,
      settings,
    };
    await writeConfig(run, config);
    await storeCheckpoint(run.checkpoint, await trainer.checkpoint());
    report.note(`${spec.name} on ${backend.description}`);
    const result = await runTraining({ run, config, trainer, data, pipelines }, report);
    sayResult(run, result, report);
    return 0;
  } finally {
    await pipelines.close();
    trainer.dispose();
    backend.dispose();
  }
}
