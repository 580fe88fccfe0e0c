import { EfficientNetError } from "@efficientnet/errors";
import { type Measured, productReward } from "../reward-product.js";
import type { Candidate } from "./candidate.js";
import type { SearchPlan } from "./search-plan.js";

/** What became of one candidate; a line of a shard's results. */
export type CandidateResult = ResultOrigin &
  (
    | { readonly measured: Measured; readonly failed?: never }
    /** Why it could not be measured: diverged, out of memory. It counts as tried and is never on the front. */
    | { readonly failed: string; readonly measured?: never }
  );

/** Which candidate of which plan, evaluated by which code. */
export interface ResultOrigin {
  /** Hash of the plan. */
  readonly plan: string;
  readonly codeVersion: string;
  readonly number: number;
  readonly network: string;
}

/**
 * The record of a measured candidate. `codeVersion` is that of the code which evaluated.
 *
 * @throws `invalid-argument` for something measured that is not a number, or that the reward needs and is missing, or a
 * code version that is not the plan's.
 */
export function recordResult(
  plan: SearchPlan,
  { number, network }: Candidate,
  measured: Measured,
  codeVersion: string = plan.codeVersion,
): CandidateResult {
  const result: CandidateResult = { plan: plan.hash, codeVersion, number, network, measured };
  checkResult(plan, result);
  return result;
}

/** The record of a candidate that could not be measured. */
export function recordFailure(
  plan: SearchPlan,
  { number, network }: Candidate,
  failed: string,
  codeVersion: string = plan.codeVersion,
): CandidateResult {
  const result: CandidateResult = { plan: plan.hash, codeVersion, number, network, failed };
  checkResult(plan, result);
  return result;
}

/**
 * Throws unless a result can be of the plan: another plan, another version of the code, a number that the plan does not
 * have, something measured that is no number.
 *
 * @throws `invalid-argument`.
 */
export function checkResult(plan: SearchPlan, result: CandidateResult): void {
  const refuse = (fact: string, expected: string, hint?: string) => {
    throw new EfficientNetError("invalid-argument", fact, { expected, ...(hint && { hint }) });
  };
  const { number } = result;
  if (result.plan !== plan.hash) {
    refuse(`candidate ${number} is of plan ${result.plan}`, plan.hash, "merge the results of one plan at a time");
  }
  if (result.codeVersion !== plan.codeVersion) {
    const hint = "evaluate with the version that made the plan, or make another plan";
    refuse(`candidate ${number} was evaluated by version ${result.codeVersion}`, plan.codeVersion, hint);
  }
  if (!Number.isInteger(number) || number < 0 || number >= plan.samples) {
    refuse(`candidate ${number} is not of the plan`, `a whole number from 0 to ${plan.samples - 1}`);
  }
  if (typeof result.failed === "string") return;
  if (typeof result.measured !== "object" || result.measured === null) {
    refuse(`candidate ${number} has nothing measured`, "measured, or why it failed");
  }
  for (const [name, value] of Object.entries(result.measured ?? {})) {
    if (Number.isFinite(value)) continue;
    refuse(`${name} of candidate ${number} is ${value}`, "a finite number", "a candidate that diverged is a failure");
  }
  rewardOf(plan, result);
}

/** The reward of a result by its plan; null for a failure. */
export function rewardOf({ reward }: SearchPlan, result: CandidateResult): number | null {
  if (result.failed !== undefined) return null;
  try {
    return productReward(reward, result.measured);
  } catch (cause) {
    if (!(cause instanceof EfficientNetError)) throw cause;
    throw new EfficientNetError("invalid-argument", `candidate ${result.number}: ${cause.message}`, { cause });
  }
}
