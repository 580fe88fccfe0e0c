import { type ArchitectureSpec, expandBlocks } from "@efficientnet/specs";
import { convNorm } from "./conv-norm.js";
import type { FamilyNames } from "./family.js";
import { TORCH_LAYOUT } from "./torch-layout.js";

/**
 * Hugging Face transformers' EfficientNet, ported from Keras: blocks are numbered through the network. The bare
 * backbone (`EfficientNetModel`) leaves out the prefix `efficientnet.`, which is put back.
 *
 * Source: huggingface/transformers, src/transformers/models/efficientnet/modeling_efficientnet.py.
 */
export const transformers: FamilyNames = {
  ...TORCH_LAYOUT,
  classifier: "classifier",
  layers: transformersLayers,
  normalise: (name) => TORCH_LAYOUT.normalise(name).replace(/^(?=(?:embeddings|encoder)\.)/, "efficientnet."),
  marker: /^efficientnet\.(?:embeddings\.convolution|encoder\.blocks\.\d+\.projection\.project_conv)\.weight$/,
};

function transformersLayers(spec: ArchitectureSpec): ReadonlyMap<string, string> {
  const encoder = "efficientnet.encoder";
  return new Map([
    ...convNorm("stem", "efficientnet.embeddings.convolution", "efficientnet.embeddings.batchnorm"),
    ...expandBlocks(spec)
      .filter(({ kind, experts }) => kind === "mbconv" && experts === 0)
      .flatMap(({ name, index }) => {
        const foreign = `${encoder}.blocks.${index}`;
        const depthwise = `${foreign}.depthwise_conv`;
        return [
          ...convNorm(`${name}.expand`, `${foreign}.expansion.expand_conv`, `${foreign}.expansion.expand_bn`),
          ...convNorm(`${name}.depthwise`, `${depthwise}.depthwise_conv`, `${depthwise}.depthwise_norm`),
          [`${name}.squeeze.reduce`, `${foreign}.squeeze_excite.reduce`] as const,
          [`${name}.squeeze.expand`, `${foreign}.squeeze_excite.expand`] as const,
          ...convNorm(`${name}.project`, `${foreign}.projection.project_conv`, `${foreign}.projection.project_bn`),
        ];
      }),
    ...convNorm("head", `${encoder}.top_conv`, `${encoder}.top_bn`),
  ]);
}
