export { calibrateStatistics } from "./calibrate.js";
export { type FeatureMap, featurePyramid } from "./feature-pyramid.js";
export { type FoldedTensors, foldBatchNorm, type ReadTensor } from "./fold-batch-norm.js";
export { classify, embedding, forwardMaps, logits, type VisitMap } from "./forward.js";
export { initTensor } from "./init-tensor.js";
export { type LoadParamsOptions, loadParams } from "./load-params.js";
export { applyPart, networkParts, type Part } from "./network-parts.js";
export { disposeParams, type NetworkParams } from "./params.js";
export { type LevelName, type ResolvedLevel, resolveLevels } from "./resolve-levels.js";
