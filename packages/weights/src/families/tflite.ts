import type { FamilyNames } from "./family.js";
import { placedLayers } from "./placed-layers.js";

/**
 * TensorFlow Lite models, whose converters choose names as they like: these are the names that `readCheckpoint` gives
 * to layers by their place in the graph. A convolution is OHWI, a depthwise one [1,k,k,C], a matrix [out,in]; batch
 * norms are folded, so the names of norms are those of arrays that such a file does not have.
 */
export const tflite: FamilyNames = {
  classifier: "head/dense",
  layers: placedLayers,
  separator: "/",
  parameters: {
    "conv-kernel": "filter",
    "depthwise-kernel": "filter",
    "dense-kernel": "filter",
    bias: "bias",
    gamma: "gamma",
    beta: "beta",
    mean: "mean",
    variance: "variance",
  },
  axes: { "conv-kernel": [1, 2, 3, 0], "depthwise-kernel": [1, 2, 3, 0], "dense-kernel": [1, 0] },
  normalise: (name) => name,
  ignorable: /^$/,
  marker: /^stem\/conv\/filter$/,
};
