import { valueIn } from "./ramp.js";
import type { BatchSize, LearningRate, Recipe, Schedule, Span } from "./recipe.js";
import { roundSize } from "./round-size.js";
import { validateRecipe } from "./validate-recipe.js";

/**
 * The stages of a recipe. Stage i of M has, for image size and every regulariser, `from + (to - from) * progress`, where
 * the ramp says which progress; sizes are then rounded. A total length T is shared out so that stage i ends at
 * `floor((i + 1) * T / M)`. Nothing restarts between stages: weights, optimiser and averages are carried on.
 *
 * @throws `invalid-argument` for a recipe that `validateRecipe` refuses.
 *
 * Source: EfficientNetV2 paper, section 4.2, Algorithm 1; ends of stages as in google/automl `main.py`.
 */
export function progressiveSchedule<Name extends string>(recipe: Recipe<Name>): Schedule<Name> {
  validateRecipe(recipe);
  const { stages, duration, imageSize, ramp } = recipe;
  const ends = endsOf(duration.length, stages);
  const sizes = ends.map((_, index) => {
    const exact = valueIn(imageSize, ramp.imageSize, index, stages);
    return imageSize.rounding === null ? exact : roundSize(exact, imageSize.rounding);
  });
  const largest = Math.max(...sizes);
  const regularisers = Object.entries<Span>(recipe.regularisers);
  return sizes.map((size, index) => {
    const batchSize = batchAt(recipe.batchSize, size, largest);
    return {
      index,
      unit: duration.unit,
      start: ends[index - 1] ?? 0,
      end: ends[index] ?? 0,
      imageSize: size,
      batchSize,
      learningRate: rateAt(recipe.learningRate, batchSize),
      regularisers: Object.fromEntries(
        regularisers.map(([name, span]) => [name, valueIn(span, ramp.regularisers, index, stages)]),
      ) as Record<Name, number>,
    };
  });
}

function endsOf(length: number | readonly number[], stages: number): readonly number[] {
  if (typeof length === "number") {
    return Array.from({ length: stages }, (_, index) => Math.floor(((index + 1) * length) / stages));
  }
  let end = 0;
  return length.map((one) => {
    end += one;
    return end;
  });
}

function batchAt(batch: BatchSize, size: number, largest: number): number {
  if (typeof batch === "number") return batch;
  const { atLargest, multipleOf } = batch;
  return Math.floor((atLargest * largest ** 2) / size ** 2 / multipleOf) * multipleOf;
}

function rateAt(rate: LearningRate, batchSize: number): number {
  return typeof rate === "number" ? rate : (rate.value * batchSize) / rate.per;
}
