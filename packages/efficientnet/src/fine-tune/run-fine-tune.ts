import { prepareBackend } from "@efficientnet/backends";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import { createPipeline, createTrainer, type Dataset, fit, splitDataset, trainingSettings } from "@efficientnet/train";
import { type AnyLoadOptions, createLoad, type Environment } from "../load.js";
import { openWeights } from "../open-weights.js";
import { withBlankHead } from "../read-network.js";
import { isPrepared } from "../tfjs-runner.js";
import { datasetOf } from "./dataset-of.js";
import type { FineTuneData, FineTuned, FineTuneOptions } from "./fine-tune-options.js";
import { fineTuneRecipe } from "./fine-tune-recipe.js";

/** Fine-tunes in one environment; the part that is imported late. */
export async function runFineTune<Source>(
  model: string | ArchitectureSpec,
  data: FineTuneData<Source>,
  options: FineTuneOptions,
  environment: Environment<Source, AnyLoadOptions>,
): Promise<FineTuned<Source>> {
  const { signal, onRow, wasmPaths } = options;
  const dataset = datasetOf(data, environment.decode);
  const { train, test } = split(dataset, options);
  const classes = dataset.classes.length;
  const opened = withBlankHead(await openWeights(model, { ...options, classes }, environment));
  const { spec, read } = opened;
  const preprocess = atSize(opened.preprocess, options.imageSize);
  const settings = trainingSettings(fineTuneRecipe(options, preprocess.size, train.labels.length));
  const backend = isPrepared(options.backend)
    ? { ...options.backend, dispose: () => undefined }
    : await prepareBackend(options.backend, wasmPaths === undefined ? {} : { wasmPaths });
  const pipelines = [train, ...(test === null ? [] : [test])].map((part) =>
    createPipeline(part, { preprocess, workers: 0 }),
  );
  const [trainPipeline, testPipeline] = pipelines;
  const trainer = await createTrainer({
    spec,
    labels: dataset.classes,
    preprocess,
    settings,
    read,
    guard: backend.guard,
  }).catch((error: unknown) => {
    backend.dispose();
    throw error;
  });
  try {
    if (trainPipeline === undefined) throw new Error("there is always a training pipeline");
    const result = await fit(trainer, { train: trainPipeline, test: testPipeline, signal, onRow });
    const weights = await trainer.weights();
    const skipped = pipelines.flatMap((pipeline) => pipeline.skipped);
    const load = createLoad(environment);
    const running = isPrepared(options.backend) ? options.backend : backend.name;
    const network = await load({ weights, backend: running, wasmPaths, signal });
    return { network, test: result.test, weights, skipped };
  } finally {
    trainer.dispose();
    await Promise.all(pipelines.map((pipeline) => pipeline.close()));
    backend.dispose();
  }
}

function split(dataset: Dataset, { share = 0.2, seed = 0 }: FineTuneOptions) {
  if (share === 0) return { train: dataset, test: null };
  const { training, validation } = splitDataset(dataset, { share, seed });
  return { train: training, test: validation };
}

function atSize(preprocess: PreprocessSpec, size = preprocess.size): PreprocessSpec {
  const { fit } = preprocess;
  if (size === preprocess.size || fit.mode === "crop-resize") return { ...preprocess, size };
  return { ...preprocess, size, fit: { ...fit, resizeTo: Math.round((fit.resizeTo * size) / preprocess.size) } };
}
