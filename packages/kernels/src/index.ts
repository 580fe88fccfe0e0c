export { batchNormActivation, type NormalisedBatch } from "./batch-norm-activation.js";
export { registerGradients } from "./gradients/register-gradients.js";
export { blend, type RmspropNumbers, type RmspropTensors, rmspropStep } from "./optimise.js";
export { type PrepareTrainingOptions, prepareTraining } from "./prepare-training.js";
export { silu } from "./silu.js";
export type { KernelBuild } from "./wasm/kernel-build.js";
