import type { FamilyNames } from "./family.js";
import { placedLayers } from "./placed-layers.js";
import { tflite } from "./tflite.js";

/**
 * Graph models of TensorFlow.js, whose arrays are often called `input/_107`: these are the names that `readCheckpoint`
 * gives to layers by their place in the graph. Layouts are the canonical ones; most converters fold batch norms.
 */
export const tfjsGraph: FamilyNames = {
  classifier: "head/dense",
  layers: placedLayers,
  separator: "/",
  parameters: { ...tflite.parameters, "conv-kernel": "kernel", "depthwise-kernel": "kernel", "dense-kernel": "kernel" },
  axes: {},
  normalise: (name) => name,
  ignorable: /^$/,
  marker: /^stem\/conv\/kernel$/,
};
