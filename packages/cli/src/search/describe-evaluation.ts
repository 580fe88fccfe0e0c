import { EfficientNetError } from "@efficientnet/errors";
import type { Evaluation, SearchSpace } from "@efficientnet/nas";
import { importEvaluator } from "./evaluator.js";
import { openPictures } from "./open-pictures.js";
import { type ShortTrainingOptions, trainOn } from "./train-on.js";

export interface EvaluationOptions extends ShortTrainingOptions {
  /** A module that evaluates candidates, in place of training. */
  readonly evaluator?: string;
  /** Pictures that candidates are trained on. */
  readonly data?: string;
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
  if (evaluator !== undefined) {
    const evaluation = { kind: "module", imageSize: options.resolution ?? space.base.resolution.eval };
    await (await importEvaluator(evaluator, evaluation)).close();
    return { evaluation, space };
  }
  if (data === undefined) {
    throw new EfficientNetError("invalid-argument", "what are candidates to be trained on?", {
      expected: "--data with a folder that has one folder of pictures for each class, or --evaluator with a module",
    });
  }
  const { evaluation, base } = trainOn(await openPictures(data, options.perClass ?? null), space.base, options);
  return { evaluation: { ...evaluation }, space: { ...space, base } };
}
