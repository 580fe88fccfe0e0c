export { type Random, seededRandom } from "@efficientnet/random";
export { decodeSpec } from "./decode-spec.js";
export { encodeSpec } from "./encode-spec.js";
export { countArchitectures, genotypeAt, indexOf } from "./genotype-index.js";
export { hypervolume } from "./hypervolume.js";
export { mnasNetSpace } from "./mnasnet-space.js";
export { dominates, type Objective, paretoFront } from "./pareto-front.js";
export {
  type EfficientNetMeasurement,
  type Exponents,
  efficientNetReward,
  HARD,
  type MnasMeasurement,
  mnasReward,
  SOFT,
  type TrainingCost,
  type TrainingExponents,
  type TrainingMeasurement,
  trainingAwareReward,
} from "./rewards.js";
export type { Dimension, Genotype, SearchSpace, StageFields } from "./search-space.js";
export { type EvolveOptions, evolveGenotype, mutateGenotype, type Rated, sampleGenotype } from "./strategies.js";
export { type TrainingAwareSpaceOptions, trainingAwareSpace } from "./training-aware-space.js";
export { validateSpace } from "./validate-space.js";
