import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { TORCH_LAYOUT } from "./torch-layout.js";

/**
 * torchvision's EfficientNet V1 and V2: stages are `features.1` and up, and the parts of a block are numbered in
 * forward order, so that every index after a missing part moves down.
 *
 * Source: pytorch/vision, torchvision/models/efficientnet.py.
 */
export const torchvision: FamilyNames = {
  ...TORCH_LAYOUT,
  classifier: "classifier.1",
  layers: torchvisionLayers,
  marker: /^features\.\d+\.\d+\.block\./,
};

function torchvisionLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  const head = `features.${spec.stages.length + 1}`;
  return new Map([
    ["stem.conv", "features.0.0"],
    ["stem.norm", "features.0.1"],
    ...expandBlocks(spec).flatMap(blockLayers),
    ["head.conv", `${head}.0`],
    ["head.norm", `${head}.1`],
  ]);
}

function blockLayers(block: Block): [string, string][] {
  const [, stage, index] = block.name.split(".");
  const parts = [
    ...(block.expands ? ["expand"] : []),
    ...(block.kind === "mbconv" ? ["depthwise"] : []),
    ...(block.squeezeChannels > 0 ? ["squeeze"] : []),
    ...(block.projects ? ["project"] : []),
  ];
  return parts.flatMap((part, position): [string, string][] => {
    const foreign = `features.${Number(stage) + 1}.${index}.block.${position}`;
    const canonical = `${block.name}.${part}`;
    return part === "squeeze"
      ? [
          [`${canonical}.reduce`, `${foreign}.fc1`],
          [`${canonical}.expand`, `${foreign}.fc2`],
        ]
      : [
          [`${canonical}.conv`, `${foreign}.0`],
          [`${canonical}.norm`, `${foreign}.1`],
        ];
  });
}
