export { type CreateEngineOptions, createEngine } from "./create-engine.js";
export type { Engine, EngineOutput, RunOptions } from "./engine.js";
export type { KernelBuild } from "./kernel-build.js";
