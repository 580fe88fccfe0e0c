import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { TORCH_LAYOUT } from "./torch-layout.js";

/**
 * torchvision's MNASNet: one flat `layers.<n>` in which the stem and the first block take 0 to 7 and each later stage
 * one number; activations take a number too.
 *
 * Source: pytorch/vision, torchvision/models/mnasnet.py.
 */
export const torchvisionMnasnet: FamilyNames = {
  ...TORCH_LAYOUT,
  classifier: "classifier.1",
  layers: mnasnetLayers,
  marker: /^layers\.\d+\.\d+\.layers\./,
};

function mnasnetLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  const head = spec.stages.length + 7;
  return new Map([
    ...convNorm("stem", "layers", 0),
    ...expandBlocks(spec).flatMap(blockLayers),
    ...convNorm("head", "layers", head),
  ]);
}

/** Only a first block without expansion and later ones with it have names there. */
function blockLayers(block: Block): (readonly [string, string])[] {
  const [, stage, index] = block.name.split(".");
  if (block.kind !== "mbconv" || block.expands !== block.index > 0 || (block.stage === 0 && block.index > 0)) return [];
  const parts = block.expands ? ["expand", "depthwise", "project"] : ["depthwise", "project"];
  const [prefix, first] = block.stage === 0 ? ["layers", 3] : [`layers.${Number(stage) + 7}.${index}.layers`, 0];
  return parts.flatMap((part, position) => convNorm(`${block.name}.${part}`, prefix, first + 3 * position));
}

function convNorm(canonical: string, prefix: string, position: number): (readonly [string, string])[] {
  return [
    [`${canonical}.conv`, `${prefix}.${position}`],
    [`${canonical}.norm`, `${prefix}.${position + 1}`],
  ];
}
