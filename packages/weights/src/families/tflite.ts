import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";

/**
 * TensorFlow Lite models, whose converters choose names as they like: these are the names that `readCheckpoint` gives
 * to layers by their place in the graph. A convolution is OHWI, a depthwise one [1,k,k,C], a matrix [out,in]; batch
 * norms are folded, so the names of norms are those of arrays that such a file does not have.
 */
export const tflite: FamilyNames = {
  classifier: "head/dense",
  layers: (spec: ArchitectureSpec) =>
    new Map([
      ["stem.conv", "stem/conv"],
      ["stem.norm", "stem/norm"],
      ...expandBlocks(spec).flatMap(blockLayers),
      ["head.conv", "head/conv"],
      ["head.norm", "head/norm"],
    ]),
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

function blockLayers({ name, index, experts }: Block): [string, string][] {
  if (experts > 0) return [];
  const foreign = `blocks_${index}`;
  return [
    ...["expand", "depthwise", "project"].flatMap((part): [string, string][] => [
      [`${name}.${part}.conv`, `${foreign}/${part}`],
      [`${name}.${part}.norm`, `${foreign}/${part}_norm`],
    ]),
    [`${name}.squeeze.reduce`, `${foreign}/squeeze_reduce`],
    [`${name}.squeeze.expand`, `${foreign}/squeeze_expand`],
  ];
}
