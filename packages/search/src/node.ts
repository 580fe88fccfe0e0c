export { type KeptResults, keepResults } from "./shards/kept-results.js";
export type { Evaluate, EvaluateContext, Outcome } from "./shards/outcome.js";
export { type FoundResults, readPlan, readResults, writePlan } from "./shards/plan-files.js";
export { type RunShardOptions, runShard } from "./shards/run-shard.js";
