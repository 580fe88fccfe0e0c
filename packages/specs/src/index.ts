export { type Block, expandBlocks } from "./expand-blocks.js";
export type { Fit, PreprocessSpec, ResampleFilter, ResampleMethod } from "./preprocess-spec.js";
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
