import { join } from "node:path";
import { mergeResults } from "@efficientnet/nas";
import { readResults, writePlan } from "@efficientnet/search/node";
import type { Report } from "../report.js";
import { buildPlan, type PlanOptions } from "./make-plan.js";
import { tell, writeSummary } from "./merge.js";
import type { EvaluatorOptions } from "./open-evaluator.js";
import { evaluateShards } from "./run.js";

/** A whole search on this machine: plans, evaluates what is left, merges. The same command resumes it. */
export async function searchLocally(
  folder: string,
  options: PlanOptions & EvaluatorOptions,
  codeVersion: string,
  report: Report,
): Promise<0> {
  const plan = await buildPlan(options, codeVersion);
  await writePlan(folder, plan);
  const { results: before } = await readResults(folder, plan);
  if (before.length > 0) report.note(`${before.length} of ${plan.samples} candidates are evaluated already`);
  const shards = Array.from({ length: plan.shards }, (_, shard) => shard);
  const results = await evaluateShards(folder, plan, shards, options, codeVersion, report);
  const summary = mergeResults(plan, results);
  const files = await writeSummary(folder, plan, summary);
  tell(
    plan,
    summary,
    report,
    files.map((name) => join(folder, name)),
  );
  return 0;
}
