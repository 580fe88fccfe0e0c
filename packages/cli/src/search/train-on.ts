import type { TrainingEvaluation } from "@efficientnet/search";
import { type ArchitectureSpec, withClasses } from "@efficientnet/specs";
import type { Dataset } from "@efficientnet/train";

/** How candidates are trained. */
export interface ShortTrainingOptions {
  /** Side of the input, in place of the base's. */
  readonly resolution?: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly share: number;
  readonly seed: number;
  /** Only so many pictures of each class. */
  readonly perClass?: number;
}

/** The short training that options describe on some pictures, and the base with their classes at its size. */
export function trainOn({ classes, labels }: Dataset, base: ArchitectureSpec, options: ShortTrainingOptions) {
  const { epochs, batchSize, learningRate, seed, share, perClass = null } = options;
  const { resolution: imageSize = base.resolution.eval } = options;
  const evaluation: TrainingEvaluation = {
    kind: "training",
    ...{ imageSize, epochs, batchSize, learningRate, seed, classes },
    ...{ holdOut: share, perClass, pictures: labels.length },
  };
  const resolution = { train: imageSize, eval: imageSize };
  return { evaluation, base: { ...withClasses(base, classes.length), resolution } };
}
