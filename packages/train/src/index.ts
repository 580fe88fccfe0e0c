export type { Expected } from "./checkpoint/refuse-other.js";
export { type CheckpointDescription, describeCheckpoint, resumeTrainer } from "./checkpoint/resume-trainer.js";
export { createTrainer } from "./create-trainer.js";
export * from "./data.js";
export { type FitOptions, type FitResult, fit } from "./fit.js";
export type { Answer, Evaluation } from "./loop/evaluate.js";
export { computeGradients, disposeGradients, type GradientRequest, type Gradients } from "./loop/gradients.js";
export { crossEntropy, smoothLabels } from "./loop/loss.js";
export type { CheckpointRow, EpochRow, MetricsRow, StageRow, StepRow } from "./loop/rows.js";
export { type SplitNetwork, splitNetwork, type TrainFrom } from "./loop/split-network.js";
export type { ActivationBatch, TrainingBatch } from "./loop/training-batch.js";
export type { Position, Sums } from "./loop/training-state.js";
export { type AverageSpec, averageDecay, updateAverage } from "./optimise/average.js";
export { clipByGlobalNorm, globalNorm } from "./optimise/clip.js";
export { decayedNames } from "./optimise/decayed-names.js";
export { EFFICIENTNET_LEARNING_RATE, type LearningRateShape, learningRateFactor } from "./optimise/learning-rate.js";
export { createOptimiser, type Optimiser, type TensorMap, type UpdateRequest } from "./optimise/optimiser.js";
export { EFFICIENTNET_RMSPROP, type OptimiserSpec, type WeightDecay } from "./optimise/optimiser-spec.js";
export { type TrainingOptions, type TrainingSettings, trainingSettings } from "./settings.js";
export type {
  StepResult,
  StepSettings,
  TrainedNetwork,
  Trainer,
  TrainerOptions,
  TrainerRuntime,
} from "./trainer.js";
