import { EfficientNetError } from "@efficientnet/errors";
import { foldBatchNorm, type ReadTensor } from "@efficientnet/model";
import {
  type ArchitectureSpec,
  type PreprocessSpec,
  type TensorShape,
  tensorShapes,
  validateSpec,
} from "@efficientnet/specs";
import type { LoadOptions } from "./load.js";
import { type ResolvedModel, resolveModel } from "./resolve-model.js";
import { tensorSource } from "./tensor-source.js";
import { type ReadSource, readWeights } from "./weights-source.js";

/** All of a network but the device it runs on. */
export interface OpenedWeights {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  readonly labels: readonly string[] | null;
  readonly newHead: boolean;
  /** Batch norm is folded. */
  readonly tensors: { readonly shapes: readonly TensorShape[]; readonly read: ReadTensor };
}

/** Reads weights and finds out what they are; the part of `load` that a page can wait for, and imports late. */
export async function openWeights<Weights extends string | URL>(
  model: string | ArchitectureSpec | undefined,
  options: LoadOptions<Weights, unknown>,
  readSource: ReadSource<Weights>,
): Promise<OpenedWeights> {
  const weights = await readWeights(options.weights, readSource, options);
  const resolved = await resolveModel(model, "seed" in weights ? null : weights, options.preprocess);
  validateSpec(resolved.spec);
  const { spec, read, newHead } = tensorSource(resolved.spec, weights, options);
  return {
    spec,
    preprocess: resolved.preprocess,
    labels: await labelsFor(spec, spec === resolved.spec ? resolved : null, options.labels),
    newHead,
    tensors: foldBatchNorm(tensorShapes(spec), read, spec.batchNorm.epsilon),
  };
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
  throw new EfficientNetError("invalid-argument", `${labels.length} labels for ${classes ?? "no"} classes`, {
    expected: classes === null ? "no labels, since there is no classifier" : `${classes} labels`,
    received: `${labels.length} labels`,
  });
}
