import { type ArchitectureSpec, type BlockSpec, getSpec } from "@efficientnet/specs";
import type { Dimension, SearchSpace } from "./search-space.js";

/** What the training-aware space is built around. */
export interface TrainingAwareSpaceOptions {
  /** The network whose channels, strides and squeeze ratios are kept; EfficientNet-B4 unless given. */
  readonly base?: ArchitectureSpec;
  /** Blocks more or fewer than the base has in a stage; one fewer, the same and one more unless given. */
  readonly layerOffsets?: readonly number[];
  /** Stages that are the base's in every network; none unless given. */
  readonly fixed?: readonly number[];
}

/**
 * EfficientNetV2's training-aware space: for each stage MBConv or Fused-MBConv, 3x3 or 5x5, expansion 1, 4 or 6, and the
 * number of layers; channels are the base's, and pooling skips are gone. The paper does not list its numbers of layers:
 * offsets are this package's reading. Fused stages carry no squeeze-and-excitation, as in the released networks.
 *
 * Source: EfficientNetV2 paper, section 3.3.
 */
export function trainingAwareSpace(options: TrainingAwareSpaceOptions = {}): SearchSpace {
  const { base = getSpec("efficientnet-b4"), layerOffsets = [-1, 0, 1], fixed = [] } = options;
  return {
    name: `training-aware-${base.name}`,
    base,
    stages: base.stages.map((stage, index) => (fixed.includes(index) ? [] : decisionsOf(stage, layerOffsets))),
  };
}

function decisionsOf({ seRatio, repeats }: BlockSpec, layerOffsets: readonly number[]): readonly Dimension[] {
  return [
    {
      name: "operation",
      options: [
        { block: "mbconv", seRatio: seRatio || 0.25 },
        { block: "fused-mbconv", seRatio: 0 },
      ],
    },
    { name: "kernel", options: [{ kernelSize: 3 }, { kernelSize: 5 }] },
    { name: "expansion", options: [{ expandRatio: 1 }, { expandRatio: 4 }, { expandRatio: 6 }] },
    { name: "layers", options: repeatsNear(repeats, layerOffsets) },
  ];
}

/** The options of a stage's depth around a number of repeats; a stage keeps at least one block. */
export function repeatsNear(repeats: number, offsets: readonly number[]): Dimension["options"] {
  return offsets.map((offset) => ({ repeats: repeats + offset })).filter((option) => option.repeats > 0);
}
