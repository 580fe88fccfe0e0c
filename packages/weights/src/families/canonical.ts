import { tensorShapes } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { layerOf } from "./layer-of.js";

/** The names and layouts of `tensorShapes`, as these packages save them. */
export const canonical: FamilyNames = {
  classifier: "classifier",
  layers: (spec) => new Map(tensorShapes(spec).map(({ name }) => [layerOf(name), layerOf(name)])),
  separator: ".",
  parameters: {
    "conv-kernel": "kernel",
    "depthwise-kernel": "kernel",
    "dense-kernel": "kernel",
    bias: "bias",
    gamma: "gamma",
    beta: "beta",
    mean: "mean",
    variance: "variance",
  },
  axes: {},
  normalise: (name) => name,
  ignorable: /^$/,
  marker: /^stem\.conv\.kernel$/,
};
