export { type Count, countActivations, countMacs } from "./count-operations.js";
export { countParameters, elementsOf, isTrainable, type ParameterCount } from "./count-parameters.js";
export { type Block, expandBlocks } from "./expand-blocks.js";
export { EFFICIENTNET_COEFFICIENTS } from "./families/efficientnet.js";
export { type FeatureLevel, featureLevels } from "./feature-levels.js";
export { getSpec, VARIANT_NAMES, type VariantName } from "./get-spec.js";
export {
  type FormatGoogleOptions,
  formatGoogleBlock,
  formatGoogleBlocks,
  type ParseGoogleOptions,
  parseGoogleBlock,
  parseGoogleBlocks,
} from "./google-block.js";
export { convOutputSize, type ImageSize } from "./image-size.js";
export {
  type BlockCost,
  type Cost,
  type MeasureBlocksOptions,
  measureBlocks,
  measureOperations,
  type OperationCost,
} from "./measure-blocks.js";
export { type Operation, type OperationKind, traceOperations } from "./operations.js";
export type { Fit, PreprocessSpec, ResampleFilter, ResampleMethod } from "./preprocess-spec.js";
export { type ScaleSpecOptions, scaleSpec } from "./scale-spec.js";
export { type TensorRole, type TensorShape, tensorShapes } from "./tensor-shapes.js";
export {
  formatTimmBlock,
  formatTimmBlocks,
  parseTimmBlock,
  parseTimmBlocks,
  type TimmBlocksOptions,
} from "./timm-block.js";
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
