import { type ArchitectureSpec, expandBlocks } from "@efficientnet/specs";
import { convNorm } from "./conv-norm.js";
import type { FamilyNames } from "./family.js";
import { TORCH_LAYOUT } from "./torch-layout.js";

/**
 * The package efficientnet_pytorch: blocks are numbered through the network, and a block without expansion lacks
 * `_bn0`, so that the number of a batch norm always tells what it follows.
 *
 * Source: lukemelas/EfficientNet-PyTorch, efficientnet_pytorch/model.py.
 */
export const lukemelas: FamilyNames = {
  ...TORCH_LAYOUT,
  classifier: "_fc",
  layers: lukemelasLayers,
  marker: /^(?:_conv_stem|_blocks\.\d+\._depthwise_conv)\.weight$/,
};

function lukemelasLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  return new Map([
    ...convNorm("stem", "_conv_stem", "_bn0"),
    ...expandBlocks(spec)
      .filter(({ kind, experts }) => kind === "mbconv" && experts === 0)
      .flatMap(({ name, index }) => {
        const foreign = `_blocks.${index}`;
        return [
          ...convNorm(`${name}.expand`, `${foreign}._expand_conv`, `${foreign}._bn0`),
          ...convNorm(`${name}.depthwise`, `${foreign}._depthwise_conv`, `${foreign}._bn1`),
          [`${name}.squeeze.reduce`, `${foreign}._se_reduce`] as const,
          [`${name}.squeeze.expand`, `${foreign}._se_expand`] as const,
          ...convNorm(`${name}.project`, `${foreign}._project_conv`, `${foreign}._bn2`),
        ];
      }),
    ...convNorm("head", "_conv_head", "_bn1"),
  ]);
}
