import { EfficientNetError } from "@efficientnet/errors";
import type { ReadTensor } from "@efficientnet/model";
import { type ArchitectureSpec, type PreprocessSpec, validateSpec } from "@efficientnet/specs";
import type { DownloadOptions } from "@efficientnet/weights/download";
import type { WeightsOptions } from "./load.js";
import { publishedName } from "./published-name.js";
import { refuseFileName } from "./refuse-file-name.js";
import { type ResolvedModel, resolveModel } from "./resolve-model.js";
import { tensorSource } from "./tensor-source.js";
import { type FetchWeights, readWeights } from "./weights-source.js";

/** Where an environment finds weights. */
export interface WeightsEnvironment {
  readonly fetchWeights: FetchWeights;
  /** By the names of published weights. */
  readonly fetchPublished: FetchWeights;
}

/** All of a network but the device it runs on. */
export interface OpenedWeights {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  readonly labels: readonly string[] | null;
  readonly newHead: boolean;
  readonly read: ReadTensor;
}

/** Reads weights and finds out what they are; the part of `load` that a page can wait for, and imports late. */
export async function openWeights(
  model: string | ArchitectureSpec | undefined,
  options: WeightsOptions,
  environment: WeightsEnvironment,
): Promise<OpenedWeights> {
  const { weights, name } = await findWeights(model, options, environment);
  const resolved = await resolveModel(name, "seed" in weights ? null : weights, options.preprocess);
  validateSpec(resolved.spec);
  const { spec, read, newHead } = tensorSource(resolved.spec, weights, options);
  return {
    spec,
    preprocess: resolved.preprocess,
    labels: await labelsFor(spec, spec === resolved.spec ? resolved : null, options.labels),
    newHead,
    read,
  };
}

/** The weights that are given, else those that the model is the name of; and the name that is left to resolve. */
async function findWeights(
  model: string | ArchitectureSpec | undefined,
  { weights, signal, onProgress, download }: WeightsOptions,
  { fetchWeights, fetchPublished }: WeightsEnvironment,
) {
  const options: DownloadOptions = {
    ...download,
    ...(signal === undefined ? {} : { signal }),
    onProgress(progress) {
      download?.onProgress?.(progress);
      if (progress.total !== null) onProgress?.(progress.bytes / progress.total);
    },
  };
  if (weights !== undefined) {
    const name = model ?? (typeof weights === "string" ? await publishedName(weights) : undefined);
    return { weights: await readWeights(weights, fetchWeights, options), name };
  }
  if (typeof model !== "string") {
    throw new EfficientNetError("invalid-argument", "which weights?", {
      expected: "weights, or the name of published ones as the model",
    });
  }
  // What comes by its address alone speaks for itself.
  const isAddress = /^(hf|https?):/i.test(model);
  if (!isAddress) refuseFileName(model);
  const name = isAddress ? await publishedName(model) : model;
  return { weights: await readWeights(model, fetchPublished, options), name };
}

async function labelsFor(
  spec: ArchitectureSpec,
  own: ResolvedModel | null,
  labels?: readonly string[],
): Promise<readonly string[] | null> {
  const { classes } = spec.head;
  if (labels === undefined) {
    return own?.labels ?? (own?.imagenet ? (await import("./labels.js")).IMAGENET_1K_LABELS : null);
  }
  if (labels.length === classes) return labels;
  const [given, wanted] = [counted(labels.length, "label"), counted(classes ?? 0, "label")];
  throw new EfficientNetError(
    "invalid-argument",
    `${given} for ${classes === null ? "no classes" : counted(classes, "class", "classes")}`,
    { expected: classes === null ? "no labels, since there is no classifier" : wanted, received: given },
  );
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
