import { mixGoogle, mixTimm, oneHot, randomErasing } from "@efficientnet/augment";
import { EfficientNetError } from "@efficientnet/errors";
import { type Picture, preprocess } from "@efficientnet/preprocess";
import { seededRandom } from "@efficientnet/random";
import type { Batch, BatchSettings, SkippedPicture } from "./batch.js";
import { type BatchRecipe, policyAt } from "./batch-recipe.js";
import type { Dataset } from "./dataset.js";
import { loadPictures } from "./load-pictures.js";
import { trainingPicture } from "./training-picture.js";
import { normalisedWriter } from "./write-normalised.js";

/** Everything a batch follows from, besides the dataset and the recipe. */
export interface BatchJob {
  readonly seed: number;
  readonly epoch: number;
  /** Its place in the epoch, which decides how it is mixed. */
  readonly batch: number;
  readonly indices: readonly number[];
  readonly settings: BatchSettings;
  readonly training: boolean;
}

/** A batch, and the pictures that it is without. */
export interface PreparedBatch extends Batch {
  readonly skipped: readonly SkippedPicture[];
}

/** Decodes, augments, normalises and mixes one batch: a function of its arguments alone. */
export async function prepareBatch(dataset: Dataset, recipe: BatchRecipe, job: BatchJob): Promise<PreparedBatch> {
  const { seed, epoch, training, settings } = job;
  const side = checkedSide(settings.imageSize);
  const length = side * side * 3;
  const write = training ? trainingWriter(recipe, job) : evaluationWriter(recipe, side);
  const images = new Float32Array(job.indices.length * length);
  const indices: number[] = [];
  const skipped: SkippedPicture[] = [];
  const onSkip = (picture: SkippedPicture) => skipped.push(picture);
  const request = { dataset, indices: job.indices, seed, epoch, replace: training, onSkip };
  for await (const { index, picture } of loadPictures(request)) {
    if (picture === undefined) continue;
    write(picture, index, images.subarray(indices.length * length, (indices.length + 1) * length));
    indices.push(index);
  }
  const shape = [indices.length, side, side, 3] as const;
  const labels = oneHot(
    indices.map((index) => dataset.labels[index]!),
    dataset.classes.length,
  );
  // A copy, so that what is sent on is no larger than what it holds.
  const whole = {
    data: indices.length === job.indices.length ? images : images.slice(0, indices.length * length),
    shape,
  };
  const mixed = training ? mix({ ...whole, labels }, recipe, job) : { ...whole, labels };
  return { images: mixed.data, labels: mixed.labels, shape, indices, skipped };
}

type Write = (picture: Picture, index: number, out: Float32Array) => void;

function evaluationWriter({ preprocess: spec }: BatchRecipe, size: number): Write {
  return (picture, _, out) => out.set(preprocess(picture, spec, { size }).data);
}

function trainingWriter(recipe: BatchRecipe, { seed, epoch, settings }: BatchJob): Write {
  const { imageSize, regularisers } = settings;
  const { crop, resize, flip, erasing } = recipe;
  const { randAugmentMagnitude = 0, erasingProbability = 0 } = regularisers;
  const change = { imageSize, crop, resize, flip, policy: policyAt(recipe.policy, randAugmentMagnitude) };
  const normalise = normalisedWriter(recipe.preprocess);
  const shape = [1, imageSize, imageSize, 3] as const;
  return (picture, index, out) => {
    normalise(trainingPicture(picture, change, { seed, epoch, index }), out);
    if (erasingProbability === 0) return;
    const options = { ...erasing, probability: erasingProbability };
    out.set(randomErasing({ data: out, shape }, seededRandom(seed, "erase", epoch, index), options).data);
  };
}

interface Mixable {
  readonly data: Float32Array;
  readonly labels: Float32Array;
  readonly shape: Batch["shape"];
}

function mix(batch: Mixable, { mix: recipe }: BatchRecipe, { seed, epoch, batch: place, settings }: BatchJob): Mixable {
  const { mixupAlpha = 0, cutmixAlpha = 0 } = settings.regularisers;
  if (mixupAlpha === 0 && cutmixAlpha === 0) return batch;
  const random = seededRandom(seed, "mix", epoch, place);
  return recipe.kind === "google"
    ? mixGoogle(batch, random, { mixupAlpha, cutmixAlpha })
    : mixTimm(batch, random, { ...recipe, mixupAlpha, cutmixAlpha });
}

function checkedSide(imageSize: number): number {
  if (Number.isInteger(imageSize) && imageSize > 0) return imageSize;
  throw new EfficientNetError("invalid-argument", `imageSize is ${imageSize}`, {
    expected: "a whole, positive number of pixels",
    hint: "a recipe's imageSize.rounding makes sizes whole",
  });
}
