export { activate, fusedActivation } from "./activation.js";
export { batchNorm, updateStatistics } from "./batch-norm.js";
export { condConvolve, routeExperts } from "./cond-conv.js";
export { type ConvNormOptions, convNorm } from "./conv-norm.js";
export { type ConvOptions, convolve, tfjsPadding } from "./convolve.js";
export { dense } from "./dense.js";
export { fusedMBConv, mbConv } from "./mbconv.js";
export type { BatchStatistics, Context, Mode } from "./mode.js";
export type {
  ConvNormParams,
  ConvParams,
  DenseParams,
  FusedMBConvParams,
  MBConvParams,
  NormParams,
  SqueezeParams,
} from "./params.js";
export { squeezeExcite } from "./squeeze-excite.js";
export { dropout, stochasticDepth } from "./stochastic-depth.js";
