export {
  type CompoundScale,
  type CompoundScaleOptions,
  compoundScale,
  flopsMultiplier,
  type ScaleCoefficients,
  type ScalingBases,
} from "./compound-scale.js";
export { type ImpliedPhi, impliedPhi } from "./implied-phi.js";
export { type Rounding, roundChannels, V1_ROUNDING, V2_ROUNDING } from "./round-channels.js";
export { roundRepeats } from "./round-repeats.js";
export { type GridPoint, type ScalingGridOptions, scalingGrid } from "./scaling-grid.js";
export { capResolution, lateDepths, MAX_INFERENCE_SIZE } from "./v2-rules.js";
