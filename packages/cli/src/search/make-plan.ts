import { countArchitectures, nextCandidate, planSearch, type SearchPlan } from "@efficientnet/nas";
import { writePlan } from "@efficientnet/search/node";
import type { Report } from "../report.js";
import { describeEvaluation, type EvaluationOptions } from "./describe-evaluation.js";
import { openSpace, type SpaceOptions } from "./open-space.js";
import { type LimitOptions, limitsOf, type RewardOptions, readReward, strategyNamed } from "./plan-options.js";

export interface PlanOptions extends SpaceOptions, RewardOptions, LimitOptions, EvaluationOptions {
  readonly samples: number;
  readonly shards: number;
  readonly strategy: string;
}

/** Writes a plan into a folder, for any number of machines to work on. */
export async function makePlan(folder: string, options: PlanOptions, codeVersion: string, report: Report): Promise<0> {
  const plan = await buildPlan(options, codeVersion);
  await writePlan(folder, plan);
  const { hash, samples, shards, space, strategy } = plan;
  if (report.json) {
    report.answer(JSON.stringify({ folder, hash, samples, shards, space: space.name, strategy }, null, 2));
    return 0;
  }
  report.answer(
    [
      `${samples} of the ${countArchitectures(space)} networks of ${space.name}, by ${strategy.name} search, in ${shards} shards: plan ${hash}`,
      `run each of them, anywhere, in any order: efficientnet search run ${folder} --shard 0 ... ${shards - 1}`,
      `and then: efficientnet search merge ${folder}`,
    ].join("\n"),
  );
  return 0;
}

/**
 * The plan of some options, with proof that every shard has a network to begin with.
 *
 * @throws as `planSearch` and `nextCandidate` do; as reading the space, the reward and the data does.
 */
export async function buildPlan(options: PlanOptions, codeVersion: string): Promise<SearchPlan> {
  const { evaluation, space } = await describeEvaluation(options, await openSpace(options));
  const { samples, shards, seed } = options;
  const plan = planSearch({
    ...{ space, samples, shards, seed, codeVersion, evaluation },
    strategy: strategyNamed(options.strategy),
    limits: limitsOf(options, Number(evaluation.imageSize)),
    reward: await readReward(options, space.base),
  });
  for (let shard = 0; shard < shards; shard++) nextCandidate(plan, shard, []);
  return plan;
}
