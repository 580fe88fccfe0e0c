import { type Context, convNorm, fusedMBConv, mbConv } from "@efficientnet/layers";
import { type ArchitectureSpec, type Block, expandBlocks } from "@efficientnet/specs";
import type * as tf from "@tensorflow/tfjs-core";
import { convNormParams, fusedMBConvParams, mbConvParams, type NetworkParams } from "./params.js";

/**
 * One step from a map to the next: the stem, a block, or the head convolution. A network up to its pooling is the
 * list of them, so that running it, streaming it part by part and looking inside are the same loop.
 */
export type Part =
  | { readonly kind: "stem"; readonly name: "stem"; readonly spec: ArchitectureSpec }
  | { readonly kind: "block"; readonly name: string; readonly block: Block }
  | { readonly kind: "head"; readonly name: "head"; readonly spec: ArchitectureSpec };

/** The parts of a network in order; the tensors of a part are those whose names begin with `${part.name}.`. */
export function networkParts(spec: ArchitectureSpec): readonly Part[] {
  return [
    { kind: "stem", name: "stem", spec },
    ...expandBlocks(spec).map((block): Part => ({ kind: "block", name: block.name, block })),
    { kind: "head", name: "head", spec },
  ];
}

/** Runs one part: `[N,H,W,in] -> [N,H',W',out]`. `params` needs to hold no more than the part's own tensors. */
export function applyPart(part: Part, params: NetworkParams, x: tf.Tensor4D, context: Context): tf.Tensor4D {
  switch (part.kind) {
    case "block":
      return part.block.kind === "mbconv"
        ? mbConv(mbConvParams(params, part.block), x, part.block, context)
        : fusedMBConv(fusedMBConvParams(params, part.block), x, part.block, context);
    case "stem":
    case "head": {
      const { padding, activation, stem } = part.spec;
      const stride = part.kind === "stem" ? stem.stride : 1;
      const options = { name: part.name, stride, padding, depthwise: false, activation };
      return convNorm(convNormParams(params, part.name), x, options, context);
    }
  }
}
