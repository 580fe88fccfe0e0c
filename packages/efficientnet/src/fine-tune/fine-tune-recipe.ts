import type { TrainingOptions } from "@efficientnet/train";
import type { FineTuneOptions } from "./fine-tune-options.js";

/** The training that options ask for: AdamW, one size, a cosine that ends at nothing. */
export function fineTuneRecipe(options: FineTuneOptions, imageSize: number, pictures: number): TrainingOptions {
  const { trainFrom = "classifier", seed = 0, training = {} } = options;
  const isKept = trainFrom === "classifier";
  const { epochs = isKept ? 40 : 8, batchSize = Math.max(2, Math.min(16, Math.floor(pictures / 4))) } = options;
  const { learningRate = isKept ? 0.01 : 5e-4 } = options;
  return {
    seed,
    trainFrom,
    statistics: trainFrom === null ? "batch" : "running",
    optimiser: { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    weightDecay: { form: "decoupled", rate: 0.01 },
    learningRate: { kind: "cosine", floor: 0, warmUp: Math.min(1, epochs / 10) },
    labelSmoothing: 0.05,
    average: null,
    clipNorm: 5,
    ...training,
    schedule: training.schedule ?? {
      name: "fine-tuning",
      stages: 1,
      ramp: { imageSize: "both-ends", regularisers: "both-ends" },
      duration: { unit: "epochs", length: epochs },
      imageSize: { from: imageSize, to: imageSize, rounding: null },
      regularisers: { dropoutRate: { from: 0.1, to: 0.1 } },
      batchSize,
      learningRate,
    },
  };
}
