import { EfficientNetError } from "@efficientnet/errors";
import { paretoFront } from "../pareto-front.js";
import { type Measured, objectivesOf } from "../reward-product.js";
import { checkNetwork, proposer, shardOf } from "./candidate.js";
import { type CandidateResult, checkResult, rewardOf } from "./candidate-result.js";
import type { SearchPlan } from "./search-plan.js";

/** A measured candidate in the result of a search. */
export interface RatedCandidate {
  readonly number: number;
  readonly network: string;
  readonly measured: Measured;
  readonly reward: number;
}

/** A whole search: every candidate by number, those that none beats, and the one with the highest reward. */
export interface SearchSummary {
  /** Hash of the plan. */
  readonly plan: string;
  readonly candidates: readonly RatedCandidate[];
  readonly failures: readonly { readonly number: number; readonly network: string; readonly failed: string }[];
  /** Numbers of the candidates that none beats in everything the reward weighs; equals are all there. */
  readonly front: readonly number[];
  /** Number of the candidate with the highest reward; of equals the lowest. */
  readonly best: number;
}

/**
 * The results of all shards, in any order, as one: exactly what one machine would have found.
 *
 * @throws `invalid-argument` for results of another plan or version of the code, a candidate twice, a candidate missing, a
 * network that the plan does not have at its number, something measured that is no number; `unsupported` when every
 * candidate failed.
 */
export function mergeResults(plan: SearchPlan, results: readonly CandidateResult[]): SearchSummary {
  const byNumber = new Map<number, CandidateResult>();
  for (const result of results) {
    checkResult(plan, result);
    if (byNumber.has(result.number)) {
      throw new EfficientNetError("invalid-argument", `candidate ${result.number} has two results`, {
        hint: "a file may have been given twice",
      });
    }
    byNumber.set(result.number, result);
  }
  checkComplete(plan, byNumber);
  for (let shard = 0; shard < plan.shards; shard++) checkShard(plan, shard, byNumber);
  return summarise(plan, [...byNumber.values()]);
}

/**
 * What is known so far, of results that may be incomplete: for watching a search that is under way. Candidates are not
 * checked against the plan's networks.
 *
 * @throws as `mergeResults`, but not for what is missing.
 */
export function summarise(plan: SearchPlan, results: readonly CandidateResult[]): SearchSummary {
  const sorted = [...results].sort((a, b) => a.number - b.number);
  const candidates = sorted.flatMap((result): readonly RatedCandidate[] => {
    const { number, network, measured } = result;
    const reward = rewardOf(plan, result);
    return measured === undefined || reward === null ? [] : [{ number, network, measured, reward }];
  });
  const failures = sorted.flatMap(({ number, network, failed }) =>
    failed === undefined ? [] : [{ number, network, failed }],
  );
  const [first, ...others] = candidates;
  if (first === undefined) {
    throw new EfficientNetError("unsupported", `no candidate of ${results.length} was measured: there is no front`, {
      ...(failures[0] && { received: `candidate ${failures[0].number}: ${failures[0].failed}` }),
    });
  }
  const front = paretoFront(
    candidates,
    objectivesOf(plan.reward, ({ measured }: RatedCandidate) => measured),
  ).map(({ number }) => number);
  const best = others.reduce((top, candidate) => (candidate.reward > top.reward ? candidate : top), first).number;
  return { plan: plan.hash, candidates, failures, front, best };
}

function checkComplete(plan: SearchPlan, byNumber: ReadonlyMap<number, CandidateResult>): void {
  const shards: string[] = [];
  let missing = 0;
  for (let shard = 0; shard < plan.shards; shard++) {
    const numbers = shardOf(plan, shard).filter((number) => !byNumber.has(number));
    missing += numbers.length;
    if (numbers.length > 0) shards.push(`${shard} (${numbers.length})`);
  }
  if (missing === 0) return;
  const listed = shards.slice(0, 10).join(", ") + (shards.length > 10 ? ` and ${shards.length - 10} more` : "");
  throw new EfficientNetError("invalid-argument", `${missing} of ${plan.samples} candidates have no result`, {
    received: `missing in shards ${listed}`,
    hint: "run those shards again: they go on where they stopped",
  });
}

function checkShard(plan: SearchPlan, shard: number, byNumber: ReadonlyMap<number, CandidateResult>): void {
  const propose = proposer(plan, shard);
  for (const number of shardOf(plan, shard)) {
    const result = byNumber.get(number);
    if (result === undefined) continue;
    const { candidate, rate } = propose(number);
    checkNetwork(candidate, result);
    rate(rewardOf(plan, result));
  }
}
