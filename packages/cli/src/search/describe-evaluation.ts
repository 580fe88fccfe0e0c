import { EfficientNetError } from "@efficientnet/errors";
import type { Evaluation, SearchSpace } from "@efficientnet/nas";
import type { TrainingEvaluation } from "@efficientnet/search";
import { withClasses } from "@efficientnet/specs";
import { importEvaluator } from "./evaluator.js";
import { openPictures } from "./open-pictures.js";

export interface EvaluationOptions {
  /** A module that evaluates candidates, in place of training. */
  readonly evaluator?: string;
  /** Pictures that candidates are trained on. */
  readonly data?: string;
  readonly resolution?: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly share: number;
  readonly seed: number;
}

/** What a plan says about how candidates are evaluated, and the space with as many classes as the pictures have. */
export interface DescribedEvaluation {
  readonly evaluation: Evaluation;
  readonly space: SearchSpace;
}

/**
 * @throws `invalid-argument` without pictures or an evaluator; as opening the pictures or the evaluator does.
 */
export async function describeEvaluation(options: EvaluationOptions, space: SearchSpace): Promise<DescribedEvaluation> {
  const { evaluator, data } = options;
  const imageSize = options.resolution ?? space.base.resolution.eval;
  if (evaluator !== undefined) {
    const evaluation = { kind: "module", imageSize };
    await (await importEvaluator(evaluator, evaluation)).close();
    return { evaluation, space };
  }
  if (data === undefined) {
    throw new EfficientNetError("invalid-argument", "what are candidates to be trained on?", {
      expected: "--data with a folder that has one folder of pictures for each class, or --evaluator with a module",
    });
  }
  const { classes, labels } = await openPictures(data);
  const { epochs, batchSize, learningRate, seed, share } = options;
  const evaluation: TrainingEvaluation = {
    kind: "training",
    ...{ imageSize, epochs, batchSize, learningRate, seed },
    holdOut: share,
    classes,
    pictures: labels.length,
  };
  const sized = { ...withClasses(space.base, classes.length), resolution: { train: imageSize, eval: imageSize } };
  return { evaluation: { ...evaluation }, space: { ...space, base: sized } };
}
