import type { FamilyNames } from "./family.js";
import { KERAS_LAYOUT, kerasLayers } from "./keras-layers.js";
import { newHead } from "./new-head.js";

/** keras.applications EfficientNetV2B0 to B3, S, M and L. */
export const kerasV2: FamilyNames = {
  ...KERAS_LAYOUT,
  layers: (spec) => kerasLayers(spec, "dwconv2"),
  findClassifier: newHead("top_bn"),
  marker: /^block\d+._dwconv2\//,
};
