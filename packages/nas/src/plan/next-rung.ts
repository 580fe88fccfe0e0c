import { EfficientNetError } from "@efficientnet/errors";
import { checkNumbers } from "../check-numbers.js";
import type { SearchSummary } from "./merge-results.js";
import { type Evaluation, planSearch, type SearchPlan } from "./search-plan.js";

/** What is different in the next rung. */
export interface NextRungOptions {
  /** One in `eta` is promoted, at least one; 3 unless given. */
  readonly eta?: number;
  /** How they are evaluated now: longer, larger. */
  readonly evaluation: Evaluation;
  /** As many as before unless given, and never more than networks. */
  readonly shards?: number;
}

/**
 * The plan of the next rung of successive halving: the best networks of a merged search, equals by number, to be evaluated
 * with more. Its candidates are in the order of their rewards.
 *
 * @throws `invalid-argument` for the summary of another plan, or eta not above 1.
 */
export function planNextRung(plan: SearchPlan, summary: SearchSummary, options: NextRungOptions): SearchPlan {
  const { eta = 3, evaluation, shards = plan.shards } = options;
  checkNumbers({ "eta - 1": eta - 1 });
  if (summary.plan !== plan.hash) {
    throw new EfficientNetError("invalid-argument", `the summary is of plan ${summary.plan}`, { expected: plan.hash });
  }
  const promoted = Math.max(1, Math.floor(plan.samples / eta));
  const networks = [...summary.candidates]
    .sort((a, b) => b.reward - a.reward || a.number - b.number)
    .slice(0, promoted)
    .map(({ network }) => network);
  const { space, seed, reward, codeVersion } = plan;
  return planSearch({
    ...{ space, seed, reward, codeVersion, evaluation },
    samples: networks.length,
    shards: Math.min(shards, networks.length),
    strategy: { name: "listed", networks },
  });
}
