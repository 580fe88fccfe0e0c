import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type { FamilyNames } from "./family.js";
import { TENSORFLOW_PARAMETERS } from "./tensorflow-parameters.js";

/** Parameters and layouts of both Keras families: HWIO, depthwise [k,k,C,1] and [in,out], which are the canonical ones. */
export const KERAS_LAYOUT: Pick<
  FamilyNames,
  "classifier" | "separator" | "parameters" | "axes" | "normalise" | "ignorable"
> = {
  classifier: "predictions",
  separator: "/",
  parameters: TENSORFLOW_PARAMETERS,
  axes: {},
  // `stem_conv/stem_conv/kernel:0`, `stem_conv/kernel`, `stem_conv.kernel` and a model name in front are one array.
  // Keras 3 calls the kernel of a depthwise convolution `kernel`.
  normalise: (name) =>
    name
      .replace(/:0$/, "")
      .split(/[/.]/)
      .slice(-2)
      .join("/")
      .replace(/^(.*_dwconv2?|depthwise_conv2d(?:_\d+)?)\/kernel$/, "$1/depthwise_kernel"),
  ignorable:
    /^(?:normalization(?:_\d+)?|rescaling(?:_\d+)?|seed_generator(?:_\d+)?|optimizer(?:_weights)?|iteration|learning_rate)(?:\/|$)/,
};

/**
 * Layer names of keras.applications: `block<stage><letter>_<layer>`. V1 and V2 differ in the depthwise layer's name.
 *
 * Source: keras-team/keras, keras/src/applications/efficientnet.py and efficientnet_v2.py.
 */
export function kerasLayers(spec: ArchitectureSpec, depthwise: "dwconv" | "dwconv2"): ReadonlyMap<string, string> {
  return new Map([
    ["stem.conv", "stem_conv"],
    ["stem.norm", "stem_bn"],
    ...expandBlocks(spec).flatMap((block) => blockLayers(block, depthwise)),
    ["head.conv", "top_conv"],
    ["head.norm", "top_bn"],
  ]);
}

function blockLayers(block: Block, depthwise: string): [string, string][] {
  const [, stage, index] = block.name.split(".");
  const foreign = `block${Number(stage) + 1}${String.fromCharCode(97 + Number(index))}_`;
  // A fused block of expand ratio 1 has a single convolution, and Keras calls it the projection.
  const expand = block.projects ? "expand" : "project";
  const layers = [
    ["expand.conv", `${expand}_conv`],
    ["expand.norm", `${expand}_bn`],
    ["depthwise.conv", depthwise],
    ["depthwise.norm", "bn"],
    ["squeeze.reduce", "se_reduce"],
    ["squeeze.expand", "se_expand"],
    ...(block.projects
      ? [
          ["project.conv", "project_conv"],
          ["project.norm", "project_bn"],
        ]
      : []),
  ];
  return layers.map(([canonical, name]) => [`${block.name}.${canonical}`, `${foreign}${name}`]);
}
