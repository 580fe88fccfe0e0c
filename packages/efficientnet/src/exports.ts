export type {
  BatchOptions,
  ClassifyOptions,
  DecodePicture,
  EfficientNet,
  EfficientNetParts,
  FeatureArray,
  FeaturesOptions,
  RunOptions,
} from "./efficient-net.js";
export { formatExampleSet, parseExampleSet } from "./example-set-format.js";
export { type Example, type ExampleSet, type Match, nearestMean, nearestNeighbours } from "./few-shot.js";
export type { FineTuneData, FineTuned, FineTuneOptions } from "./fine-tune/fine-tune-options.js";
export { type Inspection, inspectSpec } from "./inspect.js";
export type { AnyBackend, AnyLoadOptions, Load, LoadOptions, LoadWith, WeightsOptions } from "./load.js";
export type { OpenedWeights } from "./open-weights.js";
export { type Prediction, softmax, topPredictions } from "./predictions.js";
export { resolveModel } from "./resolve-lazily.js";
export type { ResolvedModel } from "./resolve-model.js";
export type { HeadOptions } from "./tensor-source.js";
export type { WeightsSource } from "./weights-source.js";
