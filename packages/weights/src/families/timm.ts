import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { TORCH_LAYOUT } from "./torch-layout.js";

/**
 * timm: `blocks.<stage>.<index>.<layer>`. Batch norms are numbered in forward order; `conv_pw` is the expansion of an
 * inverted residual but the projection of a block without expansion.
 *
 * Source: pytorch-image-models, timm/models/_efficientnet_blocks.py.
 */
export const timm: FamilyNames = {
  ...TORCH_LAYOUT,
  classifier: "classifier",
  layers: timmLayers,
  marker: /^(?:conv_stem\.weight|blocks\.\d+\.\d+\.(?:conv|conv_exp|conv_dw)\.weight)$/,
};

function timmLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  return new Map([
    ["stem.conv", "conv_stem"],
    ["stem.norm", "bn1"],
    ...expandBlocks(spec).flatMap(blockLayers),
    ["head.conv", "conv_head"],
    ["head.norm", "bn2"],
  ]);
}

function blockLayers(block: Block): [string, string][] {
  const foreign = block.name.replace("stages", "blocks");
  return [
    [`${block.name}.routing`, `${foreign}.routing_fn`],
    ...convolutions(block).flatMap(([part, name], index): [string, string][] => [
      [`${block.name}.${part}.conv`, `${foreign}.${name}`],
      [`${block.name}.${part}.norm`, `${foreign}.bn${index + 1}`],
    ]),
    [`${block.name}.squeeze.reduce`, `${foreign}.se.conv_reduce`],
    [`${block.name}.squeeze.expand`, `${foreign}.se.conv_expand`],
  ];
}

/** The convolutions of a block in forward order, with timm's names. */
function convolutions({ kind, expands, projects }: Block): (readonly [part: string, name: string])[] {
  if (kind === "fused-mbconv") {
    return projects
      ? [
          ["expand", "conv_exp"],
          ["project", "conv_pwl"],
        ]
      : [["expand", "conv"]];
  }
  return expands
    ? [
        ["expand", "conv_pw"],
        ["depthwise", "conv_dw"],
        ["project", "conv_pwl"],
      ]
    : [
        ["depthwise", "conv_dw"],
        ["project", "conv_pw"],
      ];
}
