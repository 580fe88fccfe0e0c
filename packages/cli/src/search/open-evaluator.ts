import { EfficientNetError } from "@efficientnet/errors";
import type { SearchPlan } from "@efficientnet/nas";
import { importEvaluator, type OpenEvaluator } from "./evaluator.js";

/** Where things are on this machine. */
export interface EvaluatorOptions {
  /** The module that evaluates, for plans that were made with one. */
  readonly evaluator?: string;
  /** The pictures, for plans that train. */
  readonly data?: string;
  readonly threads?: number;
}

/** What evaluates the candidates of a plan here. */
export async function openEvaluator(plan: SearchPlan, options: EvaluatorOptions): Promise<OpenEvaluator> {
  const { evaluator } = options;
  if (evaluator === undefined) {
    throw new EfficientNetError("invalid-argument", "the plan was made with an evaluator of your own", {
      expected: "--evaluator with its module",
    });
  }
  return importEvaluator(evaluator, plan.evaluation);
}
