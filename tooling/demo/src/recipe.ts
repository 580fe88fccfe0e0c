import { smallV2Spec } from "@efficientnet/nas";
import { ALGORITHM_1 } from "@efficientnet/progressive";
import type { ArchitectureSpec } from "@efficientnet/specs";
import type { BatchRecipeOptions, TrainingOptions } from "@efficientnet/train";

/** Side of the largest images; pictures are drawn a little larger. */
const LARGEST = 56;

/** The network that the demo trains, as data: V2-B0's form for small pictures, 154 thousand parameters. */
export const DEMO_SPEC: ArchitectureSpec = smallV2Spec({ imageSize: LARGEST, name: "small-v2-shapes" });

/** How the demo trains it, as data: three sizes, more epochs at the smaller ones. */
export const DEMO_RECIPE: {
  readonly training: TrainingOptions;
  readonly batches: Omit<BatchRecipeOptions, "preprocess">;
} = {
  training: {
    schedule: {
      name: "shapes",
      stages: 3,
      ramp: ALGORITHM_1,
      duration: { unit: "epochs", length: [5, 3, 2] },
      imageSize: { from: 28, to: LARGEST, rounding: { multipleOf: 4, towards: "nearest" } },
      regularisers: { dropoutRate: { from: 0, to: 0.1 }, dropPathRate: { from: 0, to: 0.05 } },
      batchSize: 32,
      learningRate: 0.004,
    },
    optimiser: { kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-7 },
    weightDecay: { form: "decoupled", rate: 0.02 },
    learningRate: { kind: "cosine", floor: 0.01, warmUp: 1 },
    average: { decay: 0.98, warmUp: true },
    labelSmoothing: 0.05,
    clipNorm: 5,
  },
  // A shape that is cropped may be another shape.
  batches: { crop: "whole" },
};
