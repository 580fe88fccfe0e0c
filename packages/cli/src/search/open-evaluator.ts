import { type PreparedBackend, prepareBackend } from "@efficientnet/backends";
import { EfficientNetError } from "@efficientnet/errors";
import type { SearchPlan } from "@efficientnet/nas";
import { type TrainingEvaluation, trainingEvaluator } from "@efficientnet/search";
import type { Dataset } from "@efficientnet/train";
import { checkBackend } from "../network/check-backend.js";
import { importEvaluator, type OpenEvaluator } from "./evaluator.js";
import { openPictures, preparePictures } from "./open-pictures.js";

/** Where things are on this machine. */
export interface EvaluatorOptions {
  /** The module that evaluates, for plans that were made with one. */
  readonly evaluator?: string;
  /** The pictures, for plans that train. */
  readonly data?: string;
  readonly backend: string;
}

/**
 * What evaluates the candidates of a plan here.
 *
 * @throws `invalid-argument` without what the plan needs, or with other pictures than it was made with; as opening the
 * pictures, the evaluator and the backend does.
 */
export async function openEvaluator(plan: SearchPlan, options: EvaluatorOptions): Promise<OpenEvaluator> {
  const { kind } = plan.evaluation;
  if (kind === "training") return openTraining(plan, options);
  if (options.evaluator !== undefined) return importEvaluator(options.evaluator, plan.evaluation);
  throw new EfficientNetError("invalid-argument", "the plan was made with an evaluator of your own", {
    expected: "--evaluator with its module",
  });
}

async function openTraining(plan: SearchPlan, { data, backend: name }: EvaluatorOptions): Promise<OpenEvaluator> {
  const evaluation = plan.evaluation as unknown as TrainingEvaluation;
  if (data === undefined) {
    throw new EfficientNetError("invalid-argument", "the plan trains candidates on pictures", {
      expected: `--data with ${evaluation.pictures} pictures of ${evaluation.classes.length} classes`,
    });
  }
  const dataset = await openPictures(data, evaluation.perClass);
  checkSame(dataset, evaluation, data);
  const backend: PreparedBackend = await prepareBackend(checkBackend(name));
  const pictures = preparePictures(dataset, evaluation);
  return {
    evaluate: trainingEvaluator({ backend, evaluation, reference: plan.space.base, ...pictures }),
    async close() {
      await pictures.close();
      backend.dispose();
    },
  };
}

/** Accuracies on other pictures are not to be compared. */
function checkSame({ classes, labels }: Dataset, evaluation: TrainingEvaluation, data: string): void {
  const told = (count: number, names: readonly string[]) => `${count} pictures of ${names.join(", ")}`;
  const [received, expected] = [told(labels.length, classes), told(evaluation.pictures, evaluation.classes)];
  if (received === expected) return;
  throw new EfficientNetError("invalid-argument", `${data} has other pictures than the plan was made with`, {
    expected,
    received,
  });
}
