import type { FamilyNames } from "./family.js";

/** What TensorFlow and Keras call the arrays of a layer. */
export const TENSORFLOW_PARAMETERS: FamilyNames["parameters"] = {
  "conv-kernel": "kernel",
  "depthwise-kernel": "depthwise_kernel",
  "dense-kernel": "kernel",
  bias: "bias",
  gamma: "gamma",
  beta: "beta",
  mean: "moving_mean",
  variance: "moving_variance",
};
