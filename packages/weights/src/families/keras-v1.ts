import type { FamilyNames } from "./family.js";
import { KERAS_LAYOUT, kerasLayers } from "./keras-layers.js";
import { newHead } from "./new-head.js";

/** keras.applications EfficientNetB0 to B7; its normalisation layer is ignored, since preprocessing is done outside. */
export const kerasV1: FamilyNames = {
  ...KERAS_LAYOUT,
  layers: (spec) => kerasLayers(spec, "dwconv"),
  findClassifier: newHead("top_bn"),
  marker: /^block\d+._dwconv\//,
};
