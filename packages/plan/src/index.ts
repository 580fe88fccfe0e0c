export { type CompilePlanOptions, compilePlan } from "./compile-plan.js";
export { describePlan } from "./describe-plan.js";
export type { Normalisation, ReadTensor } from "./fold-norm.js";
export { outputNames } from "./output-names.js";
export type {
  BufferId,
  ConstantId,
  ConvStep,
  DenseStep,
  DepthwiseStep,
  Plan,
  PlanBuffer,
  PlanConstant,
  PlanOutput,
  PlanStep,
  PoolStep,
  SqueezeStep,
} from "./plan.js";
export { constantSize } from "./plan-builder.js";
export { type StepCost, stepCosts } from "./step-costs.js";
