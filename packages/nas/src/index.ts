export { type Random, seededRandom } from "@efficientnet/random";
export { type GridPoint, type ScalingGridOptions, scalingGrid } from "@efficientnet/scaling";
export { contentHash } from "./canonical-json.js";
export { crossGenotypes } from "./crossover.js";
export { decodeSpec } from "./decode-spec.js";
export { encodeSpec } from "./encode-spec.js";
export { formatSpec, parseSpec } from "./exports/spec-file.js";
export { formatTimmDefinition } from "./exports/timm-definition.js";
export { countArchitectures, genotypeAt, indexOf } from "./genotype-index.js";
export {
  askHalving,
  type HalvingOptions,
  type HalvingState,
  halvingRanking,
  type Rung,
  startHalving,
  type Trial,
  tellHalving,
} from "./halving.js";
export { hypervolume } from "./hypervolume.js";
export { brokenLimit, type Limits } from "./limits.js";
export { mnasNetSpace } from "./mnasnet-space.js";
export { dominates, type Objective, paretoFront } from "./pareto-front.js";
export { formatSpace, parseSpace } from "./parse-space.js";
export { type Candidate, nextCandidate, shardOf } from "./plan/candidate.js";
export {
  type CandidateResult,
  checkResult,
  recordFailure,
  recordResult,
  rewardOf,
} from "./plan/candidate-result.js";
export { mergeResults, type RatedCandidate, type SearchSummary, summarise } from "./plan/merge-results.js";
export { type NextRungOptions, planNextRung } from "./plan/next-rung.js";
export {
  type Evaluation,
  formatPlan,
  PLAN_FORMAT,
  type PlanSearchOptions,
  type PlanStrategy,
  parsePlan,
  planSearch,
  type SearchPlan,
} from "./plan/search-plan.js";
export {
  type Exponents,
  type Measured,
  objectivesOf,
  productReward,
  type RewardFactor,
  type RewardProduct,
  validateReward,
} from "./reward-product.js";
export {
  type EfficientNetMeasurement,
  efficientNetProduct,
  efficientNetReward,
  HARD,
  type MnasMeasurement,
  mnasProduct,
  mnasReward,
  SOFT,
  type TrainingCost,
  type TrainingExponents,
  type TrainingMeasurement,
  trainingAwareProduct,
  trainingAwareReward,
} from "./rewards.js";
export { type Budget, type BudgetFit, type FitBudgetOptions, fitBudget, scaleByPhi } from "./scaling/fit-budget.js";
export { type GridResult, type SearchGridOptions, searchScalingGrid } from "./scaling/grid-search.js";
export { type ScalingRow, scalingTable } from "./scaling/scaling-table.js";
export type { Dimension, Genotype, SearchSpace, StageFields } from "./search-space.js";
export { type SmallSpecOptions, smallTrainingAwareSpace, smallV2Spec } from "./small-space.js";
export { type EvolveOptions, evolveGenotype, mutateGenotype, type Rated, sampleGenotype } from "./strategies.js";
export { type Asked, ask, type Rating, tell } from "./strategy/ask-tell.js";
export type { EvolutionSettings, EvolutionState } from "./strategy/evolution.js";
export type { PolicyGradientSettings, PolicyGradientState } from "./strategy/policy-gradient.js";
export type { RandomState } from "./strategy/random-search.js";
export {
  type Proposal,
  type SearchState,
  STRATEGY_NAMES,
  type StartSearchOptions,
  type StrategySettings,
  type StrategyState,
  startSearch,
} from "./strategy/start-search.js";
export { type TrainingAwareSpaceOptions, trainingAwareSpace } from "./training-aware-space.js";
export { validateSpace } from "./validate-space.js";
