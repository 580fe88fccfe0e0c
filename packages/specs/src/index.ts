export { type Count, countActivations, countMacs } from "./count-operations.js";
export { countParameters, type ParameterCount } from "./count-parameters.js";
export { type Block, expandBlocks } from "./expand-blocks.js";
export { type FeatureLevel, featureLevels } from "./feature-levels.js";
export { getSpec, VARIANT_NAMES, type VariantName } from "./get-spec.js";
export { convOutputSize, type ImageSize } from "./image-size.js";
export { type BlockCost, type Cost, type MeasureBlocksOptions, measureBlocks } from "./measure-blocks.js";
export { type Operation, type OperationKind, traceOperations } from "./operations.js";
export type { Fit, PreprocessSpec, ResampleFilter, ResampleMethod } from "./preprocess-spec.js";
export { type ScaleSpecOptions, scaleSpec } from "./scale-spec.js";
export { type TensorRole, type TensorShape, tensorShapes } from "./tensor-shapes.js";
export { type ShapeStep, traceShapes } from "./trace-shapes.js";
export type {
  Activation,
  ArchitectureSpec,
  BlockSpec,
  FusedMBConvSpec,
  MBConvSpec,
  Padding,
  Rounding,
} from "./types.js";
export { validateSpec } from "./validate-spec.js";
export { withClasses } from "./with-classes.js";
