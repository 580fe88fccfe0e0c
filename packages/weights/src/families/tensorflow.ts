import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { numbered } from "./numbered.js";
import { TENSORFLOW_PARAMETERS } from "./tensorflow-parameters.js";

const NORM = "tpu_batch_normalization";

/**
 * Google's own training code, tensorflow/tpu (EfficientNet, Lite, EdgeTPU) and google/automl (EfficientNetV2): blocks
 * are numbered through the network, and the layers of a block by kind in the order of their creation: `conv2d` is the
 * expansion of a block that has one and the projection of a block that does not. The model's name in front is left
 * out, and a moving average is preferred over the plain copy of a variable: published accuracies are those of the
 * averages, running statistics included.
 *
 * Source: tensorflow/tpu, models/official/efficientnet/efficientnet_model.py; google/automl,
 * efficientnetv2/effnetv2_model.py.
 */
export const tensorflow: FamilyNames = {
  classifier: "head/dense",
  layers: tensorflowLayers,
  separator: "/",
  parameters: TENSORFLOW_PARAMETERS,
  axes: {},
  normalise: (name) =>
    name.replace(/\/ExponentialMovingAverage$/, "").replace(/^(?:[^/]+\/)*?(?=(?:stem|head|blocks_\d+)\/)/, ""),
  preferred: /\/ExponentialMovingAverage$/,
  // Slots of optimisers, step counters, and what TensorFlow 2 saves about Python objects.
  ignorable:
    /(?:^|\/)(?:global_step|save_counter|beta[12]_power|_CHECKPOINTABLE_OBJECT_GRAPH|(?:RMSProp|Momentum|Adam|AdamWeightDecayOptimizer|LARS)(?:_\d+)?)(?:\/ExponentialMovingAverage)?$/,
  marker: /^(?:stem\/conv2d\/kernel|blocks_\d+\/(?:conv2d|depthwise_conv2d)\/)/,
};

function tensorflowLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  return new Map([
    ["stem.conv", "stem/conv2d"],
    ["stem.norm", `stem/${NORM}`],
    ...expandBlocks(spec).flatMap(blockLayers),
    ["head.conv", "head/conv2d"],
    ["head.norm", `head/${NORM}`],
  ]);
}

function blockLayers(block: Block): [string, string][] {
  // Only timm has names for the mixed kernels of CondConv.
  if (block.experts > 0) return [];
  const parts = [
    ...(block.expands ? ["expand"] : []),
    ...(block.kind === "mbconv" ? ["depthwise"] : []),
    ...(block.projects ? ["project"] : []),
  ];
  const convolutions = parts.filter((part) => part !== "depthwise");
  const foreign = `blocks_${block.index}`;
  return [
    ...parts.flatMap((part, position): [string, string][] => [
      [
        `${block.name}.${part}.conv`,
        `${foreign}/${part === "depthwise" ? "depthwise_conv2d" : numbered("conv2d", convolutions.indexOf(part))}`,
      ],
      [`${block.name}.${part}.norm`, `${foreign}/${numbered(NORM, position)}`],
    ]),
    [`${block.name}.squeeze.reduce`, `${foreign}/se/conv2d`],
    [`${block.name}.squeeze.expand`, `${foreign}/se/conv2d_1`],
  ];
}
