import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { numbered } from "./numbered.js";
import { TENSORFLOW_PARAMETERS } from "./tensorflow-parameters.js";

/**
 * MnasNet of Google's own code: batch norms are numbered within their block, but convolutions through the whole
 * network, in the order of their creation: blocks first (expansion, squeeze, projection), then stem and head.
 * Convolutions stand under the name of the class besides; that, the model's name and the scope of the squeeze are left
 * out, and a moving average is preferred over the plain copy.
 *
 * Source: tensorflow/tpu, models/official/mnasnet/mnasnet_model.py.
 */
export const tensorflowMnasnet: FamilyNames = {
  classifier: "mnas_head/dense",
  layers: mnasnetLayers,
  separator: "/",
  parameters: TENSORFLOW_PARAMETERS,
  axes: {},
  normalise: (name) =>
    name
      .replace(/\/ExponentialMovingAverage$/, "")
      .replace(/^.*?(?=mnas_(?:stem|head|blocks_\d+)\/)/, "")
      .replace(/^(mnas_blocks_\d+)\/se\//, "$1/"),
  preferred: /\/ExponentialMovingAverage$/,
  ignorable: /(?:^|\/)(?:global_step|(?:RMSProp|Momentum)(?:_\d+)?)(?:\/ExponentialMovingAverage)?$/,
  marker: /^mnas_(?:stem|blocks_\d+)\//,
};

function mnasnetLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  let convolutions = 0;
  const convolution = (scope: string) => `${scope}/${numbered("conv2d", convolutions++)}`;
  const blocks = expandBlocks(spec).flatMap((block) => blockLayers(block, convolution));
  return new Map([
    ...blocks,
    ["stem.conv", convolution("mnas_stem")],
    ["stem.norm", "mnas_stem/batch_normalization"],
    ["head.conv", convolution("mnas_head")],
    ["head.norm", "mnas_head/batch_normalization"],
  ]);
}

function blockLayers(block: Block, convolution: (scope: string) => string): [string, string][] {
  if (block.kind !== "mbconv" || block.experts > 0) return [];
  const scope = `mnas_blocks_${block.index}`;
  const parts = [...(block.expands ? ["expand"] : []), "depthwise", "project"];
  const created = [
    ...(block.expands ? ["expand.conv"] : []),
    ...(block.squeezeChannels > 0 ? ["squeeze.reduce", "squeeze.expand"] : []),
    "project.conv",
  ];
  return [
    [`${block.name}.depthwise.conv`, `${scope}/${numbered("depthwise_conv2d", block.index)}`],
    ...created.map((layer): [string, string] => [`${block.name}.${layer}`, convolution(scope)]),
    ...parts.map((part, position): [string, string] => [
      `${block.name}.${part}.norm`,
      `${scope}/${numbered("batch_normalization", position)}`,
    ]),
  ];
}
