export { type PolicyWatch, watchPolicy } from "./content-policy.js";
export { type CreateEngineOptions, createEngine } from "./create-engine.js";
export type { Engine, EngineOutput, RunOptions } from "./engine.js";
export { type EngineSupport, engineSupport } from "./engine-support.js";
export type { KernelBuild } from "./kernel-build.js";
export type { MachineSpeed } from "./machine-speed.js";
export { type PlanProfile, type ProfileOptions, profilePlan, type StepProfile } from "./profile-plan.js";
