import type { Evaluation, SearchSpace } from "@efficientnet/nas";
import { importEvaluator } from "./evaluator.js";

export interface EvaluationOptions {
  /** A module that evaluates candidates. */
  readonly evaluator?: string;
}

/** What a plan says about how candidates are evaluated. */
export async function describeEvaluation({ evaluator }: EvaluationOptions, _space: SearchSpace): Promise<Evaluation> {
  if (evaluator === undefined) return {};
  const evaluation = { kind: "module" };
  await (await importEvaluator(evaluator, evaluation)).close();
  return evaluation;
}
