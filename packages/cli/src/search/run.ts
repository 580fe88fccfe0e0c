import { EfficientNetError } from "@efficientnet/errors";
import type { CandidateResult, SearchPlan } from "@efficientnet/nas";
import { readPlan, runShard } from "@efficientnet/search/node";
import type { Report } from "../report.js";
import { type EvaluatorOptions, openEvaluator } from "./open-evaluator.js";
import { progressOf } from "./progress.js";

export interface RunOptions extends EvaluatorOptions {
  /** Unless given, what a batch system says. */
  readonly shard?: number;
}

/** Where batch systems say which of many equal jobs a process is, counted from 0. */
const SHARD_VARIABLES = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"] as const;

/** Evaluates what is left of one shard. */
export async function runOneShard(
  folder: string,
  options: RunOptions,
  codeVersion: string,
  report: Report,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<0> {
  const shard = options.shard ?? shardFrom(environment);
  const plan = await readPlan(folder);
  const results = await evaluateShards(folder, plan, [shard], options, codeVersion, report);
  const failed = results.filter((result) => result.failed !== undefined).length;
  const told = { folder, plan: plan.hash, shard, results: results.length, failed };
  report.answer(
    report.json
      ? JSON.stringify(told, null, 2)
      : `shard ${shard} of ${plan.shards} is done: ${results.length} candidates, ${failed} of them failed`,
  );
  return 0;
}

/** Evaluates some shards one after the other, with one evaluator. */
export async function evaluateShards(
  folder: string,
  plan: SearchPlan,
  shards: readonly number[],
  options: EvaluatorOptions,
  codeVersion: string,
  report: Report,
): Promise<readonly CandidateResult[]> {
  const evaluator = await openEvaluator(plan, options);
  const { signal } = report;
  const progress = progressOf(plan, report);
  const results: CandidateResult[] = [];
  try {
    for (const shard of shards) {
      results.push(...(await runShard(plan, shard, folder, evaluator.evaluate, { codeVersion, signal, ...progress })));
    }
  } finally {
    await evaluator.close();
  }
  return results;
}

function shardFrom(environment: NodeJS.ProcessEnv): number {
  const name = SHARD_VARIABLES.find((variable) => (environment[variable] ?? "") !== "");
  const text = name === undefined ? "" : (environment[name] ?? "");
  if (/^\d+$/.test(text)) return Number(text);
  throw new EfficientNetError("invalid-argument", name === undefined ? "which shard?" : `${name} is "${text}"`, {
    expected: `--shard, or ${SHARD_VARIABLES.join(" or ")} with a number from 0`,
  });
}
