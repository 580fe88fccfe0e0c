import { type Block, expandBlocks } from "./expand-blocks.js";
import type { ArchitectureSpec } from "./types.js";

/** What a tensor is for; initialisation, layout conversion and weight decay depend on nothing else. */
export type TensorRole =
  | "conv-kernel"
  | "depthwise-kernel"
  | "dense-kernel"
  | "bias"
  | "gamma"
  | "beta"
  | "mean"
  | "variance";

/**
 * A named tensor of a network. Layouts: convolution `[height, width, in, out]`, depthwise
 * `[height, width, channels, 1]`, dense `[in, out]`; CondConv puts the number of experts in front.
 */
export interface TensorShape {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: TensorRole;
}

/** Every tensor of a network with its canonical name and shape, in forward order: the only source of both. */
export function tensorShapes(spec: ArchitectureSpec): readonly TensorShape[] {
  const { stem, head, stages } = spec;
  const lastChannels = stages.at(-1)?.outChannels ?? stem.channels;
  return [
    ...convNorm("stem", "conv-kernel", [stem.kernelSize, stem.kernelSize, 3, stem.channels]),
    ...expandBlocks(spec).flatMap(blockShapes),
    ...convNorm("head", "conv-kernel", [1, 1, lastChannels, head.channels]),
    ...(head.classes === null ? [] : biased("classifier", "dense-kernel", [head.channels, head.classes])),
  ];
}

function blockShapes(block: Block): TensorShape[] {
  const { name, kernelSize: k, inChannels, expandedChannels, outChannels, experts } = block;
  const mixed = (shape: readonly number[]) => (experts === 0 ? shape : [experts, ...shape]);
  const expandSize = block.kind === "mbconv" ? 1 : k;
  // A Fused-MBConv without projection goes straight to the output width.
  const expandOut = block.projects ? expandedChannels : outChannels;
  return [
    ...(experts > 0 ? biased(`${name}.routing`, "dense-kernel", [inChannels, experts]) : []),
    ...(block.expands
      ? convNorm(`${name}.expand`, "conv-kernel", mixed([expandSize, expandSize, inChannels, expandOut]))
      : []),
    ...(block.kind === "mbconv"
      ? convNorm(`${name}.depthwise`, "depthwise-kernel", mixed([k, k, expandedChannels, 1]))
      : []),
    ...squeezeShapes(block),
    ...(block.projects ? convNorm(`${name}.project`, "conv-kernel", mixed([1, 1, expandedChannels, outChannels])) : []),
  ];
}

function squeezeShapes({ name, squeezeChannels, expandedChannels }: Block): TensorShape[] {
  if (squeezeChannels === 0) return [];
  return [
    ...biased(`${name}.squeeze.reduce`, "conv-kernel", [1, 1, expandedChannels, squeezeChannels]),
    ...biased(`${name}.squeeze.expand`, "conv-kernel", [1, 1, squeezeChannels, expandedChannels]),
  ];
}

function convNorm(name: string, role: "conv-kernel" | "depthwise-kernel", shape: readonly number[]): TensorShape[] {
  const channels = (role === "depthwise-kernel" ? shape.at(-2) : shape.at(-1)) ?? 0;
  const perChannel = (["gamma", "beta", "mean", "variance"] as const).map(
    (part): TensorShape => ({ name: `${name}.norm.${part}`, shape: [channels], role: part }),
  );
  return [{ name: `${name}.conv.kernel`, shape, role }, ...perChannel];
}

function biased(name: string, role: "conv-kernel" | "dense-kernel", shape: readonly number[]): TensorShape[] {
  return [
    { name: `${name}.kernel`, shape, role },
    { name: `${name}.bias`, shape: shape.slice(-1), role: "bias" },
  ];
}
