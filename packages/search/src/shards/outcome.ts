import type { Candidate, CandidateResult, Measured, SearchPlan } from "@efficientnet/nas";
import { recordFailure, recordResult } from "@efficientnet/nas";

/** What came of evaluating a candidate: numbers, or why there are none (it diverged, or did not fit into memory). */
export type Outcome = { readonly measured: Measured } | { readonly failed: string };

/** What an evaluation may listen to, and whom it tells how far it is. */
export interface EvaluateContext {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/**
 * Evaluates one candidate. What is thrown is no verdict on the candidate: it ends the run, which goes on from there
 * when it is started again.
 */
export type Evaluate = (candidate: Candidate, context: EvaluateContext) => Promise<Outcome>;

/** The record of an outcome; a measurement that is no number is a failure, not a result. */
export function recordOutcome(
  plan: SearchPlan,
  candidate: Candidate,
  outcome: Outcome,
  codeVersion: string,
): CandidateResult {
  if ("failed" in outcome) return recordFailure(plan, candidate, outcome.failed, codeVersion);
  const wrong = Object.entries(outcome.measured).find(([, value]) => !Number.isFinite(value));
  if (wrong !== undefined) return recordFailure(plan, candidate, `${wrong[0]} is ${wrong[1]}`, codeVersion);
  return recordResult(plan, candidate, outcome.measured, codeVersion);
}
