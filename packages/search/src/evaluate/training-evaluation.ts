import type { Schedule } from "@efficientnet/progressive";
import { type TrainingSettings, trainingSettings } from "@efficientnet/train";

/** How a candidate is trained to see what it is worth; plain data, and part of a plan. */
export interface TrainingEvaluation {
  readonly kind: "training";
  readonly imageSize: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** The peak, for AdamW. */
  readonly learningRate: number;
  /** Of shuffling, augmentation and initial weights; the same for all candidates, so that they meet the same pictures. */
  readonly seed: number;
  /** Share of each class that candidates are judged by. */
  readonly holdOut: number;
  readonly classes: readonly string[];
  /** Only so many pictures of each class are used; null for all. */
  readonly perClass: number | null;
  /** Pictures that are used, in all. */
  readonly pictures: number;
}

/**
 * The settings of a short training: AdamW with decoupled decay, half an epoch of warm-up, then a cosine down to 0, so that
 * the last weights are the ones to judge by. A network worth more trained for long is worth more trained shortly, most of
 * the time: that is the assumption of every search by proxy.
 */
export function shortTraining(
  evaluation: Pick<TrainingEvaluation, "imageSize" | "epochs" | "batchSize" | "learningRate" | "seed">,
): TrainingSettings {
  const { imageSize, epochs, batchSize, learningRate, seed } = evaluation;
  const schedule: Schedule = [
    { index: 0, unit: "epochs", start: 0, end: epochs, imageSize, batchSize, learningRate, regularisers: {} },
  ];
  return trainingSettings({
    seed,
    schedule,
    optimiser: { kind: "adamw", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    learningRate: { kind: "cosine", floor: 0, warmUp: Math.min(0.5, epochs / 4) },
    weightDecay: { form: "decoupled", rate: 0.02 },
    average: null,
  });
}
