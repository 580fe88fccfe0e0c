import type { Recipe } from "@efficientnet/progressive";
import { type BatchPipeline, createPipeline, type TrainingOptions } from "../index.js";
import { halfSpec } from "./half-spec.js";
import shapesDataset from "./shapes-dataset.js";

/** Two stages of one epoch each, all regularisers on. */
export const TINY_RECIPE: Recipe = {
  name: "tiny",
  stages: 2,
  ramp: { imageSize: "both-ends", regularisers: "both-ends" },
  duration: { unit: "epochs", length: 2 },
  imageSize: { from: 16, to: 24, rounding: null },
  regularisers: {
    dropoutRate: { from: 0.1, to: 0.2 },
    dropPathRate: { from: 0.1, to: 0.2 },
    randAugmentMagnitude: { from: 2, to: 4 },
    mixupAlpha: { from: 0, to: 0.2 },
  },
  batchSize: 8,
  learningRate: 0.02,
};

/** Settings in which everything that is random or remembered has a part. */
export const TINY_SETTINGS: TrainingOptions = {
  schedule: TINY_RECIPE,
  learningRate: { kind: "cosine", floor: 0, warmUp: 0.5 },
  average: { decay: 0.9, warmUp: true },
};

/** Batches of drawn pictures, prepared in this thread. */
export const tinyPipeline = (length = 32): BatchPipeline =>
  createPipeline(shapesDataset({ length, side: 24 }), { preprocess: halfSpec(24) });
