export { type Block, expandBlocks } from "./expand-blocks.js";
export { getSpec, VARIANT_NAMES, type VariantName } from "./get-spec.js";
export type { Fit, PreprocessSpec, ResampleFilter, ResampleMethod } from "./preprocess-spec.js";
export { type ScaleSpecOptions, scaleSpec } from "./scale-spec.js";
export { type TensorRole, type TensorShape, tensorShapes } from "./tensor-shapes.js";
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
