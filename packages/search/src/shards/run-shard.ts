import { EfficientNetError } from "@efficientnet/errors";
import {
  type Candidate,
  type CandidateResult,
  checkResult,
  nextCandidate,
  type SearchPlan,
  shardOf,
} from "@efficientnet/nas";
import { type Evaluate, type EvaluateContext, recordOutcome } from "./outcome.js";
import { readPartial, startPartial } from "./partial-file.js";
import { finishShard, readShard } from "./shard-file.js";

/** What a shard is run with. */
export interface RunShardOptions extends EvaluateContext {
  /** Version of the code that evaluates. */
  readonly codeVersion: string;
  /** Called before a candidate is evaluated, with how many of the shard's are done. */
  readonly onCandidate?: ((candidate: Candidate, done: number, of: number) => void) | undefined;
  readonly onResult?: ((result: CandidateResult) => void) | undefined;
}

/**
 * Evaluates what is left of a shard, and answers with all of its results. Each result is on the disk before the next
 * candidate begins, so that a kill at any moment loses at most one. A shard that is finished is not touched. Several
 * processes may run one shard; the first to finish counts.
 *
 * @throws `invalid-argument` for a shard that the plan does not have, another version of the code than the plan's, or
 * results in the folder that are of another plan; `aborted` between two candidates; what `evaluate` throws.
 */
export async function runShard(
  plan: SearchPlan,
  shard: number,
  folder: string,
  evaluate: Evaluate,
  options: RunShardOptions,
): Promise<readonly CandidateResult[]> {
  const { codeVersion, signal, onCandidate, onResult, onProgress } = options;
  const { length } = shardOf(plan, shard);
  checkVersion(plan, codeVersion);
  const finished = await readShard(folder, shard);
  if (finished !== null) {
    for (const result of finished) checkResult(plan, result);
    return finished;
  }
  const results = [...(await readPartial(folder, shard))];
  let candidate = nextCandidate(plan, shard, results);
  const partial = await startPartial(folder, shard, results);
  while (candidate !== null) {
    if (signal?.aborted) throw new EfficientNetError("aborted", "the search was interrupted", { cause: signal.reason });
    onCandidate?.(candidate, results.length, length);
    const result = recordOutcome(plan, candidate, await evaluate(candidate, { signal, onProgress }), codeVersion);
    await partial.append(result);
    results.push(result);
    onResult?.(result);
    candidate = nextCandidate(plan, shard, results);
  }
  return finishShard(folder, shard, results);
}

/** Before hours of work rather than after. */
function checkVersion(plan: SearchPlan, codeVersion: string): void {
  if (codeVersion === plan.codeVersion) return;
  throw new EfficientNetError("invalid-argument", `the plan is for version ${plan.codeVersion}`, {
    expected: plan.codeVersion,
    received: codeVersion,
    hint: "evaluate with the version that made the plan, or make another plan; results so far stay as they are",
  });
}
